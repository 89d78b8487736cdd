import type { Method, RequestErrorInfo } from './types.ts';

const wrongParameters: RequestErrorInfo = {
  code: 1,
  reason: 'parameters',
  name: { en: 'Wrong parameters', ru: 'Ошибка в параметрах' },
  cause: {
    en: 'SMSC did not accept the request’s parameters',
    ru: 'SMSC не принял параметры запроса',
  },
  advice: {
    en: 'Check the phone number and the other values of the request.',
    ru: 'Проверьте номер телефона и остальные значения запроса.',
  },
};

const wrongCredentials: RequestErrorInfo = {
  code: 2,
  reason: 'credentials',
  name: { en: 'Wrong login or password', ru: 'Неверный логин или пароль' },
  cause: {
    en: 'the login or password is wrong, or this IP address is not on the account’s list of allowed ones',
    ru: 'неверен логин или пароль, либо этот IP-адрес не входит в список разрешённых',
  },
  advice: {
    en: 'Correct the account’s credentials, or allow this IP address in the SMSC account. Five such errors within 30 minutes block the IP address for 30 minutes.',
    ru: 'Исправьте логин и пароль или разрешите этот IP-адрес в личном кабинете SMSC. Пять таких ошибок за 30 минут блокируют IP-адрес на 30 минут.',
  },
};

const blocked: RequestErrorInfo = {
  code: 4,
  reason: 'blocked',
  name: { en: 'IP address blocked', ru: 'IP-адрес временно заблокирован' },
  cause: {
    en: 'SMSC blocks this IP address for a while after too many errors or requests',
    ru: 'SMSC временно заблокировал этот IP-адрес из-за частых ошибок или запросов',
  },
  advice: {
    en: 'Send nothing for about 30 minutes, then try again.',
    ru: 'Ничего не отправляйте около 30 минут, затем попробуйте снова.',
  },
};

const prohibited: RequestErrorInfo = {
  code: 6,
  reason: 'parameters',
  name: { en: 'Message prohibited', ru: 'Сообщение запрещено' },
  cause: {
    en: 'the text or the sender name is not allowed',
    ru: 'текст или имя отправителя не разрешены',
  },
  advice: {
    en: 'Change the text or the sender name. Mass and advertising messages need a contract with SMSC.',
    ru: 'Измените текст или имя отправителя. Для массовых и рекламных сообщений нужен договор с SMSC.',
  },
};

const wrongNumber: RequestErrorInfo = {
  code: 7,
  reason: 'parameters',
  name: { en: 'Wrong number format', ru: 'Неверный формат номера' },
  cause: { en: 'the phone number has a wrong format', ru: 'у номера телефона неверный формат' },
  advice: {
    en: 'Write the number with its country code, such as 79991234567.',
    ru: 'Укажите номер с кодом страны, например 79991234567.',
  },
};

const unreachableNumber: RequestErrorInfo = {
  code: 8,
  reason: 'parameters',
  name: { en: 'Cannot be delivered to this number', ru: 'Невозможно доставить на этот номер' },
  cause: {
    en: 'SMSC cannot deliver to this number',
    ru: 'SMSC не может доставить сообщение на этот номер',
  },
  advice: {
    en: 'Check the number. If it is right, ask SMSC’s support about the route to its operator.',
    ru: 'Проверьте номер. Если он верен, спросите службу поддержки SMSC о маршруте к его оператору.',
  },
};

/** Why a request failed, one table a method, as the service documents them. */
export const requestErrors: Record<Method, readonly RequestErrorInfo[]> = {
  status: [
    {
      ...wrongParameters,
      advice: {
        en: 'Check the phone number and the message ID.',
        ru: 'Проверьте номер телефона и ID сообщения.',
      },
    },
    wrongCredentials,
    {
      code: 3,
      reason: 'notFound',
      name: { en: 'Message not found', ru: 'Сообщение не найдено' },
      cause: {
        en: 'this account has no message with this phone and ID',
        ru: 'в этом аккаунте нет сообщения с таким номером и ID',
      },
      advice: {
        en: 'Check that the phone, the ID and the account belong together. A message sent a moment ago may not be visible yet.',
        ru: 'Проверьте, что номер, ID и аккаунт относятся к одному сообщению. Только что отправленное сообщение может быть ещё не видно.',
      },
    },
    blocked,
    {
      code: 9,
      reason: 'tooMany',
      name: { en: 'Too many requests', ru: 'Слишком много запросов' },
      cause: {
        en: 'SMSC allows five status requests a minute for one message, and fewer than five at once',
        ru: 'SMSC допускает пять запросов статуса одного сообщения в минуту и меньше пяти запросов одновременно',
      },
      advice: { en: 'Wait a minute, then check again.', ru: 'Подождите минуту и проверьте ещё раз.' },
    },
  ],
  balance: [
    {
      ...wrongParameters,
      advice: { en: 'Check the account’s login and password.', ru: 'Проверьте логин и пароль аккаунта.' },
    },
    wrongCredentials,
    blocked,
    {
      code: 9,
      reason: 'tooMany',
      name: { en: 'Too many requests', ru: 'Слишком много запросов' },
      cause: {
        en: 'SMSC allows ten balance requests a minute',
        ru: 'SMSC допускает десять запросов баланса в минуту',
      },
      advice: { en: 'Wait a minute, then try again.', ru: 'Подождите минуту и попробуйте ещё раз.' },
    },
  ],
  send: [
    wrongParameters,
    wrongCredentials,
    {
      code: 3,
      reason: 'parameters',
      name: { en: 'Not enough money', ru: 'Недостаточно средств' },
      cause: {
        en: 'the account cannot pay for the message',
        ru: 'на счёте не хватает денег на это сообщение',
      },
      advice: {
        en: 'Top up the SMSC account and send the message again.',
        ru: 'Пополните счёт SMSC и отправьте сообщение ещё раз.',
      },
    },
    blocked,
    {
      code: 5,
      reason: 'parameters',
      name: { en: 'Wrong date format', ru: 'Неверный формат даты' },
      cause: { en: 'the sending time has a wrong format', ru: 'у времени отправки неверный формат' },
      advice: {
        en: 'Write the sending time in one of the formats that SMSC documents.',
        ru: 'Укажите время отправки в одном из форматов из документации SMSC.',
      },
    },
    prohibited,
    wrongNumber,
    unreachableNumber,
    {
      code: 9,
      reason: 'tooMany',
      name: { en: 'Too many requests', ru: 'Слишком много запросов' },
      cause: {
        en: 'the same message was sent more than once within a minute, or too many requests came at once',
        ru: 'одно и то же сообщение отправлено больше одного раза за минуту, либо запросов одновременно слишком много',
      },
      advice: {
        en: 'Wait a minute before repeating the message, and send fewer requests at once.',
        ru: 'Подождите минуту, прежде чем повторять сообщение, и отправляйте меньше запросов одновременно.',
      },
    },
  ],
  cost: [
    wrongParameters,
    wrongCredentials,
    blocked,
    prohibited,
    wrongNumber,
    unreachableNumber,
    {
      code: 9,
      reason: 'tooMany',
      name: { en: 'Too many requests', ru: 'Слишком много запросов' },
      cause: {
        en: 'the cost of the same message was asked too often within a minute',
        ru: 'стоимость одного и того же сообщения запрошена слишком часто за минуту',
      },
      advice: { en: 'Wait a minute, then try again.', ru: 'Подождите минуту и попробуйте ещё раз.' },
    },
  ],
};
