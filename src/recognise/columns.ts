import { parseId, parsePhone } from '../smsc/message.ts';
import type { TableRow } from './delimited.ts';

/** Where phone and ID stand in a table. The names are those of its header, absent where there is none. */
export interface Columns {
  phone: { index: number; name?: string };
  id: { index: number; name?: string };
  header: boolean;
}

type Part = 'phone' | 'id';

const phoneNames =
  /^(phones?|phonenumber|msisdn|mobile|mobilephone|cell|tel|telephone|recipient|to|destination|номер|телефон|номертелефона|мобильный|мобильныйтелефон|получатель|абонент|номерабонента|номерполучателя)$/;
const idNames =
  /^((sms|message|msg|mes|smsc)id|id(sms|message|смс|сообщения)|(ид|айди|идентификатор|номер)(смс|sms|сообщения)|(смс|сообщение|сообщения)(id|ид))$/;
const plainIdNames = /^(id|ид|айди|идентификатор)$/;
const phoneWords = /phone|msisdn|телефон/;
const idWords = /(sms|message|msg|сообщ|смс).*(id|ид)$/;
/** The other side of a message, and names that only contain ours. */
const others = /sender|from|отправ|operator|оператор|owner|user|client|клиент|order|заказ|manager|менеджер/;

/**
 * How surely a column or a field of this name holds phone or ID: 3 by its whole name, 2 by part of it or by a plain
 * `id`, which may be a number of the table's own, and 0 not at all.
 */
export function nameRank(name: string, part: Part): number {
  const bare = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  if (part === 'phone') {
    if (phoneNames.test(bare)) return 3;
    return phoneWords.test(bare) && !others.test(bare) ? 2 : 0;
  }
  if (idNames.test(bare)) return 3;
  return plainIdNames.test(bare) || (idWords.test(bare) && !others.test(bare)) ? 2 : 0;
}

/** How many rows are looked at to find the columns. */
const sampleRows = 200;

/** Finds the columns by the header's names, else by what they hold. Undefined when one of them is not there. */
export function findColumns(rows: readonly TableRow[]): Columns | undefined {
  const [first, ...rest] = rows.slice(0, sampleRows + 1);
  if (first === undefined) return undefined;
  const named = { phone: bestNamed(first.cells, 'phone'), id: bestNamed(first.cells, 'id') };
  // A cell that is a number is no name, so the first row of a table without header never counts as one.
  const mayBeHeader = !first.cells.some((cell) => phoneLikeness(cell) > 0);
  const isNamed = named.phone !== undefined || named.id !== undefined;
  const header = mayBeHeader && (isNamed || !first.cells.some((cell) => /\d/.test(cell)));
  const sample = header ? rest : [first, ...rest];
  const phone = (header ? named.phone : undefined) ?? byContent(sample, phoneScore, undefined);
  if (phone === undefined) return undefined;
  const id =
    (header && named.id !== phone ? named.id : undefined) ??
    byContent(sample, (cells, index) => idScore(cells, index - phone), phone);
  if (id === undefined) return undefined;
  const column = (index: number): Columns['id'] => {
    const name = header ? first.cells[index] : undefined;
    return { index, ...(name !== undefined && name !== '' && { name }) };
  };
  return { phone: column(phone), id: column(id), header };
}

function bestNamed(cells: readonly string[], part: Part): number | undefined {
  const ranks = cells.map((cell) => nameRank(cell, part));
  const best = Math.max(0, ...ranks);
  return best === 0 ? undefined : ranks.indexOf(best);
}

function byContent(
  rows: readonly TableRow[],
  score: (cells: string[], index: number) => number,
  taken: number | undefined,
): number | undefined {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  let best: { index: number; score: number } | undefined;
  for (let index = 0; index < width; index++) {
    if (index === taken) continue;
    const cells = rows.map((row) => row.cells[index] ?? '');
    const found = score(cells, index);
    if (found > (best?.score ?? 0.4)) best = { index, score: found };
  }
  return best?.index;
}

/** 1 for what is written like a phone number; less for what may be a time or an amount as well; 0 for the rest. */
function phoneLikeness(cell: string): number {
  const bare = cleanPhone(cell);
  const parsed = parsePhone(bare);
  if (!parsed.ok || !/^[+(]?\d/.test(bare)) return 0;
  const { length } = parsed.value;
  if (length < 10 || length > 15) return 0;
  if (bare.startsWith('+') || (length === 11 && /^[78]/.test(parsed.value))) return 1;
  // Unix time has ten digits, or thirteen in milliseconds, and begins with 1 for a long time to come.
  return /^1(\d{9}|\d{12})$/.test(parsed.value) ? 0.3 : 0.9;
}

function phoneScore(cells: readonly string[]): number {
  return average(cells.map(phoneLikeness));
}

/** @param distance from the phone's column: what stands beside it is likelier */
function idScore(cells: readonly string[], distance: number): number {
  const filled = cells.filter((cell) => cell !== '');
  if (filled.length === 0) return 0;
  const likeness = average(cells.map(idLikeness));
  const distinct = new Set(filled).size / filled.length;
  const isCounter =
    filled.length > 1 && filled.every((cell, row) => /^[01]$/.test(String(Number(cell) - row)));
  const near = 1 / (10 * Math.abs(distance)) + (distance > 0 ? 0.02 : 0);
  return (likeness * (0.3 + 0.7 * distinct) + near) * (isCounter ? 0.6 : 1);
}

function idLikeness(cell: string): number {
  if (!parseId(cell).ok || phoneLikeness(cell) === 1) return 0;
  // Dates and amounts are made of the same characters.
  if (/^\d{1,4}[-.]\d{1,2}([-.]\d{1,4})?$/.test(cell)) return 0;
  if (/^1(\d{9}|\d{12})$/.test(cell)) return 0.6;
  if (/^\d+$/.test(cell)) return 1;
  return /\d/.test(cell) ? 0.95 : 0.3;
}

function average(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Takes off what spreadsheets and data tools put around numbers: `'7…`, `="7…"`, `7….0`. */
export function cleanPhone(cell: string): string {
  const bare = cell
    .trim()
    .replace(/^(?:="?|'|tel:)/i, '')
    .replace(/"$/, '');
  return bare.replace(/^(\+?\d{10,16})[.,]0+$/, '$1');
}
