import { workspace } from 'vscode';
import type { Retention } from '../history/types.ts';
import { settings as ids } from '../ids.ts';
import { usualPlan, type WatchPlan } from '../tracking/watchPlan.ts';
import type { Releasable } from './ownership.ts';

export type NotificationChoice = 'all' | 'problems' | 'none';

/** Milliseconds that one request may take. */
export function timeoutMs(): number {
  return whole(ids.timeout, 15, 1, 120) * 1000;
}

export function notificationChoice(): NotificationChoice {
  const value: unknown = workspace.getConfiguration().get(ids.notifications);
  return value === 'all' || value === 'none' ? value : 'problems';
}

/** How much of the history is kept. */
export function retention(): Retention {
  return {
    days: whole(ids.keepDays, 90, 1, 3650),
    messages: whole(ids.keepMessages, 10_000, 1, 1_000_000),
  };
}

/** When watched messages are checked, and for how long. */
export function watchPlan(): WatchPlan {
  const value: unknown = workspace.getConfiguration().get(ids.watchIntervals);
  const seconds = (Array.isArray(value) ? (value as unknown[]) : [])
    .filter((one) => typeof one === 'number' && Number.isFinite(one))
    .map((one) => Math.min(86_400, Math.max(1, Number(one))));
  return {
    intervalsMs: seconds.length > 0 ? seconds.map((one) => one * 1000) : usualPlan.intervalsMs,
    lifeMs: whole(ids.watchHours, 24, 1, 168) * 3_600_000,
  };
}

/** Whether message IDs are links in the terminal, and in the editor. */
export type LinksSetting = typeof ids.terminalLinks | typeof ids.editorLinks;

/** Keeps something registered as long as a setting says so, from the moment on that it is changed. */
export function whileOn(setting: LinksSetting, register: () => Releasable): Releasable {
  let registered: Releasable | undefined;
  const follow = (): void => {
    const isOn = workspace.getConfiguration().get<unknown>(setting) !== false;
    if (isOn) registered ??= register();
    else {
      registered?.dispose();
      registered = undefined;
    }
  };
  follow();
  const listener = workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(setting)) follow();
  });
  return {
    dispose: () => {
      listener.dispose();
      registered?.dispose();
    },
  };
}

/** VS Code hands over whatever stands in settings.json, so a wrong type or range falls back here. */
function whole(id: string, fallback: number, least: number, most: number): number {
  const value: unknown = workspace.getConfiguration().get(id);
  if (typeof value !== 'number' || !Number.isFinite(value)) return fallback;
  return Math.min(most, Math.max(least, Math.round(value)));
}
