import { SmscError, typed } from '../smsc/errors.ts';

/** One call that any number of callers wait for. It is aborted when the last of them has left. */
export interface SharedCall<T> {
  /** Aborts when nobody waits any more. */
  readonly signal: AbortSignal;
  /**
   * Waits for the outcome. Who leaves by the signal gets `cancelled`, and nobody else notices.
   * @param wait `false` for a caller that `turnAwayImpatient` rejects
   */
  join(wait: boolean, signal?: AbortSignal): Promise<T>;
  /**
   * Hands an outcome to all who wait when it is there, and in the same step: nobody whom it concerns is told later than
   * those who are turned away because of it.
   * @param before runs first
   */
  settleWith(outcome: Promise<T>, before: () => void): void;
  turnAwayImpatient(error: SmscError): void;
  /** Rejects all who wait. */
  end(error: SmscError): void;
}

interface Caller<T> {
  wait: boolean;
  resolve(value: T): void;
  reject(error: SmscError): void;
}

/** @param onLeft told when the last who waited has left, before the signal aborts */
export function createSharedCall<T>(onLeft: () => void): SharedCall<T> {
  const controller = new AbortController();
  const callers = new Set<Caller<T>>();
  const end = (error: SmscError): void => {
    for (const caller of [...callers]) caller.reject(error);
  };
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
    settleWith(outcome, before) {
      outcome.then(
        (value) => {
          before();
          for (const caller of [...callers]) caller.resolve(value);
        },
        (error: unknown) => {
          before();
          end(typed(error));
        },
      );
    },
    turnAwayImpatient(error) {
      for (const caller of [...callers]) if (!caller.wait) caller.reject(error);
    },
    end,
  };
}
