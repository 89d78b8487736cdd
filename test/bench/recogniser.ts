import { createFinder } from '../../src/recognise/find.ts';
import { median, type Figure } from './figure.ts';

const bytes = 50e6;
/** What an editor takes at once between two breaths. */
const slice = 262_144;
const repeats = 3;

const quiet = (row: number): string =>
  `2025-11-24 09:14:02 INFO [http-nio-${row % 40}] shop.Service - handled in ${row % 900} ms, status=200 path=/api/items/${row}`;
const talking = (row: number): string => {
  if (row % 10 === 0) return `${quiet(row)} request_id=${row} client_id=${row % 77}`;
  if (row % 25 === 1)
    return `2025-11-24 09:14:02 INFO sms sent phone=${79_990_000_000 + row} sms_id=${row + 1}`;
  if (row % 50 === 3)
    return JSON.stringify({ level: 30, id: row, phone: String(79_990_000_000 + row), msg: 'sms sent' });
  return quiet(row);
};
const logs: [name: string, what: string, line: (row: number) => string, aim: string][] = [
  ['quiet', 'a log without messages', quiet, '≥ 100'],
  ['mixed', 'a log with a message on each 17th line', talking, '≥ 30'],
];

/** How quickly messages are found in logs of 50 MB, in slices, and how long the longest slice takes. */
export function measureRecogniser(): Figure[] {
  return logs.flatMap(([name, what, line, aim]): Figure[] => {
    const block = `${Array.from({ length: 10_000 }, (_, row) => line(row)).join('\n')}\n`;
    const text = block.repeat(Math.ceil(bytes / block.length));
    const runs = Array.from({ length: repeats }, () => readInSlices(text));
    const took = median(runs.map(({ total }) => total));
    return [
      {
        key: `finder_${name}_mb_per_s`,
        what: `finding messages in ${what}`,
        value: text.length / 1e6 / (took / 1000),
        unit: 'MB/s',
        aim,
      },
      {
        key: `finder_${name}_longest_slice_ms`,
        what: `the longest slice of 256 kB of it`,
        value: median(runs.map(({ longest }) => longest)),
        unit: 'ms',
      },
    ];
  });
}

function readInSlices(text: string): { total: number; longest: number } {
  const finder = createFinder();
  let [total, longest] = [0, 0];
  for (let at = 0; at < text.length; at += slice) {
    const started = performance.now();
    finder.add(text.slice(at, at + slice));
    const took = performance.now() - started;
    total += took;
    longest = Math.max(longest, took);
  }
  finder.end();
  return { total, longest };
}
