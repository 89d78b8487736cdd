import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadSqlite } from '../../../src/history/database.ts';
import { createMemoryStore } from '../../../src/history/memory.ts';
import { openStore } from '../../../src/history/store.ts';
import type { Account, Check, MessageSummary, Store } from '../../../src/history/types.ts';
import { deliveryErrorInfo, statusInfo } from '../../../src/smsc/codes.ts';
import type { Message } from '../../../src/smsc/message.ts';
import type { Report } from '../../../src/smsc/report.ts';

export const noon = Date.UTC(2025, 0, 15, 12);
export const second = 1000;
export const day = 86_400_000;

/** `describe`, or a skipped one where this Node has no SQLite. */
export function describeSqlite(title: string, suite: () => void): void {
  (loadSqlite() ? describe : describe.skip)(title, suite);
}

/** Runs a suite on each kind of store; `open` gives a new empty one. */
export function describeStores(title: string, suite: (open: () => Promise<Store>) => void): void {
  describe(`${title}, in memory`, () => suite(() => Promise.resolve(createMemoryStore('sqliteMissing'))));
  describeSqlite(`${title}, in SQLite`, () => {
    const folders = temporaryFolders();
    suite(async () => {
      const store = await openStore(await folders.make());
      assert.equal(store.memory, undefined);
      folders.closing(store);
      return store;
    });
  });
}

/** Folders that are removed after each test, when the stores in them are closed. */
export function temporaryFolders() {
  const folders: string[] = [];
  const stores: Store[] = [];
  afterEach(async () => {
    for (const store of stores.splice(0)) store.close();
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
  });
  return {
    async make() {
      const folder = await mkdtemp(path.join(tmpdir(), 'smsc-history-'));
      folders.push(folder);
      return folder;
    },
    closing<S extends Store>(store: S): S {
      stores.push(store);
      return store;
    },
  };
}

export function message(id: string | number, more: Partial<Message> = {}): Message {
  return { account: 'A', phone: '79991234567', id: String(id), ...more };
}

/** A check that brought a status, so many milliseconds after noon. */
export function answered(of: Message, status: number, afterNoon = 0, error?: number): Check {
  const info = statusInfo(status);
  const report: Report = {
    ...of,
    checkedAt: new Date(noon + afterNoon + 100).toISOString(),
    status: { code: status, name: info.name.en, kind: info.kind, final: info.final },
    ...(error !== undefined && { deliveryError: { code: error, name: deliveryErrorInfo(error).name.en } }),
    fields: { status: String(status), message: 'Привет, %_\'"' },
  };
  return { ...failed(of, afterNoon), outcome: { ok: true, report } };
}

/** A check that failed. */
export function failed(of: Message, afterNoon = 0): Check {
  return {
    message: of,
    startedAt: noon + afterNoon,
    durationMs: 100,
    detail: 0,
    origin: 'prompt',
    outcome: { ok: false, failure: { reason: 'notFound', code: 3 } },
  };
}

export function account(id: string, label: string): Account {
  return {
    id,
    label,
    login: `${id}-login`,
    endpoint: 'https://smsc.ru/sys/soap.php',
    secret: 'keyring',
    createdAt: noon,
    usedAt: noon,
  };
}

export const idsOf = (page: MessageSummary[]) => page.map((summary) => summary.message.id);
