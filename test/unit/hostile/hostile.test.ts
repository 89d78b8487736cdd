import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import tls from 'node:tls';
import { inspect } from 'node:util';
import { createClient } from '../../../src/smsc/client.ts';
import { failureOf, SmscError } from '../../../src/smsc/errors.ts';
import type { StatusAnswer } from '../../../src/smsc/report.ts';
import type { Exchange } from '../../../src/smsc/service.ts';
import { authority, signed } from '../../support/certificate.ts';
import { closeServers, http, serve } from '../../support/server.ts';
import { message, statusEnvelope } from '../../support/soap.ts';
import { account, apiKey, type Case, login, password, type Report } from './case.ts';
import { echoes, texts, values } from './fields.ts';
import { compressions, encodings, pages, redirects, statuses } from './http.ts';
import { collect, type Cost, costOf, heard } from './measure.ts';
import { connections, frames, informational, protocols } from './network.ts';
import { certificates, descriptions, proxies, ways } from './outside.ts';
import { entityBombs, messages, names, shapes } from './xml.ts';

const table: Record<string, readonly Case[]> = {
  connections,
  frames,
  'other protocols': protocols,
  'informational answers': informational,
  'HTTP statuses': statuses,
  redirects,
  'pages and other bodies': pages,
  'content types and character sets': encodings,
  compressions,
  entities: entityBombs,
  'large, deep and wide documents': shapes,
  'messages and faults': messages,
  'names of JavaScript': names,
  texts,
  values,
  echoes,
  certificates,
  proxies,
  'ways to the host': ways,
  descriptions,
};

/** What must turn up nowhere. */
const secrets = [login, password, apiKey, createHash('md5').update(password).digest('hex')].flatMap(
  (secret) => [
    secret,
    encodeURIComponent(secret),
    secret.replace('&', '&amp;'),
    Buffer.from(secret).toString('base64'),
  ],
);

const longestBlockMs = 50;
const mostMemoryMb = 96;
/** What a server gets rid of before the client hangs up: what the client may read, and the system's own buffers. */
const mostBytes = 32_000_000;

const good = statusEnvelope('<status>2</status><next>good</next>');
const propertiesOfObjects = Reflect.ownKeys(Object.prototype).length;

/** Of Node 24, and not yet in the types of Node 22. */
const { setDefaultCACertificates } = tls as unknown as {
  setDefaultCACertificates: (all: string[]) => void;
};

describe('hostile', () => {
  const trusted = tls.getCACertificates();
  let cases = 0;

  before(() => setDefaultCACertificates([...trusted, authority]));
  after(() => {
    setDefaultCACertificates(trusted);
    process.stdout.write(`    hostile: ${cases} cases\n`);
  });
  afterEach(closeServers);

  for (const [kind, rows] of Object.entries(table)) {
    describe(kind, () => {
      for (const row of rows) {
        it(row[0], async () => {
          await survive(row);
          cases += 1;
        });
      }
    });
  }
});

async function survive(row: Case): Promise<void> {
  let cost = await observe(row);
  // What a case costs it costs each time; what else happens, such as collecting others' garbage, only once.
  for (let again = 0; again < 4 && !isFair(cost); again += 1) {
    collect();
    cost = await observe(row);
  }
  assert.ok(isFair(cost), `${cost.blockedMs} ms without a break, ${cost.memoryMb} MB`);
}

function isFair({ blockedMs, memoryMb }: Cost): boolean {
  return blockedMs <= longestBlockMs && memoryMb <= mostMemoryMb;
}

/** Has a client meet the case, and one good answer after it. */
async function observe([, answer, expected, circumstances = {}]: Case): Promise<Cost> {
  const { timeoutMs = 8000, requests = 1, credentials = account, certificate, during } = circumstances;
  let hostile = true;
  const server = await serve((request, socket) => {
    if (!hostile) return http(good);
    if (typeof answer === 'function') return answer(request, socket);
    return typeof answer === 'string' && !answer.startsWith('HTTP/') ? http(answer) : answer;
  }, certificate);
  const client = createClient({
    endpoint: server.url.replace('127.0.0.1', 'localhost'),
    credentials,
    timeoutMs: () => (hostile ? timeoutMs : 20_000),
  });
  const exchanges: Exchange[] = [];
  const options = { onExchange: (exchange: Exchange) => exchanges.push(exchange) };
  let outcome: unknown;
  const restore = await during?.();
  const started = performance.now();
  const { result: cost, lines } = await heard(() =>
    costOf(async () => {
      outcome = await client.getStatus({ ...message, detail: 2 }, options).catch((error: unknown) => error);
    }),
  );
  const took = performance.now() - started;
  restore?.();

  assertNoSecret(outcome, exchanges, lines);
  if ('reason' in expected) assertFailure(outcome, expected);
  else assertReport(outcome, expected);
  assert.ok(took < timeoutMs + 5000, `it took ${took} ms`);
  assert.equal(server.requests.length, requests);
  assert.ok(server.written() < mostBytes, `${server.written()} bytes`);
  assert.equal(Reflect.ownKeys(Object.prototype).length, propertiesOfObjects);

  hostile = false;
  if (certificate) server.show(signed.good);
  assert.equal((await client.getStatus(message)).fields.next, 'good');
  return cost;
}

function assertFailure(outcome: unknown, expected: object): void {
  assert.ok(outcome instanceof SmscError, `no error of ours: ${inspect(outcome).slice(0, 1000)}`);
  assert.deepEqual(failureOf(outcome), expected);
}

function assertReport(outcome: unknown, { status, fields = {} }: Report): void {
  assert.ok(!(outcome instanceof Error), `no report: ${String(outcome)}`);
  const report = outcome as StatusAnswer;
  assert.equal(report.status.code, status);
  for (const [name, value] of Object.entries(fields)) assert.equal(report.fields[name], value);
}

/** Looks through everything that comes out of a check, also what is hidden in it. */
function assertNoSecret(outcome: unknown, exchanges: readonly Exchange[], lines: readonly string[]): void {
  const words =
    outcome instanceof Error ? [outcome.message, outcome.stack, String(outcome), outcome.cause] : [];
  const everything = [outcome, words, exchanges, lines];
  const shown = inspect(everything, {
    depth: null,
    showHidden: true,
    maxStringLength: null,
    maxArrayLength: null,
    breakLength: Number.POSITIVE_INFINITY,
  });
  // `inspect` escapes and splits long texts.
  const json = JSON.stringify(everything);
  for (const secret of secrets) {
    assert.ok(!shown.includes(secret) && !json.includes(secret), 'a secret came out');
  }
}
