import { cpus, release, totalmem, type } from 'node:os';
import type { Figure } from './figure.ts';

/** Figures under a heading. */
export interface Group {
  title: string;
  figures: readonly Figure[];
}

/** The machine that was measured on, and when. */
export function machine(now: Date): string {
  const [{ model } = { model: 'unknown CPU' }, ...others] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  const system = `${type()} ${release()}`;
  const day = now.toISOString().slice(0, 10);
  return `${model.trim()}, ${others.length + 1} cores, ${memory}, ${system}, Node ${process.versions.node}; ${day}`;
}

/** One table for the terminal. */
export function plainTable(groups: readonly Group[]): string {
  const width = Math.max(...groups.flatMap(({ figures }) => figures.map(({ what }) => what.length)));
  const line = ({ what, value, unit, aim }: Figure): string => {
    const note = aim === undefined ? '' : `  (aim: ${aim})`;
    return `  ${what.padEnd(width)}  ${format(value).padStart(8)} ${unit.padEnd(4)}${note}`.trimEnd();
  };
  return groups.map(({ title, figures }) => [title, ...figures.map(line), ''].join('\n')).join('\n');
}

/** What explains another figure, or lies between two of them: the README leaves it out. */
const detail =
  /^(history_1000_|history_10000_|memory_kept|reading_|reader_|size_(?!main|vsix|soap))|_(p90|cpu|late|slice|longest_slice|share_of_bare)_?|^activation_in_vscode_git_ms|soap_again_ms/;

/** The same for the README, without details. */
export function markdownTable(groups: readonly Group[]): string {
  const row = (...cells: string[]): string => `| ${cells.join(' | ')} |`;
  const lines = groups.flatMap(({ title, figures }) => [
    row(`**${title}**`, '', ''),
    ...figures
      .filter(({ key }) => !detail.test(key))
      .map(({ what, value, unit, aim = '' }) => row(what, `${format(value)} ${unit}`, aim)),
  ]);
  return [row('What', 'Measured', 'Aim'), row('---', '--:', '---'), ...lines].join('\n');
}

function format(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
