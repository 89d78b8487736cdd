import type { DeliveryErrorInfo } from './types.ts';

/** Delivery errors from 200 on: what the service or its way to the operator said. */
export const serviceErrors: readonly DeliveryErrorInfo[] = [
  {
    code: 200,
    name: { en: 'Virtual sending', ru: 'Виртуальная отправка' },
    cause: {
      en: 'the account is in test mode, and nothing was sent',
      ru: 'аккаунт в тестовом режиме, сообщение не отправлялось',
    },
    advice: {
      en: 'Switch virtual sending off in the settings of the SMSC account.',
      ru: 'Отключите виртуальную отправку в настройках аккаунта SMSC.',
    },
  },
  {
    code: 219,
    name: { en: 'SIM card replaced', ru: 'Замена sim-карты' },
    cause: { en: 'the subscriber’s SIM card was replaced lately', ru: 'абонент недавно заменил SIM-карту' },
    advice: {
      en: 'The operator holds back messages with sender names for 24 hours after that. Send again tomorrow.',
      ru: 'После замены оператор сутки не пропускает сообщения с именем отправителя. Отправьте сообщение завтра.',
    },
  },
  {
    code: 220,
    name: { en: 'Operator’s queue is full', ru: 'Переполнена очередь у оператора' },
    cause: { en: 'the operator’s queue is full', ru: 'очередь у оператора переполнена' },
    advice: {
      en: 'SMSC tries again by itself. Check again later.',
      ru: 'SMSC повторит отправку сам. Проверьте статус позже.',
    },
  },
  {
    code: 237,
    name: { en: 'No answer', ru: 'Абонент не отвечает' },
    cause: { en: 'the subscriber did not take the call', ru: 'абонент не ответил на звонок' },
    advice: { en: 'Call again later, or send an SMS.', ru: 'Позвоните позже или отправьте SMS.' },
  },
  {
    code: 238,
    name: { en: 'No template', ru: 'Нет шаблона' },
    cause: {
      en: 'only registered templates may be sent',
      ru: 'отправлять можно только по зарегистрированным шаблонам',
    },
    advice: {
      en: 'Register a template for this text in the SMSC account, then send again.',
      ru: 'Зарегистрируйте шаблон этого текста в личном кабинете SMSC и отправьте сообщение снова.',
    },
  },
  {
    code: 239,
    name: { en: 'Forbidden IP address', ru: 'Запрещенный ip-адрес' },
    cause: {
      en: 'it was sent from an IP address that the account does not allow',
      ru: 'сообщение отправлено с IP-адреса, не разрешённого в аккаунте',
    },
    advice: {
      en: 'Add the sending server’s IP address to the allowed ones in the SMSC account.',
      ru: 'Добавьте IP-адрес отправляющего сервера в список разрешённых в личном кабинете SMSC.',
    },
  },
  {
    code: 240,
    name: { en: 'Line busy', ru: 'Абонент занят' },
    cause: { en: 'the line was busy, or the call was refused', ru: 'линия занята или вызов отклонён' },
    advice: { en: 'Call again later, or send an SMS.', ru: 'Позвоните позже или отправьте SMS.' },
  },
  {
    code: 241,
    name: { en: 'Conversion error', ru: 'Ошибка конвертации' },
    cause: { en: 'the text or audio could not be converted', ru: 'не удалось преобразовать текст или звук' },
    advice: {
      en: 'Check the audio file and that every part of the message was given.',
      ru: 'Проверьте звуковой файл и что переданы все части сообщения.',
    },
  },
  {
    code: 242,
    name: { en: 'Answering machine', ru: 'Зафиксирован автоответчик' },
    cause: { en: 'an answering machine took the call', ru: 'на звонок ответил автоответчик' },
    advice: { en: 'Call again later, or send an SMS.', ru: 'Позвоните позже или отправьте SMS.' },
  },
  {
    code: 243,
    name: { en: 'No contract', ru: 'Не заключен договор' },
    cause: { en: 'advertising needs a contract with SMSC', ru: 'для рекламы нужен договор с SMSC' },
    advice: {
      en: 'Conclude a contract with SMSC before sending mass or advertising messages.',
      ru: 'Прежде чем отправлять массовые или рекламные сообщения, заключите договор с SMSC.',
    },
  },
  {
    code: 244,
    name: { en: 'Mailing prohibited', ru: 'Рассылка запрещена' },
    cause: {
      en: 'mass mailing is off for this account, or the text holds a forbidden link',
      ru: 'рассылки для этого аккаунта запрещены, или в тексте есть запрещённая ссылка',
    },
    advice: {
      en: 'Remove links from the text, or ask SMSC’s support to allow mailings.',
      ru: 'Уберите ссылки из текста или попросите службу поддержки SMSC разрешить рассылки.',
    },
  },
  {
    code: 245,
    name: { en: 'Status not received', ru: 'Статус не получен' },
    cause: { en: 'the operator did not report within a day', ru: 'оператор не сообщил результат за сутки' },
    advice: {
      en: 'Whether the message arrived is unknown. Ask the recipient before sending it again.',
      ru: 'Дошло ли сообщение, неизвестно. Прежде чем отправлять его снова, спросите получателя.',
    },
  },
  {
    code: 246,
    name: { en: 'Outside allowed hours', ru: 'Ограничение по времени' },
    cause: {
      en: 'the account forbids sending at that time',
      ru: 'в аккаунте запрещена отправка в это время',
    },
    advice: {
      en: 'Send within the hours set in the SMSC account, or change them.',
      ru: 'Отправляйте в часы, заданные в настройках аккаунта SMSC, или измените их.',
    },
  },
  {
    code: 247,
    name: { en: 'Daily limit reached', ru: 'Превышен лимит сообщений' },
    cause: { en: 'the account’s daily limit is used up', ru: 'суточный лимит аккаунта исчерпан' },
    advice: {
      en: 'Raise the limit in the SMSC account, or send tomorrow.',
      ru: 'Увеличьте лимит в настройках аккаунта SMSC или отправьте сообщение завтра.',
    },
  },
  {
    code: 248,
    name: { en: 'No route', ru: 'Нет маршрута' },
    cause: {
      en: 'there is no gateway for this number and text',
      ru: 'для этого номера и текста нет маршрута',
    },
    advice: {
      en: 'Check the number. If it is right, ask SMSC’s support about sending to this operator.',
      ru: 'Проверьте номер. Если он верен, спросите службу поддержки SMSC об отправке этому оператору.',
    },
  },
  {
    code: 249,
    name: { en: 'Wrong number format', ru: 'Неверный формат номера' },
    cause: {
      en: 'the number’s code and length do not fit together',
      ru: 'код и длина номера не подходят друг к другу',
    },
    advice: {
      en: 'Correct the number and send again. It needs the country code, such as 7 for Russia.',
      ru: 'Исправьте номер и отправьте ещё раз. Он должен начинаться с кода страны, например 7 для России.',
    },
  },
  {
    code: 250,
    name: { en: 'Number barred by settings', ru: 'Номер запрещен настройками' },
    cause: {
      en: 'the account’s own settings bar this number',
      ru: 'номер запрещён настройками самого аккаунта',
    },
    advice: {
      en: 'Remove the bar in the settings of the SMSC account if the number should get messages.',
      ru: 'Если на этот номер нужно отправлять, снимите запрет в настройках аккаунта SMSC.',
    },
  },
  {
    code: 251,
    name: { en: 'Limit for one number reached', ru: 'Превышен лимит на один номер' },
    cause: {
      en: 'too many messages went to this number',
      ru: 'на этот номер отправлено слишком много сообщений',
    },
    advice: {
      en: 'Look for a loop that sends repeatedly, then raise the limit per number or send tomorrow.',
      ru: 'Проверьте, нет ли цикла, который отправляет повторно, затем увеличьте лимит на номер или отправьте завтра.',
    },
  },
  {
    code: 252,
    name: { en: 'Number barred', ru: 'Номер запрещен' },
    cause: { en: 'SMSC bars this number as a recipient', ru: 'SMSC запрещает отправку на этот номер' },
    advice: {
      en: 'Ask SMSC’s support why the number is barred.',
      ru: 'Спросите службу поддержки SMSC, почему номер запрещён.',
    },
  },
  {
    code: 253,
    name: { en: 'Stopped by the spam filter', ru: 'Запрещено спам-фильтром' },
    cause: { en: 'the spam filter stopped it', ru: 'сообщение остановил спам-фильтр' },
    advice: {
      en: 'Change the text or the sender name, or have them approved by SMSC’s support.',
      ru: 'Измените текст или имя отправителя либо согласуйте их со службой поддержки SMSC.',
    },
  },
  {
    code: 254,
    name: { en: 'Unregistered sender name', ru: 'Незарегистрированный sender id' },
    cause: { en: 'the sender name is not registered', ru: 'имя отправителя не зарегистрировано' },
    advice: {
      en: 'Register the sender name in the SMSC account, or send without one.',
      ru: 'Зарегистрируйте имя отправителя в личном кабинете SMSC или отправляйте без него.',
    },
  },
  {
    code: 255,
    name: { en: 'Rejected by the operator', ru: 'Отклонено оператором' },
    cause: {
      en: 'the operator rejected it without a reason',
      ru: 'оператор отклонил сообщение без объяснений',
    },
    advice: {
      en: 'Try another text or sender name. If it fails again, ask SMSC’s support, giving the message ID.',
      ru: 'Попробуйте другой текст или имя отправителя. Если не поможет, обратитесь в службу поддержки SMSC и укажите ID сообщения.',
    },
  },
];
