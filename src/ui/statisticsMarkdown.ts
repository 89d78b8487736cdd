import { codeCell, plain } from '../history/markdown.ts';
import type { Counted, CountHeadings, StatisticsView } from '../statisticsView.ts';

/** What the statistics panel shows, as Markdown tables. An operator's name is the service's word: it stands in code. */
export function statisticsMarkdown({ title, about, states, times, operators }: StatisticsView): string {
  const parts = [`### ${plain(title)}\n\n${plain(about)}`];
  if (states !== undefined) parts.push(section(states.title, countTable(states.headings, states.states)));
  if (times !== undefined) {
    const facts = times.facts.map(({ label, text }) => `- ${plain(label)}: ${plain(text)}`).join('\n');
    const counts = times.spans.length > 0 ? [countTable(times.headings, times.spans)] : [];
    parts.push(section(times.title, [facts, ...counts, plain(times.note)].filter(Boolean).join('\n\n')));
  }
  if (operators !== undefined) {
    const rows = operators.rows.map(([name = '', ...numbers]) => [codeCell(name), ...numbers.map(plain)]);
    const note = operators.note === undefined ? '' : `\n\n${plain(operators.note)}`;
    parts.push(section(operators.title, table(operators.headings, rows) + note));
  }
  return `${parts.join('\n\n')}\n`;
}

function section(title: string, content: string): string {
  return `**${plain(title)}**\n\n${content}`;
}

function countTable({ label, count, percent }: CountHeadings, counts: readonly Counted[]): string {
  return table(
    [label, count, percent],
    counts.map((line) => [line.label, line.count, line.percent].map(plain)),
  );
}

function table(headings: readonly string[], rows: readonly string[][]): string {
  const aligned = headings.map((_, index) => (index === 0 ? '---' : '---:'));
  return [headings.map(plain), aligned, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
