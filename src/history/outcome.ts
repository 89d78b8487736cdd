import type { Message } from '../smsc/message.ts';
import type { Report } from '../smsc/report.ts';
import type { Account, Check, MessageState, Outcome } from './types.ts';

/** When a check brought what it brought. */
export function checkedAt(check: Check): number {
  return check.startedAt + check.durationMs;
}

/** The state of a message with this last report. */
export function stateOf(report: Report | undefined): MessageState {
  return report?.status.kind ?? 'problem';
}

/** An outcome as it is kept: the message's name stands in its own columns. */
export function writeOutcome(outcome: Outcome): string {
  if (!outcome.ok) return JSON.stringify(outcome);
  return JSON.stringify({
    ok: true,
    report: { ...outcome.report, account: undefined, phone: undefined, id: undefined },
  });
}

/** Reads what `writeOutcome` wrote. */
export function readOutcome(text: string, message: Message): Outcome {
  const outcome = JSON.parse(text) as Outcome;
  return outcome.ok ? { ok: true, report: { ...message, ...outcome.report } } : outcome;
}

/** The order in which accounts are listed. */
export function byLabel(a: Account, b: Account): number {
  return a.label.localeCompare(b.label) || (a.id < b.id ? -1 : 1);
}
