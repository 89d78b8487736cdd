import { commands } from 'vscode';
import { commands as ids } from '../../src/ids.ts';
import { markedLogins } from '../support/marked.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator/server.ts';

/** An SMSC on this machine, and an account of the extension that uses it. */
export interface TestService {
  simulator: Simulator;
  /** The account's id in the extension. */
  account: string;
}

let number = 0;

/** Starts a service and adds an account for it, as another extension would. */
export async function startService(options: SimulatorOptions = {}): Promise<TestService> {
  const simulator = await startSimulator({ logins: markedLogins, ...options });
  const { url, login, password } = simulator;
  return { simulator, account: await addAccount({ login, password, endpoint: url }) };
}

/** Adds an account under a name of its own; resolves to its id. */
export async function addAccount(account: Record<string, unknown>): Promise<string> {
  number += 1;
  return commands.executeCommand<string>(ids.addAccount, { label: `Test ${number}`, ...account });
}

/** Calls `smsc.checkStatus` with arguments. */
export async function check(value: Record<string, unknown>): Promise<unknown> {
  return commands.executeCommand(ids.checkStatus, value);
}

/** For assert.rejects: an error with this reason, and with SMSC's code where one is given. */
export function fails(reason: string, code?: number): (error: unknown) => boolean {
  return (error) =>
    error instanceof Error &&
    'reason' in error &&
    error.reason === reason &&
    (code === undefined || ('code' in error && error.code === code));
}
