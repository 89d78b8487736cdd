import { l10n } from 'vscode';
import type { EndpointProblem } from '../../smsc/account.ts';
import type { InputProblem } from '../../smsc/message.ts';

/** What is wrong with a phone number or an ID, and what would be right. */
export function inputProblem(problem: InputProblem): string {
  switch (problem) {
    case 'phoneEmpty':
      return l10n.t('Enter the phone number that the message was sent to.');
    case 'phoneLetters':
      return l10n.t('Only digits, spaces, brackets, dashes and a leading “+” are allowed.');
    case 'phoneShort':
      return l10n.t('Too short: enter the country code too, such as 79991234567.');
    case 'phoneLong':
      return l10n.t('Too long: a phone number has 16 digits at most.');
    case 'idEmpty':
      return l10n.t('Enter the message ID that SMSC gave when the message was sent.');
    case 'idLong':
      return l10n.t('Too long: an ID has 40 characters at most.');
    case 'idCharacters':
      return l10n.t('Only Latin letters, digits, dots, dashes and underscores are allowed.');
  }
}

/** What is wrong with the address of an endpoint. */
export function endpointProblem(problem: EndpointProblem): string {
  switch (problem) {
    case 'notAnAddress':
      return l10n.t('Enter the full address of soap.php, such as https://smscentre.com/sys/soap.php.');
    case 'notHttps':
      return l10n.t(
        'Only https: is possible, since each request carries the password. Plain http: works for this machine alone.',
      );
    case 'credentialsInAddress':
      return l10n.t('Leave the login and password out of the address.');
    case 'queryInAddress':
      return l10n.t('Leave out everything from “?” or “#” on.');
  }
}
