import type { DeliveryErrorInfo } from './types.ts';
import { serviceErrors } from './serviceErrors.ts';

/** What the operator or the subscriber's side said. */
const recipientErrors: readonly DeliveryErrorInfo[] = [
  {
    code: 1,
    name: { en: 'Subscriber does not exist', ru: 'Абонент не существует' },
    cause: { en: 'there is no such number', ru: 'такого номера нет' },
    advice: {
      en: 'Check the number for a typing error. Remove it from your lists if it is right.',
      ru: 'Проверьте, нет ли в номере опечатки. Если её нет, уберите номер из своих списков.',
    },
  },
  {
    code: 2,
    name: { en: 'Mailbox full', ru: 'Переполнен почтовый ящик' },
    cause: { en: 'the recipient’s mailbox is full', ru: 'почтовый ящик получателя переполнен' },
    advice: {
      en: 'Send the e-mail again later, or reach the recipient another way.',
      ru: 'Отправьте письмо позже или свяжитесь с получателем другим способом.',
    },
  },
  {
    code: 3,
    name: { en: 'Mail server not found', ru: 'Сервер получателя не найден' },
    cause: { en: 'the recipient’s mail server was not found', ru: 'почтовый сервер получателя не найден' },
    advice: {
      en: 'Check the part of the e-mail address after the @.',
      ru: 'Проверьте часть почтового адреса после @.',
    },
  },
  {
    code: 4,
    name: { en: 'Mailbox blocked', ru: 'Почтовый ящик заблокирован' },
    cause: { en: 'the recipient’s mailbox is blocked', ru: 'почтовый ящик получателя заблокирован' },
    advice: {
      en: 'Use another address of the recipient.',
      ru: 'Используйте другой адрес получателя.',
    },
  },
  {
    code: 6,
    name: { en: 'Subscriber is offline', ru: 'Абонент не в сети' },
    cause: { en: 'the subscriber is offline', ru: 'абонент не в сети' },
    advice: {
      en: 'The phone is switched off or out of range. Send again later if the message still matters.',
      ru: 'Телефон выключен или вне зоны действия сети. Отправьте сообщение позже, если оно ещё нужно.',
    },
  },
  {
    code: 11,
    name: { en: 'Service not connected', ru: 'Не подключена услуга' },
    cause: { en: 'the subscriber cannot receive SMS', ru: 'абонент не может принимать SMS' },
    advice: {
      en: 'SMS may be off in the tariff or in roaming, or the number is a landline. Reach the recipient another way.',
      ru: 'SMS может не входить в тариф или не работать в роуминге, либо это городской номер. Свяжитесь с получателем другим способом.',
    },
  },
  {
    code: 12,
    name: { en: 'Error in the subscriber’s phone', ru: 'Ошибка в телефоне абонента' },
    cause: {
      en: 'the subscriber’s phone or SIM refused it',
      ru: 'телефон или SIM-карта абонента не приняли сообщение',
    },
    advice: {
      en: 'Send again later. If it fails again, the recipient’s phone needs a restart or free memory.',
      ru: 'Отправьте сообщение позже. Если ошибка повторится, получателю стоит перезагрузить телефон или освободить память.',
    },
  },
  {
    code: 13,
    name: { en: 'Subscriber is blocked', ru: 'Абонент заблокирован' },
    cause: { en: 'the subscriber is blocked', ru: 'абонент заблокирован' },
    advice: {
      en: 'The operator blocked the number, or it has no money in roaming. Only the recipient can change that.',
      ru: 'Номер заблокирован оператором, или на нём нет денег в роуминге. Изменить это может только получатель.',
    },
  },
  {
    code: 21,
    name: { en: 'Service not supported', ru: 'Нет поддержки сервиса' },
    cause: {
      en: 'the subscriber’s phone cannot show this kind of message',
      ru: 'телефон абонента не поддерживает такие сообщения',
    },
    advice: {
      en: 'Send an ordinary text message instead.',
      ru: 'Отправьте вместо этого обычное текстовое сообщение.',
    },
  },
];

/** Why messages are not delivered, as the service documents it. 0 is no error and stands apart. */
export const deliveryErrors: readonly DeliveryErrorInfo[] = [...recipientErrors, ...serviceErrors];

/** What the service answers when nothing went wrong. */
export const noDeliveryError: DeliveryErrorInfo = {
  code: 0,
  name: { en: 'No error', ru: 'Нет ошибки' },
  cause: { en: 'the subscriber exists and can be reached', ru: 'абонент существует и доступен' },
  advice: { en: 'Nothing needs to be done.', ru: 'Делать ничего не нужно.' },
};
