import { l10n } from 'vscode';
import { requestErrorInfo } from '../../smsc/codes.ts';
import type { Detail, Failure } from '../../smsc/errors.ts';
import { pick } from './language.ts';

/** One sentence that says what happened, with SMSC's code where there is one. No word of the service stands in it. */
export function failureHeadline(failure: Failure): string {
  const sentence = whatHappened(failure);
  return failure.code === undefined ? sentence : l10n.t('{0} (SMSC error {1})', sentence, failure.code);
}

/** What happened in two or three words, for a row of the history. */
export function failureName(failure: Failure): string {
  switch (failure.reason) {
    case 'input':
    case 'parameters':
      return l10n.t('Wrong parameters');
    case 'noAccount':
      return l10n.t('No account');
    case 'credentials':
      if (failure.detail === 'secret') return l10n.t('Password missing');
      return failure.detail === 'held' ? l10n.t('Account paused') : l10n.t('Login refused');
    case 'notFound':
      return l10n.t('Not found');
    case 'blocked':
      return l10n.t('IP address blocked');
    case 'tooMany':
      return l10n.t('Too many requests');
    case 'timeout':
      return l10n.t('No answer in time');
    case 'cancelled':
      return l10n.t('Cancelled');
    case 'network':
      return l10n.t('Service not reached');
    case 'protocol':
      return l10n.t('Answer not understood');
  }
}

/** What the user can do about it: one or two sentences. */
export function failureAdvice(failure: Failure): string {
  switch (failure.reason) {
    case 'input':
      return l10n.t('Correct the phone number or the message ID.');
    case 'noAccount':
      return l10n.t('Add an account, or try the demo account.');
    case 'parameters':
    case 'notFound':
      return pick(requestErrorInfo('status', failure.code ?? (failure.reason === 'notFound' ? 3 : 1)).advice);
    case 'credentials':
      return failure.detail === 'held'
        ? l10n.t(
            'Nothing is sent for this account until its credentials change: five such errors block your IP address.',
          )
        : pick(requestErrorInfo('status', 2).advice);
    case 'blocked':
      return pick(requestErrorInfo('status', 4).advice);
    case 'tooMany':
      return pick(requestErrorInfo('status', 9).advice);
    case 'timeout':
      return l10n.t('Check the network, or allow more time in the setting “smsc.timeout”.');
    case 'cancelled':
      return l10n.t('Check again whenever you like.');
    case 'network':
      return networkAdvice(failure.detail);
    case 'protocol':
      return protocolAdvice(failure);
  }
}

function whatHappened(failure: Failure): string {
  switch (failure.reason) {
    case 'input':
      return l10n.t('The phone number or the message ID is not valid');
    case 'noAccount':
      return l10n.t('There is no SMSC account yet');
    case 'parameters':
      return l10n.t('SMSC did not accept the parameters');
    case 'credentials':
      if (failure.detail === 'secret') {
        return l10n.t('The account’s password or key is not in the keyring any more');
      }
      return failure.detail === 'held'
        ? l10n.t('This account is paused after a wrong login or password')
        : l10n.t(
            'SMSC did not accept the login or password, or your IP address is not allowed for this account',
          );
    case 'notFound':
      return l10n.t('SMSC does not know this message');
    case 'blocked':
      return l10n.t('SMSC has blocked requests from your IP address for a while');
    case 'tooMany':
      return l10n.t('Too many status requests for this message in one minute');
    case 'timeout':
      return l10n.t('SMSC did not answer in time');
    case 'cancelled':
      return l10n.t('The check was cancelled');
    case 'network':
      return networkFailure(failure.detail);
    case 'protocol':
      return protocolFailure(failure);
  }
}

function networkFailure(detail: Detail | undefined): string {
  switch (detail) {
    case 'dns':
      return l10n.t('The service’s address could not be resolved');
    case 'refused':
      return l10n.t('The service’s host refused the connection');
    case 'reset':
      return l10n.t('The connection was closed before the answer was complete');
    case 'certificate':
      return l10n.t('The certificate of the service could not be verified, so nothing was sent');
    case 'proxy':
      return l10n.t('A proxy asks for a login and password');
    default:
      return l10n.t('The service could not be reached');
  }
}

function networkAdvice(detail: Detail | undefined): string {
  switch (detail) {
    case 'certificate':
      return l10n.t(
        'If your company inspects traffic, add its root certificate to the operating system’s store: VS Code reads it from there.',
      );
    case 'proxy':
      return l10n.t('Set the proxy in VS Code’s setting “http.proxy”.');
    case 'dns':
    case 'refused':
      return l10n.t('Check the network, the proxy and the account’s endpoint.');
    default:
      return l10n.t('Check the network and the proxy, then check again.');
  }
}

function protocolFailure(failure: Failure): string {
  switch (failure.detail) {
    case 'redirect':
      return l10n.t(
        'The address answers with a redirect, which is not followed because the request carries the password',
      );
    case 'tooLarge':
      return l10n.t('The answer is larger than an SMSC answer can be');
    case 'charset':
      return l10n.t('The answer is in a character set that is not known');
    case 'html':
      return l10n.t('A web page came instead of an SMSC answer');
    case 'json':
    case 'malformed':
      return l10n.t('The answer is not what SMSC sends');
    case 'empty':
      return l10n.t('The answer is empty');
    case 'fault':
    case 'namespace':
      return l10n.t('The service answered with a SOAP fault');
    case 'http':
      return failure.httpStatus === undefined
        ? l10n.t('The service answered with an HTTP error')
        : l10n.t('The service answered with HTTP {0}', failure.httpStatus);
    case 'echo':
      return l10n.t('The answer repeats the account’s password or key and was thrown away');
    default:
      return l10n.t('The service’s answer could not be understood');
  }
}

function protocolAdvice(failure: Failure): string {
  switch (failure.detail) {
    case 'redirect':
      return l10n.t('Enter the final address as the account’s endpoint.');
    case 'html':
      return l10n.t(
        'A sign-in page of the network or a wrong endpoint answers like this. Open the endpoint in a browser.',
      );
    case 'namespace':
    case 'fault':
      return l10n.t(
        '“SMSC: Test Connection” compares the service’s contract with the one that this extension knows.',
      );
    case 'echo':
      return l10n.t('Check the account’s endpoint: SMSC does not answer like this.');
    default:
      return l10n.t('Check the account’s endpoint, then check again. The log has the details.');
  }
}
