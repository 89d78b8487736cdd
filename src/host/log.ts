import { window, type LogOutputChannel } from 'vscode';

export interface Log {
  dispose(): void;
  info(text: string): void;
  warn(text: string): void;
  show(): void;
  /** Makes sure that this text never stands in a line of the log. */
  hide(secret: string): void;
}

/** The log channel. Every line goes through one redaction, whoever wrote it. */
export function createLog(
  channel: Pick<LogOutputChannel, 'info' | 'warn' | 'show' | 'dispose'> = window.createOutputChannel(
    'SMSC Delivery Status',
    { log: true },
  ),
): Log {
  const hidden = new Set<string>();
  const clean = (text: string): string => redact(text, hidden);
  return {
    info: (text) => channel.info(clean(text)),
    warn: (text) => channel.warn(clean(text)),
    show: () => channel.show(true),
    hide: (secret) => {
      // A short one would take figures out of harmless lines, and no line is made with a secret in it anyway.
      if (secret.length >= 6) hidden.add(secret);
    },
    dispose: () => channel.dispose(),
  };
}

/** A line without known secrets, without the values of credential parameters, and without line breaks. */
export function redact(text: string, secrets: Iterable<string>): string {
  let line = text.replace(/[\r\n]+/g, ' ');
  for (const secret of secrets) line = line.replaceAll(secret, '***');
  return line.replace(/\b(psw|password|apikey|login)(["']?\s*[=:>]\s*["']?)[^\s&<"']+/gi, '$1$2***');
}
