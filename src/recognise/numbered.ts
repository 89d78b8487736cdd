import { matches } from './matches.ts';

/** Words for a message that a number may follow: `SMS 1234`, `message #1234`. */
const called =
  /(?<![\p{L}\p{N}_/.-])(?:sms|смс|message|сообщени[еяю])(?: |#| [#№] ?|№)(\d{3,10})(?![\p{L}\p{N}_@%*+]|[.,:/-][\p{L}\d]|-?[*…]| ?(?:chars?|characters|bytes|symbols|of|ms|s|sec|min|times|parts|rub|символ|симв|байт|из|мс|с|сек|мин|раз|шт|част|руб|р)(?!\p{L})| ?[₽$€])/giu;
/** Phone and ID by their places, as in SMSC's own library, or the other way round. */
const asked =
  /get_?status\w?\( ?["']?(?:(?:\+?\d{10,15})["']?, ?["']?(\d{1,10})|(\d{1,10})(?=["']?, ?["']?\+?\d{10,15}))(?=["']?[,) ])/gi;

/** IDs that stand in a line without a name. Only with a phone on the same line are they messages. */
export function numberedIds(line: string): { at: number; id: string }[] {
  return [...matches(line, called), ...matches(line, asked)].map((found) => {
    const id = found[1] ?? found[2] ?? '';
    return { at: found.index + found[0].lastIndexOf(id), id };
  });
}
