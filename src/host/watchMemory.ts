import { window, type Disposable, type Memento } from 'vscode';
import type { Store } from '../history/types.ts';

/** Remembers that there are watches, so that a window which starts knows without opening the store. */
const key = 'smsc.watching';

/** Keeps the memory true. @returns the function that stops it */
export function rememberWatches(
  memory: Memento,
  store: Pick<Store, 'watches' | 'onDidChange' | 'memory'>,
): () => void {
  // Watches that end with this window are nobody else's concern; those in the file go on without it.
  if (store.memory !== undefined) return () => undefined;
  const update = (): void => {
    const any = store.watches.count() > 0;
    if (any !== isRemembered(memory)) void memory.update(key, any);
  };
  update();
  return store.onDidChange(update);
}

/**
 * Goes on with the watches of earlier windows when this one starts, and with those of others when it comes to the
 * front: the one that made the checks may have been closed.
 */
export function goOnWatching(memory: Memento, open: () => Promise<unknown>): Disposable {
  const look = (): void => {
    if (!isRemembered(memory)) return;
    open().then(
      () => void listener.dispose(),
      () => undefined,
    );
  };
  const listener = window.onDidChangeWindowState(({ focused }) => {
    if (focused) look();
  });
  look();
  return listener;
}

function isRemembered(memory: Memento): boolean {
  return memory.get<unknown>(key) === true;
}
