import type {
  Action,
  ActivityView,
  ExchangeView,
  Fact,
  Field,
  MessageView,
  Moment,
  TimelineEntry,
} from '../../protocol.ts';
import { actionIcon, icon, type IconName } from './icons.ts';
import { localTime, relativeTime, spanText } from './time.ts';
import { h, type Content, type Wanted } from './tree.ts';

/** What changes on the page without a new view. */
export interface Moving {
  /** Unix milliseconds. */
  now: number;
  /** The action that has just been done: its button says so for a moment. */
  done?: Action | undefined;
}

/** The whole page. */
export function messagePage(view: MessageView, moving: Moving): Content[] {
  return [
    header(view, moving),
    h('div', { key: 'body', class: 'body' }, [
      ...(view.facts.length > 0 || view.text !== undefined ? [factsSection(view)] : []),
      ...(view.timeline.length > 0 || view.activity !== undefined ? [timelineSection(view, moving)] : []),
    ]),
    ...(view.fields.length > 0 ? [fieldsSection(view)] : []),
    ...(view.exchange === undefined ? [] : [exchangeSection(view.exchange, view, moving)]),
  ];
}

function header(view: MessageView, moving: Moving): Wanted {
  const { message, headline, trouble, words, language } = view;
  return h(
    'header',
    { key: 'header' },
    h(
      'ul',
      { key: 'identity', class: 'identity' },
      identity(words.phone, message.phone, 'copyPhone', view, moving),
      identity(words.id, message.id, 'copyId', view, moving),
      identity(words.account, view.account, undefined, view, moving),
      view.place !== undefined && identity(words.place, view.place, 'openPlace', view, moving),
    ),
    h(
      'div',
      { key: 'headline', class: `headline ${headline.mark}` },
      icon(headline.mark, 'icon mark'),
      h('h1', {}, headline.sentence),
    ),
    headline.meaning !== undefined && h('p', { key: 'meaning', class: 'meaning' }, headline.meaning),
    headline.advice !== undefined && h('p', { key: 'advice', class: 'advice' }, headline.advice),
    trouble &&
      h(
        'div',
        { key: 'trouble', class: 'trouble problem' },
        icon('problem', 'icon mark'),
        h(
          'div',
          {},
          h('p', {}, h('strong', {}, trouble.title), ' · ', relativeTime(trouble.at, moving.now, language)),
          h('p', {}, `${trouble.sentence} ${trouble.advice}`),
        ),
      ),
    h(
      'div',
      { key: 'toolbar', class: 'toolbar' },
      button('recheck', 'primary', view, moving),
      button(view.watched ? 'stopWatching' : 'watch', 'secondary', view, moving),
      button('copyJson', 'secondary', view, moving),
      button('copyMarkdown', 'secondary', view, moving),
    ),
    h('p', { key: 'state', class: 'state' }, stateLine(view, moving)),
  );
}

function identity(
  label: string,
  value: string,
  action: Action | undefined,
  view: MessageView,
  moving: Moving,
): Wanted {
  return h(
    'li',
    {},
    h('span', { class: 'label' }, label),
    ' ',
    h('span', { class: 'value' }, value),
    action && button(action, 'quiet', view, moving),
  );
}

/** What goes on now; else when the message was last checked. */
function stateLine({ activity, lastCheck, words, language }: MessageView, { now }: Moving): Content[] {
  if (activity !== undefined) {
    return [
      activity.text,
      ...(activity.at === undefined ? [] : [' · ', relativeTime(activity.at, now, language)]),
    ];
  }
  return lastCheck === undefined ? [] : [`${words.lastCheck}: `, relativeTime(lastCheck, now, language)];
}

/** A disabled button can still be reached and says why it does nothing: it keeps its focus while a check runs. */
function button(
  action: Action,
  kind: 'primary' | 'secondary' | 'quiet',
  { actions, activity, words }: MessageView,
  { done }: Moving,
): Wanted {
  const { label, reason } = actions[action];
  const isDone = done === action;
  const isBusy = action === 'recheck' && activity?.kind === 'checking';
  const shown = isDone ? words.copied : label;
  const described = reason === undefined ? undefined : `why-${action}`;
  return h(
    'button',
    {
      // The same button before and after, so that it keeps the focus.
      key: action === 'stopWatching' ? 'watch' : action,
      type: 'button',
      class: kind,
      'data-action': action,
      title: reason ?? (kind === 'quiet' ? shown : undefined),
      'aria-label': kind === 'quiet' && shown,
      'aria-disabled': reason !== undefined && 'true',
      'aria-describedby': described,
    },
    isBusy ? icon('busy', 'icon busy') : icon(isDone ? 'done' : actionIcon(action)),
    kind !== 'quiet' && h('span', {}, shown),
    described !== undefined && h('span', { id: described, hidden: '' }, reason),
  );
}

function section(key: string, title: string, ...children: (Content | undefined | false)[]): Wanted {
  const id = `title-${key}`;
  return h('section', { key, class: key, 'aria-labelledby': id }, h('h2', { id }, title), ...children);
}

function factsSection({ facts, text, words, language }: MessageView): Wanted {
  return section(
    'facts',
    words.facts,
    factList(facts, language),
    text !== undefined &&
      h(
        'figure',
        { key: 'text' },
        h('figcaption', {}, words.text),
        h('p', { class: 'pre', dir: 'auto' }, text),
      ),
  );
}

/** With `beside`, a time on the same day as that moment stands without its date. */
function factList(facts: readonly Fact[], language: string, beside?: Moment): Wanted {
  return h(
    'dl',
    {},
    facts.map((fact) =>
      h(
        'div',
        {},
        h('dt', {}, fact.label),
        h('dd', {}, 'at' in fact ? localTime(fact.at, language, beside) : fact.text),
      ),
    ),
  );
}

function timelineSection(view: MessageView, moving: Moving): Wanted {
  const { timeline, activity, timelineNote, words } = view;
  return section(
    'timeline',
    words.timeline,
    h(
      'ol',
      { reversed: '' },
      activity && openEnd(activity, view, moving),
      timeline.map((entry) => timelineEntry(entry, view)),
    ),
    timelineNote !== undefined && h('p', { class: 'note' }, timelineNote),
  );
}

const activityIcons: Record<ActivityView['kind'], IconName> = {
  checking: 'busy',
  waiting: 'pending',
  scheduled: 'pending',
};

function openEnd(activity: ActivityView, { language }: MessageView, { now }: Moving): Wanted {
  const name = activityIcons[activity.kind];
  return h(
    'li',
    { key: 'activity', class: 'open-end' },
    icon(name, name === 'busy' ? 'icon mark busy' : 'icon mark'),
    h(
      'div',
      {},
      h('p', { class: 'title' }, activity.text),
      activity.at && h('p', { class: 'at' }, relativeTime(activity.at, now, language)),
    ),
  );
}

function timelineEntry(
  { key, mark, title, detail, at, after, facts }: TimelineEntry,
  view: MessageView,
): Wanted {
  const { language, words } = view;
  return h(
    'li',
    { key, class: mark },
    icon(mark, 'icon mark'),
    h(
      'div',
      {},
      h('p', { class: 'title' }, title, detail !== undefined && h('span', { class: 'detail' }, detail)),
      h(
        'p',
        { class: 'at' },
        localTime(at, language),
        after !== undefined && ` · ${words.later.replace('{0}', spanText(after, language))}`,
      ),
      facts.length > 0 && factList(facts, language, at),
    ),
  );
}

function fieldsSection({ fields, fieldsNote, words, language }: MessageView): Wanted {
  return section(
    'fields',
    words.fields,
    h(
      'table',
      { 'aria-labelledby': 'title-fields' },
      h(
        'thead',
        {},
        h('tr', {}, h('th', { scope: 'col' }, words.field), h('th', { scope: 'col' }, words.value)),
      ),
      h(
        'tbody',
        {},
        fields.map((field) => fieldRow(field, language)),
      ),
    ),
    fieldsNote !== undefined && h('p', { class: 'note' }, fieldsNote),
  );
}

function fieldRow({ name, label, value, note, at }: Field, language: string): Wanted {
  return h(
    'tr',
    {},
    h(
      'th',
      { scope: 'row' },
      label !== undefined && [h('span', { class: 'label' }, label), ' '],
      h('code', {}, name),
    ),
    h(
      'td',
      {},
      h('span', { class: 'pre', dir: 'auto' }, value),
      note !== undefined && [' ', h('span', { class: 'note' }, note)],
      at && [' ', h('span', { class: 'note' }, localTime(at, language))],
    ),
  );
}

function exchangeSection({ request, answer }: ExchangeView, view: MessageView, moving: Moving): Wanted {
  const { words } = view;
  const part = (title: string, text: string | undefined, action: Action): Wanted =>
    h(
      'div',
      { key: action, class: 'part' },
      h(
        'div',
        { class: 'part-head' },
        h('h3', {}, title),
        text !== undefined && button(action, 'quiet', view, moving),
      ),
      text === undefined ? h('p', { class: 'note' }, words.noAnswer) : h('pre', {}, text),
    );
  return h(
    'details',
    { key: 'exchange', class: 'exchange' },
    h('summary', {}, h('h2', {}, words.exchange)),
    part(words.request, request, 'copyRequest'),
    part(words.answer, answer, 'copyAnswer'),
  );
}
