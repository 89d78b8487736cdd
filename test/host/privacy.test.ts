import assert from 'node:assert/strict';
import { workspace } from 'vscode';
import { isPrivate, onDidChangePrivacy, setPrivate, shownName } from '../../src/host/privacy.ts';
import { createMemoryStore } from '../../src/history/memory.ts';
import type { Check, MessageSummary } from '../../src/history/types.ts';
import { settings } from '../../src/ids.ts';
import { isToBatchPanel } from '../../src/batchProtocol.ts';
import { isToMessagePanel } from '../../src/protocol.ts';
import type { Message } from '../../src/smsc/message.ts';
import type { Report } from '../../src/smsc/report.ts';
import { batchView, rowView } from '../../src/ui/batchView.ts';
import { filterText, tooltip, treeItem, type Surroundings } from '../../src/ui/historyItems.ts';
import { messageView } from '../../src/ui/messageView.ts';
import { openBatch } from '../../src/tracking/batchSession.ts';

const message: Message = { account: 'a', phone: '79991234567', id: 'order-79991234567' };
const noon = Date.parse('2026-03-01T12:00:00.000Z');
const report: Report = {
  ...message,
  checkedAt: new Date(noon).toISOString(),
  status: { code: 1, name: 'Delivered', kind: 'delivered', final: true },
  sentAt: '2026-03-01T11:50:00.000Z',
  fields: {
    ...{ status: '1', phone: '+7 999 123-45-67', message: 'Код: 4711', sender_id: 'Anna', note: 'Ann’s' },
    ...{ send_date: '01.03.2026 14:50:00', operator: 'MTS' },
  },
};
const outcome = { ok: true, report } as const;
const check: Check = {
  ...{ message, startedAt: noon, durationMs: 1, detail: 2, origin: 'tree', outcome },
};
const summary: MessageSummary = {
  ...{ message, firstCheckedAt: noon, lastCheckedAt: noon, checks: 1, last: outcome, lastReport: report },
};
const secrets = ['9991234567', '999 123', '4711', 'Anna', 'Ann’s'];

/** Which of the secrets stand in what is to be shown. */
function seen(shown: unknown): string[] {
  const text = JSON.stringify(shown);
  return secrets.filter((secret) => text.includes(secret));
}

const around: Surroundings = {
  now: noon,
  label: () => 'Work',
  activity: () => ({ kind: 'idle' }),
  watched: () => false,
};

function panelData(): unknown {
  const exchange = { request: '<phones>79991234567</phones>', answer: '<message>Код: 4711</message>' };
  const [activity, watched, accountLabel] = [{ kind: 'idle' } as const, false, 'Work'];
  return {
    type: 'show',
    view: messageView({ message, accountLabel, summary, checks: [check], exchange, activity, watched }),
  };
}

function batchData(): unknown[] {
  const { history, batches } = createMemoryStore('sqliteMissing');
  const tracker = {
    check: () => assert.fail('nobody asked for a check'),
    state: () => ({ kind: 'idle' }) as const,
    onDidChangeState: () => () => undefined,
  };
  const session = openBatch(
    { id: 'b', account: 'a', source: 'list.csv', createdAt: noon, messages: [message] },
    false,
    { history, batches, tracker, onDidChange: () => () => undefined, now: () => noon },
    () => undefined,
  );
  const unreadable = [{ line: 2, text: 'Anna;79991234567', why: 'idEmpty' }] as const;
  const list = { form: 'lines', doubles: 0, dialled: 0, unreadable: [...unreadable] } as const;
  const view = batchView({
    session,
    accountLabel: 'Work',
    list: { ...list, unreadable: [...unreadable] },
    eachMs: 1,
  });
  return [
    { type: 'show', view },
    { type: 'rows', rows: session.rows.map(rowView), total: 1 },
  ];
}

function treeData(): unknown {
  const { label, description, accessibilityInformation, id } = treeItem({ kind: 'message', summary }, around);
  const text = tooltip(summary, around).value.replaceAll('\\', '');
  return { label, description, accessibilityInformation, id, text };
}

describe('privacy', () => {
  afterEach(() => setPrivate(false));

  const surfaces: [name: string, data: () => unknown, hidden: string[]][] = [
    ['what is sent to the message panel', panelData, secrets],
    ['what is sent to the batch panel', batchData, ['9991234567', 'Anna']],
    ['a row of the tree with its tooltip', treeData, ['9991234567']],
    ['a message’s name', () => shownName(message), ['9991234567']],
    ['the filter in words', () => filterText({ text: '79991234567' }), ['9991234567']],
  ];
  for (const [name, data, hidden] of surfaces) {
    it(`masks ${name}, and nothing without it`, async () => {
      assert.deepEqual(seen(data()), hidden);
      await setPrivate(true);
      assert.deepEqual(seen(data()), []);
      assert.match(JSON.stringify(data()), /7999\*{5}67/);
    });
  }

  it('sends what the panels accept', async () => {
    await setPrivate(true);
    assert.ok(isToMessagePanel(panelData()));
    for (const data of batchData()) assert.ok(isToBatchPanel(data));
  });

  it('reads no phone to a screen reader', async () => {
    const read = (): string =>
      treeItem({ kind: 'message', summary }, around).accessibilityInformation?.label ?? '';
    assert.match(read(), /7 9 9 9 1 2 3/);
    await setPrivate(true);
    assert.match(read(), /7 9 9 9 \* /);
  });

  it('is a setting of the user, and tells when it changes', async () => {
    assert.equal(isPrivate(), false);
    const told = new Promise<void>((resolve) => {
      const listener = onDidChangePrivacy(() => {
        listener.dispose();
        resolve();
      });
    });
    await setPrivate(true);
    await told;
    assert.equal(isPrivate(), true);
    assert.equal(workspace.getConfiguration().inspect(settings.privacy)?.globalValue, true);
  });
});
