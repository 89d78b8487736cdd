import { readList } from '../../src/recognise/list.ts';
import { median, type Figure } from './figure.ts';

const rows = 100_000;
const repeats = 5;

const lists: Record<string, (row: number) => string> = {
  csv: (row) => `${row},"Hello, world","${79_990_000_000 + row}",2.50,${row + 500_000}`,
  json: (row) => JSON.stringify({ phone: String(79_990_000_000 + row), id: row, text: 'Привет' }),
  log: (row) => `2025-11-24 09:14:02 INFO sms: ${79_990_000_000 + row} OK - 1 SMS, ID - ${row + 1}`,
};

/** How quickly lists of 100,000 messages are read. */
export function measureReader(): Figure[] {
  return Object.entries(lists).map(([name, line]) => {
    const text = Array.from({ length: rows }, (_, row) => line(row)).join('\n');
    const times = Array.from({ length: repeats }, () => {
      const started = performance.now();
      const { messages } = readList(text);
      if (messages.length !== rows) throw new Error(`${name}: ${messages.length} of ${rows} messages`);
      return performance.now() - started;
    });
    const value = Buffer.byteLength(text) / 1e6 / (median(times) / 1000);
    return {
      key: `reader_${name}_mb_per_s`,
      what: `reading a list of ${rows} rows, ${name}`,
      value,
      unit: 'MB/s',
    };
  });
}
