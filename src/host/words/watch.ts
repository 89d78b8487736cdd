import { l10n } from 'vscode';
import { isHold } from '../../history/watches.ts';
import type { Watched } from '../../tracking/types.ts';
import { failureName } from './failure.ts';
import { ahead } from './time.ts';

/** What a watch waits for, and why, in a few words after the message's state. Times are Unix milliseconds. */
export function watchedText({ nextAt, failure }: Watched, now: number): string {
  const when = ahead(nextAt, now);
  if (failure === undefined) return l10n.t('next check {0}', when);
  return isHold(failure)
    ? l10n.t('watch paused ({0}), next try {1}', failureName(failure), when)
    : l10n.t('{0}, next try {1}', failureName(failure), when);
}

/** The same without the time, for a place where the time stands by itself. */
export function watchedTitle({ failure }: Watched): string {
  if (failure === undefined) return l10n.t('Watched, next check');
  return isHold(failure)
    ? l10n.t('Watch paused ({0}), next try', failureName(failure))
    : l10n.t('Watched ({0}), next try', failureName(failure));
}
