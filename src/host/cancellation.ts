import { ProgressLocation, window, type CancellationToken, type Progress } from 'vscode';
import { SmscError } from '../smsc/errors.ts';

/** An AbortSignal that follows a CancellationToken. */
export function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

/** How long a task may take before a notification says that it runs. Most checks are quicker. */
const patienceMs = 400;

export type Report = (message: string) => void;

/** Runs a task; if it takes a moment, a notification shows it with *Cancel*, which aborts the signal. */
export async function withProgress<T>(
  title: string,
  task: (signal: AbortSignal, report: Report) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let progress: Progress<{ message?: string }> | undefined;
  let latest: string | undefined;
  const report: Report = (message) => {
    latest = message;
    progress?.report({ message });
  };
  const running = task(controller.signal, report);
  const settled = running.then(
    () => undefined,
    () => undefined,
  );
  const timer = setTimeout(() => {
    void window.withProgress(
      { location: ProgressLocation.Notification, title, cancellable: true },
      (shown, token) => {
        progress = shown;
        if (latest !== undefined) shown.report({ message: latest });
        token.onCancellationRequested(() => controller.abort(new SmscError('cancelled')));
        return settled;
      },
    );
  }, patienceMs);
  try {
    return await running;
  } finally {
    clearTimeout(timer);
  }
}
