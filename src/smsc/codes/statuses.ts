import type { StatusInfo } from './types.ts';

/** Not a state of a message: the service's other way of saying that it does not know the pair of phone and ID. */
export const messageNotFound: StatusInfo = {
  code: -3,
  kind: 'unknown',
  final: false,
  name: { en: 'Message not found', ru: 'Сообщение не найдено' },
  cause: {
    en: 'this account has no message with this phone and ID',
    ru: 'в этом аккаунте нет сообщения с таким номером и ID',
  },
  advice: {
    en: 'Check that the phone, the ID and the account belong together. A message sent a moment ago may not be visible yet.',
    ru: 'Проверьте, что номер, ID и аккаунт относятся к одному сообщению. Только что отправленное сообщение может быть ещё не видно.',
  },
};

/** The states of a message, as the service documents them. */
export const statuses: readonly StatusInfo[] = [
  {
    code: -2,
    kind: 'pending',
    final: false,
    name: { en: 'Stopped', ru: 'Остановлено' },
    cause: {
      en: 'its mailing was paused before the message left',
      ru: 'рассылка приостановлена до отправки сообщения',
    },
    advice: {
      en: 'Resume the mailing in the SMSC account to send the message.',
      ru: 'Чтобы сообщение ушло, возобновите рассылку в личном кабинете SMSC.',
    },
  },
  {
    code: -1,
    kind: 'pending',
    final: false,
    name: { en: 'Waiting to be sent', ru: 'Ожидает отправки' },
    cause: {
      en: 'it waits for its sending time or is about to leave',
      ru: 'сообщение ждёт времени отправки или вот-вот уйдёт',
    },
    advice: {
      en: 'Check again in a moment. If a sending time was set, nothing happens before it.',
      ru: 'Проверьте ещё раз чуть позже. Если задано время отправки, раньше него сообщение не уйдёт.',
    },
  },
  {
    code: 0,
    kind: 'pending',
    final: false,
    name: { en: 'Handed to the operator', ru: 'Передано оператору' },
    cause: {
      en: 'the operator has it and has not reported delivery yet',
      ru: 'сообщение у оператора, о доставке он ещё не сообщил',
    },
    advice: {
      en: 'Check again later. The operator keeps trying until the message expires, usually after 24 hours.',
      ru: 'Проверьте позже. Оператор пытается доставить сообщение, пока не истечёт срок его жизни, обычно сутки.',
    },
  },
  {
    code: 1,
    kind: 'delivered',
    final: true,
    name: { en: 'Delivered', ru: 'Доставлено' },
    cause: { en: 'it reached the subscriber’s phone', ru: 'сообщение дошло до телефона абонента' },
    advice: { en: 'Nothing needs to be done.', ru: 'Делать ничего не нужно.' },
  },
  {
    code: 2,
    kind: 'delivered',
    final: true,
    name: { en: 'Read', ru: 'Прочитано' },
    cause: { en: 'the recipient opened it', ru: 'получатель открыл сообщение' },
    advice: { en: 'Nothing needs to be done.', ru: 'Делать ничего не нужно.' },
  },
  {
    code: 3,
    kind: 'failed',
    final: true,
    name: { en: 'Expired', ru: 'Просрочено' },
    cause: {
      en: 'its lifetime ended before it could be delivered',
      ru: 'срок жизни сообщения истёк раньше, чем его удалось доставить',
    },
    advice: {
      en: 'The phone was probably off or out of range all the time. Send the message again, with a longer lifetime if it may arrive late.',
      ru: 'Скорее всего, телефон всё это время был выключен или вне сети. Отправьте сообщение ещё раз, а если оно может прийти позже, увеличьте срок жизни.',
    },
  },
  {
    code: 4,
    kind: 'delivered',
    final: true,
    name: { en: 'Link clicked', ru: 'Нажата ссылка' },
    cause: {
      en: 'it arrived, and the recipient opened its short link',
      ru: 'сообщение дошло, и получатель открыл короткую ссылку',
    },
    advice: { en: 'Nothing needs to be done.', ru: 'Делать ничего не нужно.' },
  },
  {
    code: 20,
    kind: 'failed',
    final: true,
    name: { en: 'Undeliverable', ru: 'Невозможно доставить' },
    cause: { en: 'delivery failed', ru: 'доставить сообщение не удалось' },
    advice: {
      en: 'The delivery error says why. Without one, ask SMSC’s support, giving the message ID.',
      ru: 'Причину называет ошибка доставки. Если её нет, обратитесь в службу поддержки SMSC и укажите ID сообщения.',
    },
  },
  {
    code: 22,
    kind: 'failed',
    final: true,
    name: { en: 'Wrong number', ru: 'Неверный номер' },
    cause: { en: 'the phone number has a wrong format', ru: 'у номера телефона неверный формат' },
    advice: {
      en: 'Correct the number and send again. It needs the country code, such as 7 for Russia.',
      ru: 'Исправьте номер и отправьте ещё раз. Он должен начинаться с кода страны, например 7 для России.',
    },
  },
  {
    code: 23,
    kind: 'failed',
    final: true,
    name: { en: 'Prohibited', ru: 'Запрещено' },
    cause: {
      en: 'a limit, a black list, the spam filter or the sender name stopped it',
      ru: 'отправку остановили ограничение, чёрный список, спам-фильтр или имя отправителя',
    },
    advice: {
      en: 'See the delivery error if there is one. Otherwise look for duplicates, too many messages to one number, black lists and the sender name.',
      ru: 'Посмотрите ошибку доставки, если она указана. Иначе проверьте дубли, частоту отправки на один номер, чёрные списки и имя отправителя.',
    },
  },
  {
    code: 24,
    kind: 'failed',
    final: true,
    name: { en: 'Not enough money', ru: 'Недостаточно средств' },
    cause: {
      en: 'the account could not pay for the message',
      ru: 'на счёте не хватило денег на это сообщение',
    },
    advice: {
      en: 'Top up the SMSC account and send the message again.',
      ru: 'Пополните счёт SMSC и отправьте сообщение ещё раз.',
    },
  },
  {
    code: 25,
    kind: 'failed',
    final: true,
    name: { en: 'Number unavailable', ru: 'Недоступный номер' },
    cause: {
      en: 'the number takes no SMS, or there is no route to its operator',
      ru: 'номер не принимает SMS или к его оператору нет маршрута',
    },
    advice: {
      en: 'Check that it is a mobile number. If it is, ask SMSC’s support about the route to its operator.',
      ru: 'Проверьте, что это мобильный номер. Если это так, спросите службу поддержки SMSC о маршруте к его оператору.',
    },
  },
];
