import type { RowView } from '../../batchProtocol.ts';
import { isBoolean, isText, messageStandings, oneOf, shape, type MessageStanding } from '../../protocol.ts';

/** The table's columns, in order; each can be sorted by. */
export const columns = ['row', 'state', 'phone', 'id', 'result', 'changed', 'checked'] as const;
export type Column = (typeof columns)[number];

/** Which rows are shown, and in which order. */
export interface Choice {
  sort: Column;
  descending: boolean;
  /** Absent for all. */
  state?: MessageStanding | undefined;
  text: string;
}

/** A choice as the panel's stored state holds it. */
export const isChoice = shape<Choice>(
  { sort: oneOf(...columns), descending: isBoolean, text: isText },
  { state: oneOf(...messageStandings) },
);

export const everything: Choice = { sort: 'row', descending: false, text: '' };

/** The rows that a choice shows, in its order. What is equal stays in the order of the list. */
export function orderOf(rows: readonly RowView[], { sort, descending, state, text }: Choice): RowView[] {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const shown = rows.filter(
    (row) => (state === undefined || row.state === state) && words.every((word) => holds(row, word)),
  );
  if (sort === 'row') return descending ? shown.reverse() : shown;
  const compare = comparers[sort];
  return shown.sort((a, b) => (descending ? compare(b, a) : compare(a, b)) || a.index - b.index);
}

function holds({ phone, id, text }: RowView, word: string): boolean {
  return phone.includes(word) || id.toLowerCase().includes(word) || text.toLocaleLowerCase().includes(word);
}

const comparers: Record<Exclude<Column, 'row'>, (a: RowView, b: RowView) => number> = {
  state: (a, b) => messageStandings.indexOf(a.state) - messageStandings.indexOf(b.state),
  phone: (a, b) => byText(a.phone, b.phone),
  id: (a, b) => byId(a.id, b.id),
  result: (a, b) => byText(a.text, b.text),
  changed: (a, b) => (a.changed ?? 0) - (b.changed ?? 0),
  checked: (a, b) => (a.checked ?? 0) - (b.checked ?? 0),
};

/** Not by the language's rules: these are slow for ten thousand rows, and numbers and short labels need none. */
function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** 9 comes before 10, and both before what is not a number. */
function byId(a: string, b: string): number {
  const [aIsNumber, bIsNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (aIsNumber !== bIsNumber) return aIsNumber ? -1 : 1;
  return (aIsNumber ? a.length - b.length : 0) || byText(a, b);
}
