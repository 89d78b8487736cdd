import { checkedAt } from './outcome.ts';
import type { Check, Outcome } from './types.ts';

/** Checks in a row that brought the same. */
export interface Run {
  first: Check;
  last: Check;
  count: number;
}

/** Puts equal checks that follow each other together: the same status and delivery error, or the same failure. */
export function runsOf(checks: readonly Check[]): Run[] {
  const runs: Run[] = [];
  for (const check of checks) {
    const run = runs.at(-1);
    if (run !== undefined && meaning(run.last.outcome) === meaning(check.outcome)) {
      run.last = check;
      run.count += 1;
    } else {
      runs.push({ first: check, last: check, count: 1 });
    }
  }
  return runs;
}

function meaning(outcome: Outcome): string {
  if (outcome.ok) return `${outcome.report.status.code}/${outcome.report.deliveryError?.code ?? ''}`;
  const { reason, code, detail, httpStatus } = outcome.failure;
  return [reason, code, detail, httpStatus].join('/');
}

/** When a check had its answer, or had failed: ISO 8601 in UTC. */
export function answeredAt(check: Check): string {
  return new Date(checkedAt(check)).toISOString();
}

/** When a run's state began: as the service tells, else when it was first seen. ISO 8601 in UTC. */
export function beganAt(run: Run): string {
  const { outcome } = run.first;
  return (outcome.ok ? outcome.report.changedAt : undefined) ?? answeredAt(run.first);
}
