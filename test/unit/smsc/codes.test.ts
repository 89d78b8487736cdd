import assert from 'node:assert/strict';
import {
  deliveryErrorInfo,
  deliveryErrors,
  requestErrorInfo,
  requestErrors,
  statusInfo,
  statuses,
} from '../../../src/smsc/codes.ts';
import type { Bilingual } from '../../../src/smsc/codes.ts';
import type { StatusKind } from '../../../src/smsc/report.ts';

interface Described {
  code: number;
  name: Bilingual;
  cause: Bilingual;
  advice: Bilingual;
}

const tables: Record<string, readonly Described[]> = { statuses, deliveryErrors, ...requestErrors };
const everything = [
  ...Object.values(tables).flat(),
  ...[-3, 0, 77].map(statusInfo),
  ...[0, 199].map(deliveryErrorInfo),
  requestErrorInfo('status', 99),
];

/** SMSC's names, as its documentation has them. */
const statusNames = `
  -3 | Message not found | Сообщение не найдено
  -2 | Stopped | Остановлено
  -1 | Waiting to be sent | Ожидает отправки
  0 | Handed to the operator | Передано оператору
  1 | Delivered | Доставлено
  2 | Read | Прочитано
  3 | Expired | Просрочено
  4 | Link clicked | Нажата ссылка
  20 | Undeliverable | Невозможно доставить
  22 | Wrong number | Неверный номер
  23 | Prohibited | Запрещено
  24 | Not enough money | Недостаточно средств
  25 | Number unavailable | Недоступный номер`;
const deliveryErrorNames = `
  0 | No error | Нет ошибки
  1 | Subscriber does not exist | Абонент не существует
  2 | Mailbox full | Переполнен почтовый ящик
  3 | Mail server not found | Сервер получателя не найден
  4 | Mailbox blocked | Почтовый ящик заблокирован
  6 | Subscriber is offline | Абонент не в сети
  11 | Service not connected | Не подключена услуга
  12 | Error in the subscriber’s phone | Ошибка в телефоне абонента
  13 | Subscriber is blocked | Абонент заблокирован
  21 | Service not supported | Нет поддержки сервиса
  200 | Virtual sending | Виртуальная отправка
  219 | SIM card replaced | Замена sim-карты
  220 | Operator’s queue is full | Переполнена очередь у оператора
  237 | No answer | Абонент не отвечает
  238 | No template | Нет шаблона
  239 | Forbidden IP address | Запрещенный ip-адрес
  240 | Line busy | Абонент занят
  241 | Conversion error | Ошибка конвертации
  242 | Answering machine | Зафиксирован автоответчик
  243 | No contract | Не заключен договор
  244 | Mailing prohibited | Рассылка запрещена
  245 | Status not received | Статус не получен
  246 | Outside allowed hours | Ограничение по времени
  247 | Daily limit reached | Превышен лимит сообщений
  248 | No route | Нет маршрута
  249 | Wrong number format | Неверный формат номера
  250 | Number barred by settings | Номер запрещен настройками
  251 | Limit for one number reached | Превышен лимит на один номер
  252 | Number barred | Номер запрещен
  253 | Stopped by the spam filter | Запрещено спам-фильтром
  254 | Unregistered sender name | Незарегистрированный sender id
  255 | Rejected by the operator | Отклонено оператором`;

/** A table as `[code, English, Russian]`. */
function rowsOf(table: string): [code: number, en: string, ru: string][] {
  return table
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((part) => part.trim()))
    .map(([code, en = '', ru = '']) => [Number(code), en, ru]);
}

describe('codes', () => {
  it('have the names that SMSC gives them, in both languages', () => {
    for (const [code, en, ru] of rowsOf(statusNames)) assert.deepEqual(statusInfo(code).name, { en, ru });
    for (const [code, en, ru] of rowsOf(deliveryErrorNames))
      assert.deepEqual(deliveryErrorInfo(code).name, { en, ru });
    assert.equal(rowsOf(statusNames).length, statuses.length + 1);
    assert.equal(rowsOf(deliveryErrorNames).length, deliveryErrors.length + 1);
  });

  it('cover what the service documents', () => {
    const codes = (list: readonly Described[]): number[] => list.map(({ code }) => code);
    assert.deepEqual(codes(statuses), [-2, -1, 0, 1, 2, 3, 4, 20, 22, 23, 24, 25]);
    assert.deepEqual(codes(deliveryErrors), [
      ...[1, 2, 3, 4, 6, 11, 12, 13, 21, 200, 219, 220, 237, 238, 239, 240, 241, 242, 243, 244, 245, 246],
      ...[247, 248, 249, 250, 251, 252, 253, 254, 255],
    ]);
    assert.deepEqual(codes(requestErrors.status), [1, 2, 3, 4, 9]);
    assert.deepEqual(codes(requestErrors.balance), [1, 2, 4, 9]);
  });

  it('name every code once', () => {
    for (const [table, list] of Object.entries(tables)) {
      assert.equal(new Set(list.map(({ code }) => code)).size, list.length, table);
    }
  });

  it('are worded in English and in Russian', () => {
    for (const { code, name, cause, advice } of everything) {
      for (const { en, ru } of [name, cause, advice]) {
        assert.match(en, /[a-z]{3}/, `English of ${code}`);
        assert.doesNotMatch(en, /[а-яё]/i, `English of ${code}`);
        assert.match(ru, /[а-яё]{3}/i, `Russian of ${code}`);
      }
    }
  });

  it('have causes that follow a colon and advice in sentences', () => {
    for (const { cause, advice } of everything) {
      for (const text of [cause.en, cause.ru]) assert.match(text, /^(SMSC|[a-zа-яё]).*[^.\s]$/u, text);
      for (const text of [advice.en, advice.ru]) assert.match(text, /^\p{Lu}.*\.$/u, text);
    }
  });

  it('say which states are final, and of which kind', () => {
    const ofKind = (kind: StatusKind): number[] =>
      statuses.filter((info) => info.kind === kind).map(({ code }) => code);
    assert.deepEqual(ofKind('pending'), [-2, -1, 0]);
    assert.deepEqual(ofKind('delivered'), [1, 2, 4]);
    assert.deepEqual(ofKind('failed'), [3, 20, 22, 23, 24, 25]);
    for (const { code, kind, final } of statuses) assert.equal(final, kind !== 'pending', String(code));
  });

  it('mean another thing in another method', () => {
    assert.equal(requestErrorInfo('status', 3).reason, 'notFound');
    assert.equal(requestErrorInfo('send', 3).name.en, 'Not enough money');
    assert.equal(requestErrorInfo('balance', 3).reason, 'protocol');
  });

  it('may be unknown', () => {
    assert.deepEqual(statusInfo(77).name, { en: 'Unknown status 77', ru: 'Неизвестный статус 77' });
    assert.deepEqual([statusInfo(77).kind, statusInfo(77).final], ['unknown', false]);
    assert.match(deliveryErrorInfo(199).name.en, /199/);
    assert.deepEqual(
      [requestErrorInfo('status', 99).reason, requestErrorInfo('status', 99).code],
      ['protocol', 99],
    );
  });
});
