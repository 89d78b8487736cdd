/** Names of what must never be taken for a phone or an ID, and of numbers that are the sender's. */
const secretName =
  /(?<![\p{L}])(?:login|psw|password|passwd|passw|pwd|pass|api_?-?key|secret|token|authorization|cookie|sender|sender_id|from|логин|пароль|отправитель)\\{0,3}["'\]]{0,2}\s{0,3}(?:=>|[=:>]|&gt;|%3D)\s{0,3}/giu;
/** How long a value is followed at most; a line of nothing but names costs no more than its length times this. */
const longest = 200;

/** Of a line that holds no secret. */
export const noSecrets = (): boolean => false;

/** A column of a table that holds secrets. */
const secretColumn = /^(?:login|psw|password|passwd|passw|pwd|pass|api[ _-]?key|secret|token|логин|пароль)$/i;

export function isSecretColumn(name: string): boolean {
  return secretColumn.test(name);
}

/** A line as it may be shown: in the place of each secret stands "…". */
export function withoutSecrets(line: string): string {
  let shown = '';
  let last = 0;
  for (const { start, end } of secretRanges(line)) {
    if (start >= last) shown += `${line.slice(last, start)}${end > start ? '…' : ''}`;
    last = end;
  }
  return shown + line.slice(last);
}

/** Tells of a line whether a place lies in the value of a password, a login, a key or a sender. */
export function secretsOf(line: string): (at: number) => boolean {
  const ranges = secretRanges(line);
  if (ranges.length === 0) return noSecrets;
  return (at) => {
    let [low, high] = [0, ranges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ranges[middle]?.start ?? Infinity) <= at) low = middle + 1;
      else high = middle;
    }
    return at < (ranges[low - 1]?.end ?? 0);
  };
}

function secretRanges(line: string): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  secretName.lastIndex = 0;
  for (let found = secretName.exec(line); found !== null; found = secretName.exec(line)) {
    const start = found.index + found[0].length;
    // What looks like a value may itself be a name: `psw= 'psw' => …`.
    const end = Math.max(endOfValue(line, start, found[0]), ranges.at(-1)?.end ?? 0);
    ranges.push({ start, end });
  }
  return ranges;
}

function endOfValue(line: string, start: number, name: string): number {
  const quote = /^(\\{0,3})(["'])/.exec(line.slice(start, start + 4));
  if (quote !== null) {
    const from = start + quote[0].length;
    let end = line.indexOf(quote[0], from);
    // A quote that is escaped is a part of the value.
    while (end > from && quote[1] === '' && line[end - 1] === '\\') end = line.indexOf(quote[0], end + 1);
    return end < 0 ? line.length : end;
  }
  if (/^authorization|^cookie/i.test(name)) return line.length;
  const length = line
    .slice(start, start + longest)
    .search(name.endsWith('>') ? /[<\r\n]/ : /[&\s"',;<>)}\]]/);
  return length < 0 ? Math.min(line.length, start + longest) : start + length;
}
