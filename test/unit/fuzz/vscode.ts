import { registerHooks } from 'node:module';
import { setImmediate } from 'node:timers/promises';

/**
 * Stands in for VS Code where what is tried only takes words and settings from it: a hundred thousand views take too
 * long in an extension host, and a tool's input can be read without one. Import what needs it after this file, by
 * `await import(…)`.
 */
const source = `
export const env = { language: 'en', uriScheme: 'vscode' };
export const l10n = {
  t: (text, ...values) => text.replace(/\\{(\\d+)\\}/g, (whole, index) => String(values[index] ?? whole)),
};
export const workspace = { getConfiguration: () => ({ get: (name) => globalThis.testSettings?.[name] }) };
export const window = {}, ConfigurationTarget = {}, ProgressLocation = {}, QuickInputButtons = {};
export const Uri = { parse: (text) => ({ path: decodeURIComponent(new URL(text).pathname) }) };
export class EventEmitter {}
export class LanguageModelTextPart {}
export class LanguageModelToolResult {}
export class MarkdownString {}
`;

/** Gives the settings their values; each has none at first. Privacy is read once in a turn of the event loop. */
export async function useSettings(values: Record<string, unknown>): Promise<void> {
  Object.assign(globalThis, { testSettings: values });
  await setImmediate();
}

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode'
      ? { url: `data:text/javascript,${encodeURIComponent(source)}`, shortCircuit: true }
      : next(specifier, context),
});
