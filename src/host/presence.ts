import { setTimeout as delay } from 'node:timers/promises';
import { commands } from 'vscode';
import { contexts } from '../ids.ts';

/** How long a window has to answer, in milliseconds. */
const answerMs = 2000;

/**
 * Asks whether somebody could see this window. A browser-hosted VS Code keeps an extension host running for hours
 * after its page has gone, and what it has to tell would be told to nobody.
 *
 * @param closing aborts when nobody wants to know any more
 */
export function createPresence(closing: AbortSignal): () => Promise<boolean> {
  let asked: Promise<boolean> | undefined;
  const ask = async (): Promise<boolean> => {
    // Any command of the window itself will do: its answer comes from the page.
    await commands.executeCommand('setContext', contexts.ready, true);
    asked = undefined;
    return true;
  };
  return () => {
    asked ??= ask();
    const answered = new AbortController();
    const signal = AbortSignal.any([answered.signal, closing]);
    const late = delay(answerMs, false, { signal }).catch(() => false);
    return Promise.race([asked, late]).finally(() => answered.abort());
  };
}
