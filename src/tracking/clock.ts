import { setTimeout as delay } from 'node:timers/promises';
import { SmscError } from '../smsc/errors.ts';
import type { Clock } from './types.ts';

/** The system's time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  wait: (ms, signal) =>
    delay(Math.max(0, ms), undefined, { ...(signal && { signal }) }).catch(() => {
      throw new SmscError('cancelled');
    }),
};
