import { existsSync } from 'node:fs';
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The project's folder. Found from where the built file lies, which is somewhere below it. */
export const root = findRoot(import.meta.dirname);

/** What is fetched once and kept: VS Code, Node, a browser. Ignored by git. */
export const fetched = path.join(root, '.vscode-test');

function findRoot(from: string): string {
  if (existsSync(path.join(from, 'package-lock.json'))) {
    return from;
  }
  const parent = path.dirname(from);
  if (parent === from) {
    throw new Error(`No project folder above ${import.meta.dirname}`);
  }
  return findRoot(parent);
}

/** @returns a new empty folder; its name is short because VS Code puts sockets into it */
export async function temporaryFolder(name: string): Promise<string> {
  return realpath(await mkdtemp(path.join(tmpdir(), `smsc-${name}-`)));
}
