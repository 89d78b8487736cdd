import { deliveryErrors, noDeliveryError } from './codes/deliveryErrors.ts';
import { requestErrors } from './codes/requestErrors.ts';
import { messageNotFound, statuses } from './codes/statuses.ts';
import type { DeliveryErrorInfo, Method, RequestErrorInfo, StatusInfo } from './codes/types.ts';

export type { Bilingual, DeliveryErrorInfo, Method, RequestErrorInfo, StatusInfo } from './codes/types.ts';
export { deliveryErrors, requestErrors, statuses };

/** Explains a status; a code outside the table is of the kind `unknown` and not final. */
export function statusInfo(code: number): StatusInfo {
  return (
    [messageNotFound, ...statuses].find((info) => info.code === code) ?? {
      code,
      kind: 'unknown',
      final: false,
      name: { en: `Unknown status ${code}`, ru: `Неизвестный статус ${code}` },
      cause: {
        en: `SMSC answered with status ${code}, which this program does not know`,
        ru: `SMSC ответил статусом ${code}, который этой программе неизвестен`,
      },
      advice: {
        en: 'Look the status up in SMSC’s documentation, or ask SMSC’s support.',
        ru: 'Найдите этот статус в документации SMSC или спросите службу поддержки.',
      },
    }
  );
}

/** Explains a delivery error; a code outside the table is named by its number. */
export function deliveryErrorInfo(code: number): DeliveryErrorInfo {
  return (
    [noDeliveryError, ...deliveryErrors].find((info) => info.code === code) ?? {
      code,
      name: { en: `Unknown delivery error ${code}`, ru: `Неизвестная ошибка доставки ${code}` },
      cause: {
        en: `SMSC gave delivery error ${code}, which this program does not know`,
        ru: `SMSC сообщил ошибку доставки ${code}, которая этой программе неизвестна`,
      },
      advice: {
        en: 'Look the error up in SMSC’s documentation, or ask SMSC’s support.',
        ru: 'Найдите эту ошибку в документации SMSC или спросите службу поддержки.',
      },
    }
  );
}

/** Explains why a request failed; a code outside the method's table has the reason `protocol`. */
export function requestErrorInfo(method: Method, code: number): RequestErrorInfo {
  return (
    requestErrors[method].find((info) => info.code === code) ?? {
      code,
      reason: 'protocol',
      name: { en: `Unknown error ${code}`, ru: `Неизвестная ошибка ${code}` },
      cause: {
        en: `SMSC refused the request with error ${code}, which this program does not know`,
        ru: `SMSC отклонил запрос с ошибкой ${code}, которая этой программе неизвестна`,
      },
      advice: {
        en: 'Look the error up in SMSC’s documentation, or ask SMSC’s support.',
        ru: 'Найдите эту ошибку в документации SMSC или спросите службу поддержки.',
      },
    }
  );
}
