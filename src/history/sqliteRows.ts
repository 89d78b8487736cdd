import type { Message } from '../smsc/message.ts';
import type { Report } from '../smsc/report.ts';
import type { Database } from './database.ts';
import { stateOf } from './outcome.ts';

/** What recording and removing both do with the table of messages. */
export interface MessageRows {
  keyOf(message: Message): number | undefined;
  /** Points a message at its last report, and repeats of it what filters ask for. */
  setReport(message: number, check: number | null, report: Report | undefined): void;
}

export function createMessageRows(db: Database): MessageRows {
  const find = db.prepare('SELECT key FROM messages WHERE account = ? AND phone = ? AND id = ?');
  const setReport = db.prepare(
    'UPDATE messages SET last_report = ?, state = ?, status = ?, error = ? WHERE key = ?',
  );
  return {
    keyOf: ({ account, phone, id }) => find.get(account, phone, id)?.key as number | undefined,
    setReport(message, check, report) {
      const { status, deliveryError } = report ?? {};
      setReport.run(check, stateOf(report), status?.code ?? null, deliveryError?.code ?? null, message);
    },
  };
}
