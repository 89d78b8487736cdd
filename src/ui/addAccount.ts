import { l10n, window } from 'vscode';
import { environmentCredentials, type AccountBook, type NewAccount } from '../host/accounts.ts';
import { KeyringError } from '../host/secrets.ts';
import { askPick, askText, runSteps, type Choice, type Step } from '../host/steps.ts';
import { keyringProblem } from '../host/words/accounts.ts';
import { endpointProblem } from '../host/words/input.ts';
import type { Account } from '../history/types.ts';
import { defaultEndpoint, endpointOf, knownHosts, parseEndpoint, type Credentials } from '../smsc/account.ts';
import { SmscError } from '../smsc/errors.ts';
import { given } from './given.ts';

type Way = 'password' | 'key' | 'environment' | 'demo';

interface Draft {
  title: string;
  way?: Way;
  endpoint: string;
  /** The user typed an address of his own. */
  otherAddress: boolean;
  login: string;
  secret: string;
  /** While editing: an empty secret keeps this one. */
  keptSecret?: string;
  label: string;
}

/** Asks for a new account, adds it and makes it the active one. Undefined when the user gave up. */
export async function promptForAccount(book: AccountBook): Promise<Account | undefined> {
  const draft: Draft = {
    title: l10n.t('Add SMSC Account'),
    endpoint: defaultEndpoint,
    otherAddress: false,
    login: '',
    secret: '',
    label: '',
  };
  if (!(await runSteps(draft, [askWay, askEndpoint, askAddress, askLogin, askSecret, labelQuestion(book)]))) {
    return undefined;
  }
  if (draft.way === 'demo') return book.addDemo();
  if (draft.way === 'environment') return book.addFromEnvironment(draft.label);
  return keepOrOffer(accountOf(draft), (account) => book.add(account));
}

/** Asks for the changes of an account. Undefined when the user gave up. */
export async function promptForChanges(book: AccountBook, account: Account): Promise<Account | undefined> {
  const known = await book.credentials(account).catch(() => undefined);
  const draft: Draft = {
    title: l10n.t('Edit “{0}”', account.label),
    way: account.secret === 'environment' ? 'environment' : account.login === undefined ? 'key' : 'password',
    endpoint: account.endpoint,
    otherAddress: false,
    login: account.login ?? '',
    secret: '',
    label: account.label,
    ...(known !== undefined && { keptSecret: known.kind === 'key' ? known.apiKey : known.password }),
  };
  const steps = [askEndpoint, askAddress, askLogin, askSecret, labelQuestion(book, account.id)];
  if (!(await runSteps(draft, steps))) return undefined;
  if (draft.way === 'environment') return book.rename(account.id, draft.label);
  return keepOrOffer(accountOf(draft), (changed) => book.change(account.id, changed));
}

/** Reads the arguments of `smsc.addAccount`. Throws `SmscError('input')` for what is not an account. */
export function accountFromArguments(value: object): NewAccount {
  const asked = given(value, 'label', 'login', 'password', 'apiKey', 'endpoint');
  const { label, login, password, apiKey, endpoint } = asked;
  const parsed = parseEndpoint(
    endpoint === undefined ? defaultEndpoint : typeof endpoint === 'string' ? endpoint : '',
  );
  if (!parsed.ok || typeof label !== 'string' || label.trim() === '') throw new SmscError('input');
  const common = { label: label.trim(), endpoint: parsed.value, place: 'keyring' } as const;
  if (typeof apiKey === 'string' && apiKey !== '' && login === undefined && password === undefined) {
    return { ...common, credentials: { kind: 'key', apiKey } };
  }
  if (
    typeof login === 'string' &&
    login !== '' &&
    typeof password === 'string' &&
    password !== '' &&
    apiKey === undefined
  ) {
    return { ...common, credentials: { kind: 'password', login, password } };
  }
  throw new SmscError('input');
}

const askWay: Step<Draft> = async (draft, place) => {
  const items: Choice<Way>[] = [
    { label: `$(key) ${l10n.t('Login and password')}`, value: 'password' },
    { label: `$(shield) ${l10n.t('API key')}`, value: 'key' },
    {
      label: `$(beaker) ${l10n.t('Demo account')}`,
      description: l10n.t('made-up messages, no network'),
      value: 'demo',
    },
  ];
  const fromEnvironment = environmentCredentials(process.env);
  if (fromEnvironment !== undefined) {
    const description = fromEnvironment.kind === 'key' ? 'SMSC_API_KEY' : 'SMSC_LOGIN, SMSC_PASSWORD';
    items.push({
      label: `$(terminal) ${l10n.t('Environment variables')}`,
      description,
      value: 'environment',
    });
  }
  const placeholder = l10n.t('How does this account sign in?');
  const result = await askPick({
    ...place,
    title: draft.title,
    placeholder,
    items,
    ...(draft.way && { active: draft.way }),
  });
  if (result.kind === 'value') draft.way = result.value;
  return result;
};

const isStored = (way: Way | undefined): boolean => way === 'password' || way === 'key';

const askEndpoint: Step<Draft> = (draft, place) => {
  if (!isStored(draft.way)) return 'skip';
  const items: Choice<string>[] = knownHosts.map((host) => ({ label: host, value: endpointOf(host) }));
  const known = items.some(({ value }) => value === draft.endpoint);
  items.push({
    label: `$(edit) ${l10n.t('Another address…')}`,
    ...(!known && { description: draft.endpoint }),
    value: 'other',
  });
  const placeholder = l10n.t('Where did you register the account?');
  return askPick({
    ...place,
    title: draft.title,
    placeholder,
    items,
    active: known ? draft.endpoint : 'other',
  }).then((result) => {
    if (result.kind === 'value') {
      draft.otherAddress = result.value === 'other';
      if (!draft.otherAddress) draft.endpoint = result.value;
    }
    return result;
  });
};

const askAddress: Step<Draft> = (draft, place) => {
  if (!isStored(draft.way) || !draft.otherAddress) return 'skip';
  const prompt = l10n.t('Address of soap.php');
  return askText({
    ...place,
    title: draft.title,
    prompt,
    value: draft.endpoint,
    validate: addressProblem,
  }).then((result) => {
    const parsed = result.kind === 'value' ? parseEndpoint(result.value) : undefined;
    if (parsed?.ok) draft.endpoint = parsed.value;
    return result;
  });
};

function addressProblem(text: string): string | undefined {
  const parsed = parseEndpoint(text);
  return parsed.ok ? undefined : endpointProblem(parsed.problem);
}

const askLogin: Step<Draft> = (draft, place) => {
  if (draft.way !== 'password') return 'skip';
  const validate = (text: string): string | undefined =>
    text.trim() === '' ? l10n.t('Enter the login.') : undefined;
  return askText({
    ...place,
    title: draft.title,
    prompt: l10n.t('Login'),
    value: draft.login,
    validate,
  }).then((result) => {
    if (result.kind === 'value') draft.login = result.value.trim();
    return result;
  });
};

const askSecret: Step<Draft> = (draft, place) => {
  if (!isStored(draft.way)) return 'skip';
  const what = draft.way === 'key' ? l10n.t('API key') : l10n.t('Password (or its MD5)');
  const prompt =
    draft.keptSecret === undefined ? what : l10n.t('{0}: leave empty to keep the present one', what);
  const validate = (text: string): string | undefined =>
    text === '' && draft.keptSecret === undefined
      ? l10n.t('Enter it as it stands in your account’s settings.')
      : undefined;
  return askText({ ...place, title: draft.title, prompt, password: true, validate }).then((result) => {
    if (result.kind === 'value') draft.secret = result.value;
    return result;
  });
};

function labelQuestion(book: AccountBook, self?: string): Step<Draft> {
  return (draft, place) => {
    if (draft.way === 'demo') return 'skip';
    const value = draft.label === '' ? suggestedLabel(draft) : draft.label;
    const prompt = l10n.t('Name of the account in VS Code');
    const validate = (text: string): string | undefined => {
      if (text.trim() === '') return l10n.t('Enter a name that tells this account from others.');
      const taken = book.all().some(({ id, label }) => id !== self && label === text.trim());
      return taken ? l10n.t('Another account has this name already.') : undefined;
    };
    return askText({ ...place, title: draft.title, prompt, value, validate }).then((result) => {
      if (result.kind === 'value') draft.label = result.value.trim();
      return result;
    });
  };
}

function suggestedLabel({ way, login, endpoint }: Draft): string {
  if (way === 'environment') return l10n.t('Environment');
  const { host } = new URL(endpoint);
  return way === 'password' ? `${login} · ${host}` : host;
}

function accountOf({ way, endpoint, login, secret, keptSecret, label }: Draft): NewAccount {
  const value = secret === '' ? (keptSecret ?? '') : secret;
  const credentials: Credentials =
    way === 'key' ? { kind: 'key', apiKey: value } : { kind: 'password', login, password: value };
  return { label, endpoint, credentials, place: 'keyring' };
}

/** Keeps the account; when the keyring fails, says why and offers to keep the secret for this session. */
async function keepOrOffer(
  account: NewAccount,
  keep: (account: NewAccount) => Promise<Account>,
): Promise<Account | undefined> {
  try {
    return await keep(account);
  } catch (error) {
    if (!(error instanceof KeyringError)) throw error;
    const session = l10n.t('Keep for This Session');
    const answer = await window.showWarningMessage(keyringProblem(error), session);
    return answer === session ? keep({ ...account, place: 'session' }) : undefined;
  }
}
