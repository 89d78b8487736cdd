import { SmscError } from '../smsc/errors.ts';

/** One call that any number of callers wait for. It is aborted when the last of them has left. */
export interface SharedCall<T> {
  /** Aborts when nobody waits any more. */
  readonly signal: AbortSignal;
  /**
   * Waits for the outcome. Who leaves by the signal gets `cancelled`, and nobody else notices.
   * @param wait `false` for a caller that `turnAwayImpatient` rejects
   */
  join(wait: boolean, signal?: AbortSignal): Promise<T>;
  /** Hands an outcome to all who wait when it is there. */
  settleWith(outcome: Promise<T>): void;
  turnAwayImpatient(error: SmscError): void;
  /** Rejects all who wait. */
  end(error: SmscError): void;
}

interface Caller<T> {
  wait: boolean;
  resolve(value: T): void;
  reject(error: unknown): void;
}

/** @param onLeft told when the last who waited has left, before the signal aborts */
export function createSharedCall<T>(onLeft: () => void): SharedCall<T> {
  const controller = new AbortController();
  const callers = new Set<Caller<T>>();
  return {
    signal: controller.signal,
    join(wait, signal) {
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          signal?.removeEventListener('abort', cancel);
          callers.delete(caller);
        };
        const caller: Caller<T> = {
          wait,
          resolve(value) {
            leave();
            resolve(value);
          },
          reject(error) {
            leave();
            // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
            reject(error);
            if (callers.size > 0) return;
            onLeft();
            controller.abort();
          },
        };
        const cancel = (): void => caller.reject(new SmscError('cancelled'));
        callers.add(caller);
        signal?.addEventListener('abort', cancel, { once: true });
      });
    },
    settleWith(outcome) {
      outcome.then(
        (value) => {
          for (const caller of [...callers]) caller.resolve(value);
        },
        (error: unknown) => {
          for (const caller of [...callers]) caller.reject(error);
        },
      );
    },
    turnAwayImpatient(error) {
      for (const caller of [...callers]) if (!caller.wait) caller.reject(error);
    },
    end(error) {
      for (const caller of [...callers]) caller.reject(error);
    },
  };
}
