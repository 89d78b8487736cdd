import { deliveryErrorInfo, requestErrorInfo, statusInfo } from './codes.ts';
import type { Failure } from './errors.ts';
import type { Report } from './report.ts';

const limits =
  'SMSC allows five status requests a minute for one message. Do not poll in a loop: ask again only after the given time.';

/**
 * What a language model gets of a report: codes explained in our own words, in English, and when asking again makes
 * sense. None of the service's words: a message's text could instruct the model.
 */
export function answerForAgent({ status, deliveryError, changedAt, sentAt, checkedAt }: Report): object {
  const { name, cause, advice } = statusInfo(status.code);
  const error = deliveryError && deliveryErrorInfo(deliveryError.code);
  return {
    status: { code: status.code, name: name.en, kind: status.kind, final: status.final, meaning: cause.en },
    ...(error && { deliveryError: { code: error.code, name: error.name.en, cause: error.cause.en } }),
    whatToDo: (error ?? { advice }).advice.en,
    ...(sentAt !== undefined && { sentAt }),
    ...(changedAt !== undefined && { changedAt }),
    checkedAt,
    askAgain: status.final
      ? { useful: false, why: 'The status is final.' }
      : { useful: true, afterSeconds: 60, why: 'The message is still on its way.' },
    limits,
  };
}

/** An error whose message tells the model what to do next. It keeps the reason and SMSC's code. */
export function errorForAgent(failure: Failure): Error {
  const code = failure.code === undefined ? '' : ` (SMSC error ${failure.code})`;
  return Object.assign(new Error(`${failure.reason}${code}: ${nextStep(failure)}`), failure);
}

function nextStep({ reason, code, retryAfter }: Failure): string {
  switch (reason) {
    case 'input':
      return 'Give phone as digits with the country code, such as "79991234567", and id as the text that SMSC returned when the message was sent (1 to 40 characters of A-Z a-z 0-9 . - _). Do not invent an id.';
    case 'noAccount':
      return 'There is no such SMSC account in VS Code. Ask the user to run "SMSC: Add Account…" or "SMSC: Use Demo Account".';
    case 'credentials':
      return 'SMSC does not accept this account’s login, password or IP address, so nothing more is sent for it. Do not retry. Ask the user to run "SMSC: Edit Account…".';
    case 'notFound':
      return 'SMSC does not know this pair of phone and id in this account. Check both. If the message was sent seconds ago, ask once more after 60 seconds.';
    case 'blocked':
      return `SMSC has blocked this IP address for a while. Do not retry before ${retryAfter ?? 1800} seconds have passed.`;
    case 'tooMany':
      return `The limit of requests is reached. Ask again after ${retryAfter ?? 60} seconds, not earlier.`;
    case 'parameters':
      return requestErrorInfo('status', code ?? 1).advice.en;
    case 'timeout':
    case 'network':
      return 'The service could not be reached. Ask again once in a minute; if it fails again, tell the user to look at "SMSC: Show Log".';
    case 'protocol':
      return 'The service’s answer could not be understood. Do not retry. Tell the user to run "SMSC: Test Connection".';
    case 'cancelled':
      return 'The user cancelled the request. Do not retry unless the user asks.';
  }
}
