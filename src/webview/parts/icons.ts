import type { Action, Mark } from '../../protocol.ts';
import { h, type Wanted } from './tree.ts';

export type IconName =
  Mark | 'busy' | 'copy' | 'recheck' | 'watch' | 'stopWatching' | 'openPlace' | 'done' | 'up' | 'down';

const ring = 'M8 1.75a6.25 6.25 0 1 1 0 12.5a6.25 6.25 0 0 1 0-12.5z';

/** Outlines on a field of 16 by 16. */
const outlines: Record<IconName, string> = {
  delivered: `${ring}M5.1 8.3l2 2l3.9-4.3`,
  failed: `${ring}M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4`,
  pending: `${ring}M8 4.5V8l2.4 1.6`,
  unknown: `${ring}M6.2 6.4a1.8 1.8 0 1 1 2.6 1.6c-.5.3-.8.6-.8 1.2M8 11.3h.01`,
  problem: 'M8 2.2L14.4 13.6H1.6zM8 6.4v3.4M8 11.7h.01',
  none: 'M8 1.75a6.25 6.25 0 0 1 4.4 1.8M14.2 7a6.25 6.25 0 0 1-1.1 4.6M9.7 14a6.25 6.25 0 0 1-4.9-.6M2.3 10.6a6.25 6.25 0 0 1 .2-5.6',
  sent: `${ring}M8 11.2V4.9M5.4 7.4L8 4.8l2.6 2.6`,
  busy: 'M8 1.75a6.25 6.25 0 0 1 6.25 6.25',
  copy: 'M5.5 5.5h7.75v7.75H5.5zM10.5 5.5V2.75H2.75v7.75H5.5',
  recheck: 'M13.2 6.3A5.5 5.5 0 1 0 13.5 8M13.6 2.6v3.8H9.8',
  watch:
    'M1.5 8s2.4-4.25 6.5-4.25S14.5 8 14.5 8s-2.4 4.25-6.5 4.25S1.5 8 1.5 8zM8 6.1a1.9 1.9 0 1 1 0 3.8a1.9 1.9 0 0 1 0-3.8z',
  stopWatching: 'M1.5 8s2.4-4.25 6.5-4.25S14.5 8 14.5 8s-2.4 4.25-6.5 4.25S1.5 8 1.5 8zM2.6 13.4L13.4 2.6',
  openPlace: 'M3 1.75h6l4 4v8.5H3zM9 1.75v4h4M5.5 9h5M5.5 11.5h3',
  up: 'M4.5 9.5L8 6l3.5 3.5',
  down: 'M4.5 6.5L8 10l3.5-3.5',
  done: 'M3 8.6l3.4 3.4L13 4.6',
};

/** An icon for the eye only: the words beside it say the same. */
export function icon(name: IconName, className = 'icon'): Wanted {
  return h('svg', { viewBox: '0 0 16 16', class: className, 'aria-hidden': 'true' }, [
    h('path', { d: outlines[name] }),
  ]);
}

export function actionIcon(action: Action): IconName {
  switch (action) {
    case 'recheck':
    case 'watch':
    case 'stopWatching':
    case 'openPlace':
      return action;
    default:
      return 'copy';
  }
}
