import { type Bilingual, deliveryErrorInfo, statusInfo } from '../smsc/codes.ts';

/** One word of the text that a history is filtered by. */
export interface Word {
  text: string;
  /** The same without what people put between the digits of a phone number. */
  digits: string;
}

/** Text made equal where only the case or the way of composing its letters differs. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** The words of a filter. More than a handful are not meant seriously: the rest is left out. */
export function wordsOf(text: string | undefined): Word[] {
  return fold(text ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 8)
    .map((word) => ({
      text: word,
      digits: /^[+\d()-]*\d[\d()-]*$/.test(word) ? word.replace(/\D/g, '') : word,
    }));
}

/** Whether a status is called like that, in either language. */
export function statusNamed(code: number, word: Word): boolean {
  return named(statusInfo(code).name, word);
}

/** Whether a delivery error is called like that, in either language. */
export function deliveryErrorNamed(code: number, word: Word): boolean {
  return named(deliveryErrorInfo(code).name, word);
}

function named(name: Bilingual, word: Word): boolean {
  return fold(name.en).includes(word.text) || fold(name.ru).includes(word.text);
}
