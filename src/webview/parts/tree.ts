/** An element as it should be. Text comes from its children only, so nothing is ever parsed as HTML. */
export interface Wanted {
  tag: string;
  attributes: Record<string, string>;
  children: readonly Content[];
}

export type Content = Wanted | string;
type Optional<T> = T | undefined | false;

/** Describes an element; attributes and children that are absent are left out. `key` names it among its siblings. */
export function h(
  tag: string,
  attributes: Record<string, Optional<string>> = {},
  ...children: Optional<Content | readonly Content[]>[]
): Wanted {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) given[name === 'key' ? keyName : name] = value;
  }
  const present = children.flat().filter((child): child is Content => Boolean(child));
  return { tag, attributes: given, children: present };
}

/**
 * Makes the children of an element what they should be, and touches only what differs: focus, selection, scrolling
 * and opened details of all that stays the same are kept.
 */
export function patch(parent: Element, wanted: readonly Content[]): void {
  const keys = new Set(wanted.map(keyOf));
  const keyed = new Map<string, Element>();
  for (const child of [...parent.children]) {
    const key = child.getAttribute(keyName);
    if (key === null) continue;
    if (keys.has(key)) keyed.set(key, child);
    else child.remove();
  }
  let next = parent.firstChild;
  for (const content of wanted) {
    const key = keyOf(content);
    const candidate = key === undefined ? next : keyed.get(key);
    if (candidate && fits(candidate, content)) {
      if (candidate === next) next = next.nextSibling;
      else parent.insertBefore(candidate, next);
      change(candidate, content);
    } else {
      parent.insertBefore(create(content), next);
    }
  }
  while (next !== null) {
    const rest = next.nextSibling;
    next.remove();
    next = rest;
  }
}

const keyName = 'data-key';
const svg = 'http://www.w3.org/2000/svg';
const svgTags = new Set(['svg', 'path', 'defs', 'pattern', 'rect']);

function keyOf(content: Content): string | undefined {
  return typeof content === 'string' ? undefined : content.attributes[keyName];
}

function fits(node: Node, content: Content): boolean {
  if (typeof content === 'string') return node instanceof Text;
  return (
    node instanceof Element &&
    node.localName === content.tag &&
    (node.getAttribute(keyName) ?? undefined) === keyOf(content)
  );
}

function create(content: Content): Node {
  if (typeof content === 'string') return document.createTextNode(content);
  const { tag } = content;
  const element = svgTags.has(tag) ? document.createElementNS(svg, tag) : document.createElement(tag);
  change(element, content);
  return element;
}

function change(node: Node, content: Content): void {
  if (typeof content === 'string') {
    if (node.nodeValue !== content) node.nodeValue = content;
    return;
  }
  if (!(node instanceof Element)) return;
  for (const name of node.getAttributeNames()) {
    // Whether details are open is the reader's choice.
    if (!(name in content.attributes) && name !== 'open') node.removeAttribute(name);
  }
  for (const [name, value] of Object.entries(content.attributes)) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
  patch(node, content.children);
}
