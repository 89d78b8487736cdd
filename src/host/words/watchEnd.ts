import { l10n } from 'vscode';
import type { WatchEnd } from '../../tracking/watcher.ts';
import { failureHeadline } from './failure.ts';
import { tellReport } from './message.ts';
import { span } from './time.ts';

/** How a watch ended: delivered after how long, or why not. No word of the service stands in it. */
export function watchEndText({ watch, endedAt, ending }: WatchEnd): string {
  switch (ending.kind) {
    case 'final': {
      const { sentAt, changedAt } = ending.report;
      const { sentence } = tellReport(ending.report);
      const tookMs = sentAt && changedAt ? Date.parse(changedAt) - Date.parse(sentAt) : NaN;
      // Only SMSC knows both; a message that was final before we looked tells nothing of our own watching.
      return tookMs > 0
        ? l10n.t('{0} (after {1})', sentence, span(tookMs))
        : l10n.t('{0} (watched for {1})', sentence, span(endedAt - watch.startedAt));
    }
    case 'over':
      return l10n.t(
        '{0}. It was watched for {1} and is not watched any more.',
        tellReport(ending.report).sentence,
        span(endedAt - watch.startedAt),
      );
    case 'givenUp':
      return l10n.t('{0}. The message is not watched any more.', failureHeadline(ending.failure));
  }
}

/** Many ends in one sentence. */
export function watchEndsText(ends: readonly WatchEnd[]): string {
  const count = (holds: (end: WatchEnd) => boolean): number => ends.filter(holds).length;
  const delivered = count(
    ({ ending }) => ending.kind === 'final' && ending.report.status.kind === 'delivered',
  );
  const failed = count(({ ending }) => ending.kind === 'final' && ending.report.status.kind === 'failed');
  const parts = [
    l10n.t('delivered: {0}', delivered),
    l10n.t('not delivered: {0}', failed),
    ...(delivered + failed < ends.length ? [l10n.t('others: {0}', ends.length - delivered - failed)] : []),
  ];
  return l10n.t('Watches that ended: {0} ({1})', ends.length, parts.join(', '));
}
