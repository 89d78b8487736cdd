import sax from 'sax';
import type { ContractDifference } from './service.ts';
import bundledWsdl from './smsc.wsdl';

export interface Field {
  name: string;
  optional: boolean;
}

/** One call of the service, with the names and the order that its schema prescribes. */
export interface Operation {
  /** Its name in the WSDL, e.g. `get_status`; on the wire stands the request's element, e.g. `status`. */
  name: string;
  soapAction: string;
  request: { element: string; fields: readonly Field[] };
  /** The answer's element holds one result, e.g. `statusresult`, and that one the fields. */
  answer: { element: string; result: string; fields: readonly Field[] };
}

export interface Contract {
  targetNamespace: string;
  operations: readonly Operation[];
}

/** Stands in the bundled WSDL for the namespace and for the address. */
const placeholder = 'https://smscentre.com/sys/soap.php';

/** Far above what a description of seven operations needs. */
const maxLength = 256 * 1024;
const maxDepth = 24;

/** The documentation names this field, the descriptions seen so far do not: neither is worth a word. */
const documentedOnly = 'sms_cnt';

/** The bundled WSDL for a service at `address` whose elements stand in `namespace`. */
export function wsdlFor(namespace: string, address: string): string {
  return bundledWsdl.replaceAll(
    /(location=)?"([^"]*)"/g,
    (attribute, location: string | undefined, value: string) => {
      if (value !== placeholder) return attribute;
      return location === undefined ? quoted(namespace) : `${location}${quoted(address)}`;
    },
  );
}

function quoted(value: string): string {
  return `"${value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')}"`;
}

/**
 * The namespace that a WSDL declares for its own elements: printable ASCII of at most 1,000 characters. Nothing
 * behind the opening tag matters, so a description that is damaged further on serves as well.
 */
export function targetNamespaceOf(wsdl: string): string | undefined {
  return namespaceOf(readTree(wsdl)?.root);
}

function namespaceOf(root: Node | undefined): string | undefined {
  const namespace = root?.local === 'definitions' ? root.attributes.get('targetNamespace') : undefined;
  return namespace !== undefined && /^[\x21-\x7e]{1,1000}$/.test(namespace) ? namespace : undefined;
}

/**
 * Reads a WSDL as data: names, fields and their order. Whatever prefixes it uses; imports and addresses are
 * not followed. Returns `undefined` for what is not a complete WSDL with a namespace.
 */
export function readContract(wsdl: string): Contract | undefined {
  const tree = readTree(wsdl);
  const targetNamespace = namespaceOf(tree?.root);
  if (tree?.wellFormed !== true || targetNamespace === undefined) return undefined;
  const { root } = tree;

  const schema = all([root], 'types', 'schema');
  const elements = byName(all(schema, 'element'));
  const types = byName(all(schema, 'complexType'));
  const messages = byName(all([root], 'message'));
  const bound = byName(all([root], 'binding', 'operation'));

  const fieldsOf = (element: Node | undefined): Node[] => {
    const type = element && (all([element], 'complexType')[0] ?? types.get(localPart(element, 'type')));
    return type === undefined ? [] : contentOf(type);
  };
  const elementOf = (message: Node | undefined): Node | undefined => {
    const definition = message && messages.get(localPart(message, 'message'));
    const part = definition && all([definition], 'part')[0];
    return part && elements.get(localPart(part, 'element'));
  };
  const operation = (name: string, node: Node): Operation => {
    const request = elementOf(all([node], 'input')[0]);
    const answer = elementOf(all([node], 'output')[0]);
    const result = fieldsOf(answer)[0];
    const binding = bound.get(name);
    const action = binding && all([binding], 'operation')[0]?.attributes.get('soapAction');
    return {
      name,
      soapAction: action ?? '',
      request: { element: nameOf(request), fields: fieldsOf(request).map(toField) },
      answer: {
        element: nameOf(answer),
        result: nameOf(result),
        fields: fieldsOf(result).map(toField),
      },
    };
  };
  const ports = byName(all([root], 'portType', 'operation'));
  return { targetNamespace, operations: Array.from(ports, ([name, node]) => operation(name, node)) };
}

let bundled: Contract | undefined;

/** The contract that the bundled WSDL describes; its namespace is a place-holder. Read when first asked for. */
export function bundledContract(): Contract {
  bundled ??= readContract(bundledWsdl);
  if (bundled === undefined) throw new Error('The bundled WSDL cannot be read.');
  return bundled;
}

/** Says where a live contract differs from the bundled one in a name, a field or the namespace. */
export function differences(
  reference: Contract,
  live: Contract,
  expectedNamespace: string,
): ContractDifference[] {
  const found: ContractDifference[] = [];
  if (live.targetNamespace !== expectedNamespace) {
    found.push({ kind: 'namespace', expected: expectedNamespace, found: live.targetNamespace });
  }
  for (const expected of reference.operations) {
    const operation = expected.name;
    const actual = live.operations.find(({ name }) => name === operation);
    if (actual === undefined) {
      found.push({ kind: 'operationMissing', operation });
      continue;
    }
    // The action follows the namespace; where that differs it has been said already.
    if (![expectedNamespace, live.targetNamespace].includes(actual.soapAction)) {
      found.push({ kind: 'soapAction', operation, expected: expectedNamespace, found: actual.soapAction });
    }
    const names = [
      ['request', expected.request.element, actual.request.element],
      ['answer', expected.answer.element, actual.answer.element],
      ['answer', expected.answer.result, actual.answer.result],
    ] as const;
    for (const [part, name, other] of names) {
      if (name !== other) found.push({ kind: 'elementName', operation, part, expected: name, found: other });
    }
    for (const part of ['request', 'answer'] as const) {
      found.push(...fieldDifferences(operation, part, expected[part].fields, actual[part].fields));
    }
  }
  for (const { name } of live.operations) {
    if (!reference.operations.some((known) => known.name === name)) {
      found.push({ kind: 'operationAdded', operation: name });
    }
  }
  return found;
}

function fieldDifferences(
  operation: string,
  part: 'request' | 'answer',
  expected: readonly Field[],
  actual: readonly Field[],
): ContractDifference[] {
  const before = expected.map(({ name }) => name).filter((name) => name !== documentedOnly);
  const after = actual.map(({ name }) => name).filter((name) => name !== documentedOnly);
  const missing = before.filter((name) => !after.includes(name));
  const added = after.filter((name) => !before.includes(name));
  const kept = after.filter((name) => before.includes(name));
  const inOrder = before.filter((name) => after.includes(name)).every((name, index) => name === kept[index]);
  return [
    ...missing.map((field) => ({ kind: 'fieldMissing' as const, operation, part, field })),
    ...added.map((field) => ({ kind: 'fieldAdded' as const, operation, part, field })),
    ...(inOrder ? [] : [{ kind: 'fieldOrder' as const, operation, part }]),
  ];
}

interface Node {
  local: string;
  attributes: ReadonlyMap<string, string>;
  children: Node[];
}

/** Reads up to the first error, and says whether there was one. */
function readTree(text: string): { root: Node; wellFormed: boolean } | undefined {
  if (text.length > maxLength) return undefined;
  const parser = sax.parser(true, { xmlns: true });
  const open: Node[] = [];
  let root: Node | undefined;
  let wellFormed = true;
  // Going on after an error would cost an error object for each character that follows.
  parser.onerror = (error) => {
    throw error;
  };
  parser.onopentag = (tag) => {
    if (open.length === maxDepth) throw new RangeError('nested too deeply');
    const attributes = Object.values(tag.attributes).map(({ name, value }) => [name, value] as const);
    const node: Node = { local: tag.local, attributes: new Map(attributes), children: [] };
    root ??= node;
    open.at(-1)?.children.push(node);
    open.push(node);
  };
  parser.onclosetag = () => {
    open.pop();
  };
  try {
    parser.write(text).close();
  } catch {
    wellFormed = false;
  }
  return root && { root, wellFormed };
}

/** The children with the first name, their children with the next one, and so on. */
function all(nodes: readonly Node[], ...path: string[]): readonly Node[] {
  return path.reduce(
    (level, local) => level.flatMap((node) => node.children.filter((child) => child.local === local)),
    nodes,
  );
}

/** By the attribute `name`; the first of several stays. */
function byName(nodes: readonly Node[]): Map<string, Node> {
  const found = new Map<string, Node>();
  for (const node of nodes) {
    if (!found.has(nameOf(node))) found.set(nameOf(node), node);
  }
  return found;
}

function nameOf(node: Node | undefined): string {
  return node?.attributes.get('name') ?? '';
}

/** The elements of a complex type, however they are grouped. */
function contentOf(node: Node): Node[] {
  return node.children.flatMap((child) => (child.local === 'element' ? [child] : contentOf(child)));
}

function toField(element: Node): Field {
  return { name: nameOf(element), optional: element.attributes.get('minOccurs') === '0' };
}

/** The name that a qualified attribute refers to, without its prefix. */
function localPart(node: Node, attribute: string): string {
  const name = node.attributes.get(attribute) ?? '';
  return name.slice(name.indexOf(':') + 1);
}
