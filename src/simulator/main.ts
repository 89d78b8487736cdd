import { readArguments, toJson, toText, usage } from './cli.ts';
import type { Arguments } from './cli.ts';
import { startSimulator } from './server.ts';

/** Runs until it is interrupted. */
async function run({ host, port, latencyMs, json }: Arguments): Promise<void> {
  const simulator = await startSimulator({ host, port, latencyMs });
  process.stdout.write((json ? toJson : toText)(simulator, Date.now()));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void simulator.close());
  }
}

function fail(message: string, code: number): void {
  process.stderr.write(`simulator: ${message}\n`);
  process.exitCode = code;
}

function explain(error: NodeJS.ErrnoException, { host, port }: Arguments): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `port ${port} is taken; choose another with --port, or none for a free one`;
    case 'EACCES':
      return `port ${port} may not be used by this user`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `this machine has no address ${host}`;
    default:
      return error.message;
  }
}

let given: Arguments | undefined;
try {
  given = readArguments(process.argv.slice(2));
  if (given.help) process.stdout.write(usage);
  else await run(given);
} catch (error) {
  if (given === undefined) fail(`${(error as Error).message}\n\n${usage}`, 2);
  else fail(explain(error as NodeJS.ErrnoException, given), 1);
}
