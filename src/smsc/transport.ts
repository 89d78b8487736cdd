// The modules as a whole, not their functions: VS Code replaces `request` in them to bring in proxies and the
// system's certificates.
import http from 'node:http';
import https from 'node:https';
import { type Detail, SmscError } from './errors.ts';

/** More than any answer of the service; what is longer is not one. */
export const maxAnswerBytes = 256 * 1024;

/** The longest time that a timer takes; it would fire at once for a longer one. */
const longestTimerMs = 2 ** 31 - 1;

export interface HttpRequest {
  url: string;
  headers: Record<string, string>;
  /** Sent as UTF-8 with POST. A request without a body is a GET. */
  body?: string;
  /** When the last byte of the answer must be here, on the clock of `performance.now()`. */
  deadline: number;
  signal?: AbortSignal | undefined;
  /** Whether it does no harm to send the request twice. */
  repeatable: boolean;
}

export interface HttpAnswer {
  status: number;
  contentType: string | undefined;
  body: Buffer;
}

/**
 * Sends a request and reads the whole answer, whatever its status, except for redirects, which are refused: the
 * request may carry a password. Aborting and running out of time close the connection.
 * @throws SmscError `network`, `timeout`, `cancelled` or `protocol`, and nothing else
 */
export function exchange(request: HttpRequest): Promise<HttpAnswer> {
  return attempt(request, request.repeatable);
}

function attempt(request: HttpRequest, mayRepeat: boolean): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const { signal } = request;
    if (signal?.aborted) {
      reject(new SmscError('cancelled'));
      return;
    }
    const sent = open(request);
    let settled = false;
    let answered = false;

    const settle = (act: () => void): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      act();
    };
    const fail = (error: SmscError): void =>
      settle(() => {
        sent.destroy();
        reject(error);
      });
    const cancel = (): void => fail(new SmscError('cancelled'));
    const left = Math.min(Math.max(request.deadline - performance.now(), 0), longestTimerMs);
    const timer = setTimeout(() => fail(new SmscError('timeout')), left);
    signal?.addEventListener('abort', cancel, { once: true });

    sent.on('error', (error) => {
      // The server closed an idle connection in the moment in which it was taken up again.
      const stale = sent.reusedSocket && !answered && detailOf(error) === 'reset';
      if (stale && mayRepeat) settle(() => resolve(attempt(request, false)));
      else fail(failureOf(error));
    });
    // Node says no more when the server turns to another protocol.
    sent.on('close', () => {
      if (!settled) fail(new SmscError('network', { detail: 'reset' }));
    });
    sent.on('response', (response) => {
      answered = true;
      const refusal = refusalOf(response);
      if (refusal) {
        fail(refusal);
        return;
      }
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > maxAnswerBytes) fail(new SmscError('protocol', { detail: 'tooLarge' }));
      });
      response.on('error', (error) => fail(failureOf(error)));
      response.on('end', () =>
        settle(() =>
          resolve({
            status: response.statusCode ?? 0,
            contentType: response.headers['content-type'],
            body: Buffer.concat(chunks, size),
          }),
        ),
      );
    });
    sent.end(request.body);
  });
}

function open({ url, headers, body }: HttpRequest): http.ClientRequest {
  const options: https.RequestOptions = {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...headers,
      // Asked for by a header: VS Code puts its own agent in the place of one given here.
      Connection: 'keep-alive',
      'Accept-Encoding': 'identity',
      ...(body !== undefined && { 'Content-Length': Buffer.byteLength(body) }),
    },
    // Said although it is the default: the environment (NODE_TLS_REJECT_UNAUTHORIZED) can change that one.
    rejectUnauthorized: true,
  };
  try {
    return url.startsWith('https:') ? https.request(url, options) : http.request(url, options);
  } catch (error) {
    throw failureOf(error);
  }
}

/** Why an answer is not even read. */
function refusalOf({ statusCode = 0, headers }: http.IncomingMessage): SmscError | undefined {
  if (statusCode >= 300 && statusCode < 400) {
    return new SmscError('protocol', { detail: 'redirect', httpStatus: statusCode });
  }
  if (statusCode === 407) return new SmscError('network', { detail: 'proxy' });
  if (Number(headers['content-length'] ?? 0) > maxAnswerBytes) {
    return new SmscError('protocol', { detail: 'tooLarge' });
  }
  if (!['', 'identity'].includes((headers['content-encoding'] ?? '').toLowerCase())) {
    return new SmscError('protocol', { detail: 'malformed' });
  }
  return undefined;
}

/** The failure behind an error of Node's. The error itself goes no further: it may hold the request. */
function failureOf(error: unknown): SmscError {
  const code = codeOf(error);
  if (/^ETIMEDOUT$|_TIMEOUT$/.test(code)) return new SmscError('timeout');
  // What came is not HTTP.
  if (code.startsWith('HPE_')) return new SmscError('protocol', { detail: 'malformed' });
  const detail = detailOf(error);
  return new SmscError('network', detail && { detail });
}

const detailPatterns: readonly (readonly [Detail, RegExp])[] = [
  ['dns', /^(ENOTFOUND|ENODATA|EAI_.*)$/],
  ['refused', /^ECONNREFUSED$/],
  ['unreachable', /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EHOSTDOWN|ENETDOWN)$/],
  ['reset', /^(ECONNRESET|ECONNABORTED|EPIPE)$/],
  // Node's own way to proxies; VS Code's hands the proxy's answer on.
  ['proxy', /^ERR_PROXY_TUNNEL$/],
  // The names of OpenSSL's verification results, and Node's own ERR_TLS_CERT_ALTNAME_INVALID.
  ['certificate', /CERT|CRL|^UNABLE_TO_|^INVALID_(CA|PURPOSE)$|^HOSTNAME_MISMATCH$|^PATH_LENGTH_EXCEEDED$/],
];

function detailOf(error: unknown): Detail | undefined {
  const code = codeOf(error);
  return detailPatterns.find(([, pattern]) => pattern.test(code))?.[0];
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
