import { openStore } from '../../src/history/store.ts';
import { deliveryErrorInfo, statusInfo } from '../../src/smsc/codes.ts';
import type { Outcome } from '../../src/history/types.ts';
import type { Message } from '../../src/smsc/message.ts';

/** A message for the history, in a few words. */
export interface Made {
  id: string;
  /** SMSC's status; without one the message was not found. */
  status?: number;
  error?: number;
  /** Seconds from sent to the status. */
  took?: number;
  operator?: string;
  text?: string;
}

const sent = Date.UTC(2026, 0, 5, 9);

/** Writes messages into a history, as a window would that had checked them one after the other. */
export async function fillHistory(folder: string, messages: readonly Made[]): Promise<void> {
  const store = await openStore(folder);
  for (const [index, made] of messages.entries()) {
    const message: Message = { account: 'demo', phone: String(79_990_000_000 + index), id: made.id };
    const startedAt = Date.now() - (messages.length - index) * 1000;
    const outcome = outcomeOf(message, made, new Date(startedAt).toISOString());
    await store.history.record({ message, startedAt, durationMs: 0, detail: 2, origin: 'batch', outcome });
  }
  store.close();
}

function outcomeOf(
  message: Message,
  { status, error, took, operator, text }: Made,
  checkedAt: string,
): Outcome {
  if (status === undefined) return { ok: false, failure: { reason: 'notFound', code: 3 } };
  const { name, kind, final } = statusInfo(status);
  return {
    ok: true,
    report: {
      ...message,
      checkedAt,
      status: { code: status, name: name.en, kind, final },
      ...(error !== undefined && { deliveryError: { code: error, name: deliveryErrorInfo(error).name.en } }),
      ...(took !== undefined && {
        sentAt: new Date(sent).toISOString(),
        changedAt: new Date(sent + took * 1000).toISOString(),
      }),
      fields: {
        status: String(status),
        ...(operator !== undefined && { operator }),
        ...(text !== undefined && { message: text }),
      },
    },
  };
}
