import sax from 'sax';

/** Answers known have some twenty elements of a few dozen characters each. */
const maxElements = 2000;
const maxAttributes = 2000;
const maxDepth = 32;
const maxName = 200;

/** Below this length nothing grows so far that it matters. Answers known have up to 2,000 characters. */
const smallLength = 16_000;

/**
 * Whether node-soap must not see a document. What it keeps for each element, prefix and reference lets a document of
 * 1 MB take minutes or all memory; and it keeps elements by their `id` in a plain object, so that one called
 * `__proto__` would change every object of the program.
 * Told by the parser that node-soap itself uses, so that both see the same document.
 */
export function isHarmful(document: string): boolean {
  if (document.length < smallLength && !/\s(?:id|href)\s*=|<!\[CDATA\[[^]*<\?xml/.test(document))
    return false;
  const parser = sax.parser(true, { xmlns: false });
  let elements = 0;
  let attributes = 0;
  let depth = 0;
  const refuseIf = (harmful: boolean): void => {
    if (harmful) throw new Error('harmful');
  };
  parser.onopentagstart = ({ name }) => {
    elements += 1;
    depth += 1;
    refuseIf(elements > maxElements || depth > maxDepth || name.length > maxName);
  };
  parser.onattribute = ({ name, value }) => {
    attributes += 1;
    refuseIf(attributes > maxAttributes || name.length > maxName);
    // References within a document are copied, each to every place that refers to it.
    refuseIf(name === 'href' || (name === 'id' && value in Object.prototype));
  };
  parser.onclosetag = () => {
    depth -= 1;
  };
  // node-soap reads a document in a CDATA section in the place of the text, in quadratic time.
  parser.oncdata = (text) => refuseIf(text.includes('<?xml'));
  parser.onerror = (error) => {
    throw error;
  };
  try {
    parser.write(document).close();
    return false;
  } catch {
    return true;
  }
}
