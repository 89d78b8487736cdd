/**
 * A table of any length: only the rows on screen are there, and scrolling moves them. The keyboard moves an active row;
 * screen readers know the table as a grid with as many rows as it has.
 */

/** What a grid shows. It asks for rows by their position, from 0. */
export interface GridContent {
  label: string;
  count: () => number;
  columnCount: number;
  /** Fills the header's cells, which stay in place. */
  header: (row: HTMLElement) => void;
  /** Fills a row that may have shown another one before. */
  fill: (row: HTMLElement, position: number) => void;
  open: (position: number) => void;
  /** The place scrolled to, or the active row, changed. */
  moved: () => void;
}

export interface Grid {
  /** Draws again: everything, or what is on screen as far as `wanted` names it. */
  draw: (wanted?: (position: number) => boolean) => void;
  /** The active row's position; -1 when there is none. */
  active: number;
  scrollTop: number;
  element: HTMLElement;
}

/** A row that is there, and the position that it shows. */
interface Slot {
  row: HTMLElement;
  position: number;
}

/** The height of a row in pixels; `batch.css` says the same. */
const rowHeight = 26;
/** Rows that are drawn above and below what is seen, so that a quick scroll finds them ready. */
const spare = 12;

export function createGrid(parent: Element, content: GridContent): Grid {
  const element = part('grid', 'grid');
  element.tabIndex = 0;
  element.setAttribute('aria-label', content.label);
  element.setAttribute('aria-colcount', String(content.columnCount));
  const head = part('rowgroup', 'grid-head');
  const header = part('row', 'grid-row');
  header.setAttribute('aria-rowindex', '1');
  head.append(header);
  const body = part('rowgroup', 'grid-body');
  element.append(head, body);
  parent.append(element);

  /** By position, modulo their number. */
  const slots = new Map<number, Slot>();
  let slotCount = 0;
  let active = -1;
  let asked = 0;

  const range = (): [first: number, end: number] => {
    const top = element.scrollTop;
    const first = Math.max(0, Math.floor(top / rowHeight) - spare);
    return [first, Math.min(content.count(), Math.ceil((top + element.clientHeight) / rowHeight) + spare)];
  };

  function slotOf(position: number): Slot {
    // A position keeps its slot while it is on screen, so scrolling by one row fills one row.
    const index = position % slotCount;
    const known = slots.get(index);
    if (known !== undefined) return known;
    const row = part('row', 'grid-row');
    row.id = `row-${index}`;
    body.append(row);
    const slot = { row, position: -1 };
    slots.set(index, slot);
    return slot;
  }

  function draw(wanted: (position: number) => boolean = () => true): void {
    const count = content.count();
    if (active >= count) active = count - 1;
    content.header(header);
    element.setAttribute('aria-rowcount', String(count + 1));
    body.style.height = `${count * rowHeight}px`;
    const [first, end] = range();
    const wantedSlots = Math.ceil(element.clientHeight / rowHeight) + 2 * spare + 2;
    if (wantedSlots !== slotCount) {
      slotCount = wantedSlots;
      for (const { row } of slots.values()) row.remove();
      slots.clear();
    }
    for (let position = first; position < end; position++) {
      const slot = slotOf(position);
      if (slot.position !== position || wanted(position)) fill(slot, position);
    }
    for (const slot of slots.values()) {
      slot.row.hidden = slot.position < first || slot.position >= end;
      // What cannot be seen must not stay there either: it may have to be masked by now.
      if (slot.row.hidden && slot.position >= 0) {
        slot.position = -1;
        slot.row.replaceChildren();
      }
    }
    mark();
  }

  function fill(slot: Slot, position: number): void {
    slot.position = position;
    slot.row.style.transform = `translateY(${position * rowHeight}px)`;
    slot.row.setAttribute('aria-rowindex', String(position + 2));
    content.fill(slot.row, position);
  }

  /** Says which row is active, to the eye and to screen readers. */
  function mark(): void {
    let id: string | undefined;
    for (const { row, position } of slots.values()) {
      const isActive = position === active && !row.hidden;
      row.classList.toggle('active', isActive);
      row.setAttribute('aria-selected', String(isActive));
      if (isActive) id = row.id;
    }
    if (id === undefined) element.removeAttribute('aria-activedescendant');
    else element.setAttribute('aria-activedescendant', id);
  }

  function drawSoon(): void {
    if (asked !== 0) return;
    asked = requestAnimationFrame(() => {
      asked = 0;
      draw(() => false);
      content.moved();
    });
  }

  function activate(position: number): void {
    active = Math.max(0, Math.min(content.count() - 1, position));
    const top = active * rowHeight;
    const room = element.clientHeight - head.offsetHeight - rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top > element.scrollTop + room) element.scrollTop = top - room;
    draw(() => false);
    content.moved();
  }

  const positionOf = (target: EventTarget | null): number => {
    const row = target instanceof Element ? target.closest('.grid-body .grid-row') : null;
    return [...slots.values()].find((slot) => slot.row === row)?.position ?? -1;
  };

  element.addEventListener('scroll', drawSoon, { passive: true });
  new ResizeObserver(drawSoon).observe(element);
  element.addEventListener('click', ({ target }) => {
    const position = positionOf(target);
    if (position < 0) return;
    activate(position);
    if (target instanceof Element && target.closest('.opens') !== null) content.open(position);
  });
  element.addEventListener('dblclick', ({ target }) => {
    const position = positionOf(target);
    if (position >= 0 && !(target instanceof Element && target.closest('.opens'))) content.open(position);
  });
  element.addEventListener('keydown', (event) => {
    // Not what is meant for a button in the header.
    if (event.target !== element || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((element.clientHeight - head.offsetHeight) / rowHeight) - 1);
    const moves: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: content.count() - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) activate(to);
    else if ((event.key === 'Enter' || event.key === ' ') && active >= 0) content.open(active);
    else return;
    event.preventDefault();
  });

  return {
    draw,
    element,
    get active() {
      return active;
    },
    set active(position) {
      active = position;
    },
    get scrollTop() {
      return element.scrollTop;
    },
    set scrollTop(top) {
      element.scrollTop = top;
    },
  };
}

function part(role: string, className: string): HTMLElement {
  const element = document.createElement('div');
  element.setAttribute('role', role);
  element.className = className;
  return element;
}
