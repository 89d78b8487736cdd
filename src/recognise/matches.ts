const none: readonly RegExpExecArray[] = [];

/** What `matchAll` gives, as a list, and without a copy of the form for each text: most texts have no match. */
export function matches(text: string, form: RegExp): readonly RegExpExecArray[] {
  form.lastIndex = 0;
  let found = form.exec(text);
  if (found === null) return none;
  const all: RegExpExecArray[] = [];
  for (; found !== null; found = form.exec(text)) all.push(found);
  return all;
}
