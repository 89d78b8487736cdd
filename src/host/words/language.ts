import { env } from 'vscode';
import type { Bilingual } from '../../smsc/codes.ts';

/** The language that SMSC's own names and causes are shown in: Russian where VS Code speaks it, else English. */
export function language(tag = env.language): 'en' | 'ru' {
  return /^ru\b/i.test(tag) ? 'ru' : 'en';
}

/** The half of a bilingual text that this user reads. */
export function pick(text: Bilingual, tag = env.language): string {
  return text[language(tag)];
}
