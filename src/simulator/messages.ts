import { deliveryErrors, requestErrors, statuses } from '../smsc/codes.ts';
import { makeMessage } from './message.ts';
import type { Life, SimulatedMessage, Stage } from './message.ts';
import type { Bilingual } from '../smsc/codes.ts';

/** The status that goes with a delivery error; 20, undeliverable, with those that are not named here. */
const statusOfError = new Map([
  [238, 23],
  [239, 23],
  [243, 23],
  [244, 23],
  [246, 23],
  [247, 23],
  [248, 25],
  [249, 22],
  [250, 23],
  [251, 23],
  [252, 23],
  [253, 23],
  [254, 23],
]);

/** The message that the service's own example asks about. */
const example = makeMessage({ phone: '79999999999', id: '999' });

const ofStatuses = statuses.map(({ code }, index) =>
  makeMessage({
    phone: phoneOf(100 + index),
    id: `status-${String(code).replace('-', 'minus-')}`,
    status: code,
  }),
);

const ofErrors = deliveryErrors.map(({ code }) =>
  makeMessage({
    phone: phoneOf(1000 + code),
    id: `err-${code}`,
    status: statusOfError.get(code) ?? 20,
    err: code,
  }),
);

/** The service may say "not found" by this status instead of an error. */
const notFound = makeMessage({ phone: phoneOf(300), id: 'status-minus-3', status: -3 });

/** What the tables do not hold, so that programs show that they can bear it. */
const unknown = [
  makeMessage({ phone: phoneOf(400), id: 'status-77', status: 77 }),
  makeMessage({ phone: phoneOf(401), id: 'err-199', status: 20, err: 199 }),
  makeMessage({
    phone: phoneOf(402),
    id: 'extra-fields',
    extra: { mccmnc: '25001', country: 'Россия' },
    title: { en: 'Delivered, with unknown fields', ru: 'Доставлено, с неизвестными полями' },
  }),
  makeMessage({
    phone: phoneOf(403),
    id: 'empty-fields',
    text: '',
    sender: '',
    cost: '',
    operator: '',
    region: '',
    title: { en: 'Delivered, with empty fields', ru: 'Доставлено, с пустыми полями' },
  }),
];

/** Other people's words, as they may come in a text or a sender name. */
const hostile = [
  makeMessage({
    phone: phoneOf(500),
    id: 'text-html',
    text: '<img src=x onerror="alert(1)"><script>alert(2)</script> & </message>]]>',
    sender: '<b>BANK</b>',
    title: { en: 'Delivered, HTML in the text', ru: 'Доставлено, HTML в тексте' },
  }),
  makeMessage({
    phone: phoneOf(501),
    id: 'text-markdown',
    status: 20,
    err: 6,
    text: '[Check the invoice](command:workbench.action.terminal.new) ![](https://example.com/p.png) $(error)',
    sender: '[x](command:x)',
    title: { en: 'Undeliverable, Markdown in the text', ru: 'Невозможно доставить, Markdown в тексте' },
  }),
  makeMessage({
    phone: phoneOf(502),
    id: 'text-formula',
    text: '=1+1',
    sender: '@SUM(A1)',
    title: { en: 'Delivered, a formula in the text', ru: 'Доставлено, формула в тексте' },
  }),
  makeMessage({
    phone: phoneOf(503),
    id: 'text-bidi',
    text: 'Pay 100 \u202e001\u202c to \u2066\u202eknab\u2069 \u200f\u{1f4b8}',
    sender: '\u202eKNAB',
    title: { en: 'Delivered, text that turns its direction', ru: 'Доставлено, текст меняет направление' },
  }),
  makeMessage({
    phone: phoneOf(504),
    id: 'text-long',
    text: 'Очень длинное сообщение без переносов_'.repeat(20),
    title: { en: 'Delivered, a long text', ru: 'Доставлено, длинный текст' },
  }),
];

/** One for each error that a status request can draw, `error-1` to `error-9`. */
const ofRequestErrors = requestErrors.status.map(({ code, name }) =>
  makeMessage({
    phone: phoneOf(600 + code),
    id: `error-${code}`,
    error: code,
    title: { en: `Request error ${code}: ${name.en}`, ru: `Ошибка запроса ${code}: ${name.ru}` },
  }),
);

/** The messages whose state never changes: one for every status and every error, and some peculiar ones. */
export const fixedMessages: readonly SimulatedMessage[] = [
  example,
  ...ofStatuses,
  ...ofErrors,
  notFound,
  ...unknown,
  ...hostile,
  ...ofRequestErrors,
];

function phoneOf(number: number): string {
  return `7999000${String(number).padStart(4, '0')}`;
}

const queued: Stage = { after: 0, status: -1, err: 0 };
const atOperator: Stage = { after: 5, status: 0, err: 0 };
const offline: Stage = { after: 10, status: 0, err: 6 };

/**
 * What can become of a message within a minute. Seconds after sending: all wait until 5 and are with the operator
 * from then on (`new` is not found before). `live` and `new` are delivered at 20; `read` and `click` too, and
 * opened at 40. `late`, `fail` and `expire` meet a phone that is off from 10 on: delivered at 60, undeliverable
 * at 30, expired at 45.
 */
const lives = {
  live: {
    phone: '79991110001',
    title: { en: 'On its way, delivered after 20 s', ru: 'В пути, доставка через 20 с' },
    life: [queued, atOperator, { after: 20, status: 1, err: 0 }],
  },
  late: {
    phone: '79991110002',
    title: {
      en: 'On its way, the phone is off for a while',
      ru: 'В пути, телефон некоторое время выключен',
    },
    life: [queued, atOperator, offline, { after: 60, status: 1, err: 0 }],
  },
  fail: {
    phone: '79991110003',
    title: { en: 'On its way, undeliverable after 30 s', ru: 'В пути, через 30 с доставить не удастся' },
    life: [queued, atOperator, offline, { after: 30, status: 20, err: 6 }],
  },
  expire: {
    phone: '79991110004',
    title: { en: 'On its way, expires after 45 s', ru: 'В пути, просрочится через 45 с' },
    life: [queued, atOperator, offline, { after: 45, status: 3, err: 6 }],
  },
  read: {
    phone: '79991110005',
    title: { en: 'On its way, delivered and then read', ru: 'В пути, будет доставлено и прочитано' },
    life: [queued, atOperator, { after: 20, status: 1, err: 0 }, { after: 40, status: 2, err: 0 }],
  },
  click: {
    phone: '79991110006',
    title: { en: 'On its way, delivered, link clicked', ru: 'В пути, будет доставлено, ссылка нажата' },
    life: [queued, atOperator, { after: 20, status: 1, err: 0 }, { after: 40, status: 4, err: 0 }],
  },
  new: {
    phone: '79991110007',
    title: { en: 'Sent just now, not visible yet', ru: 'Только что отправлено, ещё не видно' },
    life: [{ after: 0, status: -3, err: 0 }, atOperator, { after: 20, status: 1, err: 0 }],
  },
} as const satisfies Record<string, { phone: string; title: Bilingual; life: Life }>;

export type LifeKind = keyof typeof lives;
export const lifeKinds = Object.keys(lives) as readonly LifeKind[];

/**
 * Names a message that is being sent now (Unix milliseconds). Its ID carries the time and its state follows from
 * ID and clock alone, so it is the same in every simulator.
 */
export function liveMessage(kind: LifeKind, now: number): SimulatedMessage {
  return living(kind, Math.floor(now / 1000));
}

function living(kind: LifeKind, sentAt: number, phone: string = lives[kind].phone): SimulatedMessage {
  const { life, title } = lives[kind];
  return makeMessage({ phone, id: `${kind}-${sentAt}`, sentAt, life, title });
}

/** The message that an ID such as `live-1738573200` or `error-4` means, with any phone. */
export function messageFromId(phone: string, id: string): SimulatedMessage | undefined {
  const failing = ofRequestErrors.find((message) => message.id === id);
  if (failing !== undefined) return { ...failing, phone };
  const [, name, seconds] = /^([a-z]+)-([0-9]{1,11})$/.exec(id) ?? [];
  const kind = lifeKinds.find((known) => known === name);
  return kind && living(kind, Number(seconds), phone);
}

/** What becomes of a message that is sent to a phone: the life that goes with the phone, else that of `live`. */
export function lifeOfPhone(phone: string): Life {
  const kind = lifeKinds.find((known) => lives[known].phone === phone) ?? 'live';
  return lives[kind].life;
}
