import { createHash } from 'node:crypto';
import type { MessageName } from './message.ts';
import type { Report } from './report.ts';

/** `79991234567` → `7999*****67`. Of a short number only the last two digits stay. */
export function maskPhone(phone: string): string {
  const front = phone.length >= 10 ? 4 : 0;
  const back = 2;
  const hidden = Math.max(0, phone.length - front - back);
  return phone.slice(0, front) + '*'.repeat(hidden) + phone.slice(front + hidden);
}

/** What people put between the digits of a phone number. */
const between = '[\\s()./\\u00a0\\u2010-\\u2015\\u2212-]*';

/**
 * Masks a phone wherever it stands in a text, also as people write it: `+7 (999) 123-45-67`, and without the country's
 * digit or with another one, such as 8.
 */
export function masking(phone: string): (text: string) => string {
  const tail = phone.length > 10 ? phone.slice(-10) : phone;
  const pattern = new RegExp(Array.from(tail).join(between), 'g');
  const front = phone.slice(0, phone.length - tail.length);
  const masked = maskPhone(phone).slice(front.length);
  return (text) => text.replace(pattern, masked);
}

/** Masks what could be a phone number, or the most of one, in a text that somebody typed. */
export function maskDigits(text: string): string {
  return text.replace(new RegExp(`\\d(?:${between}\\d){4,}`, 'g'), (digits) =>
    maskPhone(digits.replace(/\D/g, '')),
  );
}

/** The fields of an answer that name no person and hold nobody's words. */
const impersonal = new Set([
  ...['status', 'last_date', 'last_timestamp', 'err', 'error', 'send_date', 'send_timestamp', 'cost'],
  ...['status_name', 'sms_cnt', 'operator', 'region'],
]);

/** A message whose phone is masked, in its ID too. It names nothing any more and is only good to be shown. */
export function maskedMessage<M extends MessageName>(message: M): M {
  const { phone, id } = message;
  return { ...message, phone: maskPhone(phone), id: masking(phone)(id) };
}

/**
 * A report with the phone masked wherever it stands. Texts, senders and fields that SMSC does not document become
 * `hidden`.
 */
export function maskedReport(report: Report, hidden = ''): Report {
  const mask = masking(report.phone);
  const fields = Object.entries(report.fields).map(([name, value]) => [
    mask(name),
    name === 'phone' ? maskDigits(value) : impersonal.has(name) ? mask(value) : value === '' ? '' : hidden,
  ]);
  return { ...maskedMessage(report), fields: Object.fromEntries(fields) as Report['fields'] };
}

/** A short text that is the same for the same text and does not show it. */
export function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
