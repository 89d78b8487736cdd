import assert from 'node:assert/strict';
import { createHook, type AsyncHook } from 'node:async_hooks';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EventEmitter, Uri, type ExtensionContext, type Memento, type SecretStorage } from 'vscode';
import { createLog } from '../../src/host/log.ts';
import { openServices, type Services } from '../../src/host/services.ts';
import { startSimulator, type Simulator } from '../../src/simulator/server.ts';
import { showAccountStatus } from '../../src/ui/accountStatus.ts';
import { createApi } from '../../src/ui/api.ts';
import { showWatches } from '../../src/ui/watches.ts';
import { marked, markedLogins } from '../support/marked.ts';
import { fails } from './service.ts';

/** What keeps a process alive, or goes on happening in it. */
const kinds = /^(Timeout|TCPWRAP|PIPEWRAP|TCPSERVERWRAP|FSEVENTWRAP|STATWATCHER|PROCESSWRAP|WORKER)$/;

/** Follows what is made from now on by code of this file's bundle, until it is gone. */
function followOurs(): { left(): string[]; stop(): AsyncHook } {
  const alive = new Map<number, string>();
  const depth = Error.stackTraceLimit;
  const ours = import.meta.filename;
  const hook = createHook({
    init(id, kind) {
      if (!kinds.test(kind)) return;
      Error.stackTraceLimit = 60;
      const { stack = '' } = new Error();
      Error.stackTraceLimit = depth;
      // The first line is the error's text, the second this function.
      const frames = stack.split('\n').slice(2);
      const lines = frames.filter((line) => line.includes(ours));
      // Timers that VS Code sets when we call it, such as for the answer to a message, are its own.
      const isVsCodes =
        kind === 'Timeout' && frames.find((line) => !/\(node:|at node:/.test(line))?.includes(ours) !== true;
      if (lines.length > 0 && !isVsCodes) alive.set(id, `${kind}\n${lines.join('\n')}`);
    },
    destroy: (id) => void alive.delete(id),
  }).enable();
  return { left: () => [...alive.values()], stop: () => hook.disable() };
}

/** A memento or secret storage of this test's own: those of the real extension stay as they are. */
function fakeContext(folder: string): ExtensionContext {
  const values = new Map<string, unknown>();
  const secrets = new Map<string, string>();
  const memento: Memento = {
    keys: () => [...values.keys()],
    get: (key: string, other?: unknown) => values.get(key) ?? other,
    update: (key, value) => {
      values.set(key, value);
      return Promise.resolve();
    },
  };
  const storage: Pick<SecretStorage, 'get' | 'store' | 'delete' | 'onDidChange'> = {
    get: (key) => Promise.resolve(secrets.get(key)),
    store: (key, value) => {
      secrets.set(key, value);
      return Promise.resolve();
    },
    delete: (key) => {
      secrets.delete(key);
      return Promise.resolve();
    },
    onDidChange: new EventEmitter<{ key: string }>().event,
  };
  const context: Pick<ExtensionContext, 'globalStorageUri'> & Record<string, unknown> = {
    globalStorageUri: Uri.file(folder),
    secrets: storage,
    globalState: memento,
    workspaceState: memento,
  };
  return context as unknown as ExtensionContext;
}

describe('after deactivation', () => {
  let folder: string;
  let simulator: Simulator;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'smsc-leftovers-'));
    simulator = await startSimulator({ logins: markedLogins });
  });
  after(async () => {
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** @returns the check that is still under way; a watch is, too */
  async function use(services: Services): Promise<{ check: Promise<unknown> }> {
    const { book, store } = services;
    const account = await book.add({
      label: 'Leftovers',
      endpoint: simulator.url,
      credentials: { kind: 'password', login: 'alex', password: marked.password },
      place: 'keyring',
    });
    const api = createApi(services);
    await api.check({ phone: '79999999999', id: '999', account: account.id });
    await api.watch({ phone: '79990001006', id: 'err-6', account: account.id });
    const pending = { phone: '79991110001', id: `live-${Math.floor(Date.now() / 1000) + 3600}` };
    const watch = api.watch({ ...pending, account: account.id });
    const many = Array.from({ length: 20 }, (_, index) => ({ phone: '79991110002', id: `m-${index}` }));
    await api.checkMany(many, { account: account.id });
    assert.equal(store.watches.count(), 1);
    const check = api.check({ phone: '79990001011', id: 'err-11', account: account.id });
    void watch.catch(() => undefined);
    return { check };
  }

  it('no timer, socket or watcher of ours is left', async () => {
    const followed = followOurs();
    try {
      const log = createLog();
      const services = await openServices(fakeContext(folder), log);
      const shown = [showAccountStatus(services), showWatches(services, () => undefined)];
      const { check } = await use(services);
      assert.notEqual(followed.left().length, 0, 'nothing was followed');
      for (const one of shown) one.dispose();
      services.dispose();
      log.dispose();
      await assert.rejects(check, fails('cancelled'));
      // What is destroyed is told of in a later turn.
      for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual(followed.left(), []);
    } finally {
      followed.stop();
    }
  });
});
