/** Names of what must never be taken for a phone or an ID, and of numbers that are the sender's. */
const secretName =
  /(?<![\p{L}])(?:login|psw|password|passwd|passw|pwd|pass|api_?-?key|secret|token|authorization|cookie|sender|sender_id|from|логин|пароль|отправитель)\\{0,3}["'\]]{0,2}\s{0,3}(?:=>|[=:>]|&gt;|%3D)\s{0,3}/giu;
/** How long a value is followed at most; a line of nothing but names costs no more than its length times this. */
const longest = 200;

/** Of a line that holds no secret. */
export const noSecrets = (): boolean => false;

/** Tells of a line whether a place lies in the value of a password, a login, a key or a sender. */
export function secretsOf(line: string): (at: number) => boolean {
  const ranges: { start: number; end: number }[] = [];
  secretName.lastIndex = 0;
  for (let found = secretName.exec(line); found !== null; found = secretName.exec(line)) {
    const start = found.index + found[0].length;
    const end = endOfValue(line, start, found[0]);
    ranges.push({ start, end });
    secretName.lastIndex = Math.max(end, start);
  }
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

function endOfValue(line: string, start: number, name: string): number {
  const quote = /^(\\{0,3})(["'])/.exec(line.slice(start, start + 4));
  if (quote !== null) {
    const end = line.indexOf(quote[0], start + quote[0].length);
    return end < 0 ? line.length : end;
  }
  if (/^authorization|^cookie/i.test(name)) return line.length;
  const length = line
    .slice(start, start + longest)
    .search(name.endsWith('>') ? /[<\r\n]/ : /[&\s"',;<>)}\]]/);
  return length < 0 ? Math.min(line.length, start + longest) : start + length;
}
