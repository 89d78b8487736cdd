import { l10n } from 'vscode';
import type { Account } from '../../history/types.ts';
import type { ContractDifference } from '../../smsc/service.ts';
import type { KeyringError } from '../secrets.ts';

/** An account in one line: who and where. */
export function accountDescription({ login, endpoint, secret }: Account): string {
  if (secret === 'demo') return l10n.t('made-up messages, no network');
  const who = login ?? (secret === 'environment' ? l10n.t('from the environment') : l10n.t('API key'));
  return `${who} · ${new URL(endpoint).host}`;
}

/** The name of an account, also of one that is gone. */
export function accountLabel(label: string | undefined): string {
  return label ?? l10n.t('removed account');
}

/** Where the account's secret is kept. */
export function secretPlace({ secret }: Account): string {
  switch (secret) {
    case 'keyring':
      return l10n.t('Password in the system’s keyring');
    case 'session':
      return l10n.t('Password in memory, until this window closes');
    case 'environment':
      return l10n.t('Password from environment variables');
    case 'demo':
      return l10n.t('Needs no password');
  }
}

/** Why the keyring did not take the secret, and what the choices are. */
export function keyringProblem(error: KeyringError): string {
  const why =
    error.step === 'readBack'
      ? l10n.t('The keyring accepted the password but did not give it back.')
      : l10n.t('The system’s keyring could not be used.');
  return `${why} ${l10n.t(
    'On Linux it needs a running secret service such as gnome-keyring. You can keep the password for this session only, or set SMSC_LOGIN and SMSC_PASSWORD (or SMSC_API_KEY) in the environment of VS Code.',
  )}`;
}

/** One difference between the live WSDL and the bundled contract. Names come from the network: for a document only. */
export function contractDifference(difference: ContractDifference): string {
  switch (difference.kind) {
    case 'namespace':
      return l10n.t('The namespace is “{0}”; expected was “{1}”.', difference.found, difference.expected);
    case 'operationMissing':
      return l10n.t('The operation {0} is missing.', difference.operation);
    case 'operationAdded':
      return l10n.t('The operation {0} is new.', difference.operation);
    case 'elementName':
      return difference.part === 'request'
        ? l10n.t(
            '{0}: the request element is “{1}”; expected was “{2}”.',
            difference.operation,
            difference.found,
            difference.expected,
          )
        : l10n.t(
            '{0}: the answer element is “{1}”; expected was “{2}”.',
            difference.operation,
            difference.found,
            difference.expected,
          );
    case 'fieldMissing':
      return difference.part === 'request'
        ? l10n.t('{0}: the request has no field “{1}” any more.', difference.operation, difference.field)
        : l10n.t('{0}: the answer has no field “{1}” any more.', difference.operation, difference.field);
    case 'fieldAdded':
      return difference.part === 'request'
        ? l10n.t('{0}: the request has a new field “{1}”.', difference.operation, difference.field)
        : l10n.t('{0}: the answer has a new field “{1}”.', difference.operation, difference.field);
    case 'fieldOrder':
      return difference.part === 'request'
        ? l10n.t('{0}: the request’s fields stand in another order.', difference.operation)
        : l10n.t('{0}: the answer’s fields stand in another order.', difference.operation);
    case 'soapAction':
      return l10n.t(
        '{0}: the SOAPAction is “{1}”; expected was “{2}”.',
        difference.operation,
        difference.found,
        difference.expected,
      );
  }
}
