import {
  l10n,
  LanguageModelTextPart,
  LanguageModelToolResult,
  MarkdownString,
  type LanguageModelTool,
  type PreparedToolInvocation,
} from 'vscode';
import { signalOf } from '../host/cancellation.ts';
import type { Services } from '../host/services.ts';
import { accountDescription } from '../host/words/accounts.ts';
import { maskedMessage } from '../smsc/mask.ts';
import type { Account } from '../history/types.ts';
import { answerForAgent, errorForAgent } from '../smsc/agent.ts';
import { failureOf, SmscError } from '../smsc/errors.ts';
import { parseId, parsePhone, type MessageName } from '../smsc/message.ts';
import { findAccount } from './checkArguments.ts';
import { given } from './given.ts';

interface Asked {
  name: MessageName;
  account: Account;
}

/**
 * The tool `smsc_check_delivery_status` for coding agents. Its answers are made of our own words and of codes: a
 * message's text, sender or status name are other people's words and could instruct the model.
 */
export function createAgentTool(services: () => Promise<Services>): LanguageModelTool<unknown> {
  const read = async (input: unknown): Promise<Asked> => {
    const { book } = await services();
    return readInput(input, book.all(), book.active());
  };
  return {
    prepareInvocation: async ({ input }): Promise<PreparedToolInvocation> => {
      const asked = await read(input).catch(() => undefined);
      // What is wrong with the input is told by the call itself, to the model.
      if (asked === undefined) return {};
      const { phone, id } = maskedMessage(asked.name);
      const where = accountDescription(asked.account);
      const message = new MarkdownString().appendText(
        l10n.t(
          'One request about the message {0} with ID {1}, for the account {2} ({3}).',
          phone,
          id,
          asked.account.label,
          where,
        ),
      );
      return {
        invocationMessage: l10n.t('Checking {0} · {1}', phone, id),
        confirmationMessages: { title: l10n.t('Ask SMSC for a delivery status?'), message },
      };
    },
    invoke: async ({ input }, token) => {
      try {
        const { name, account } = await read(input);
        const { tracker } = await services();
        const message = { account: account.id, ...name };
        const report = await tracker.check(message, { origin: 'agent', wait: false }, signalOf(token));
        return new LanguageModelToolResult([
          new LanguageModelTextPart(JSON.stringify(answerForAgent(report), null, 2)),
        ]);
      } catch (error) {
        throw errorForAgent(failureOf(error));
      }
    },
  };
}

/** Reads the tool’s input. Throws `SmscError` with `input` or `noAccount`. */
export function readInput(input: unknown, accounts: readonly Account[], active: Account | undefined): Asked {
  const { phone, id, account } = given(input, 'phone', 'id', 'account');
  const parsedPhone = typeof phone === 'string' ? parsePhone(phone) : undefined;
  const parsedId = typeof id === 'string' ? parseId(id) : undefined;
  if (!parsedPhone?.ok || !parsedId?.ok) throw new SmscError('input');
  return {
    name: { phone: parsedPhone.value, id: parsedId.value },
    account: findAccount(account, accounts, active),
  };
}
