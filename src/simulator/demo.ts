import { makeMessage, stageOf } from './message.ts';
import type { SimulatedMessage } from './message.ts';
import { fixedMessages, lifeKinds, liveMessage } from './messages.ts';
import { startSimulator } from './server.ts';
import type { Simulator } from './server.ts';
import type { Bilingual } from '../smsc/codes.ts';

/** A message that the demo account offers, and what it is at this moment. */
export interface DemoMessage {
  phone: string;
  id: string;
  status: number;
  err: number;
  title: Bilingual;
  /** Every request about it fails with this error, whatever the status. */
  error?: number;
}

/** The service behind the demo account: on loopback, with the public login. */
export function startDemo(now: () => number = Date.now): Promise<Simulator> {
  return startSimulator({ now });
}

/** The IDs that show the most, in this order. */
const favourites = [
  'err-6',
  'status-3',
  'status-22',
  'err-253',
  'status-24',
  'err-219',
  'status-2',
  'status-4',
];

/** Nothing has this ID. */
const missing = makeMessage({ phone: '79990000000', id: 'not-found', status: -3 });

/**
 * What can be tried with the demo account, the most useful first and those that make requests fail last. The
 * living messages are sent `now` (Unix milliseconds).
 */
export function demoMessages(now: number): DemoMessage[] {
  const [example, ...fixed] = fixedMessages;
  const [live, ...living] = lifeKinds.map((kind) => liveMessage(kind, now));
  const rank = ({ id, error }: SimulatedMessage): number =>
    favourites.includes(id) ? favourites.indexOf(id) : error === undefined ? 100 : 200;
  const ranked = fixed.toSorted((a, b) => rank(a) - rank(b));
  const [shown, others] = [ranked.slice(0, favourites.length), ranked.slice(favourites.length)];
  return [example, live, ...shown, missing, ...living, ...others]
    .filter((message) => message !== undefined)
    .map((message) => demoMessage(message, now));
}

/** A message as it is at a time in Unix milliseconds. */
export function demoMessage(message: SimulatedMessage, now: number): DemoMessage {
  const { phone, id, title, error } = message;
  const { status, err } = stageOf(message, now / 1000);
  return { phone, id, status, err, title, ...(error !== undefined && { error }) };
}
