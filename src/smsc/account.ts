/** What proves an account to the service. Lives in secret storage only; passed on, never kept. */
export type Credentials =
  { kind: 'password'; login: string; password: string } | { kind: 'key'; apiKey: string };

/** The brands of the service that answer at the same path. The first is the default. */
export const knownHosts = ['smscentre.com', 'smsc.ru', 'smsc.kz', 'smsc.ua', 'smsc.tj', 'smsc.uz'] as const;

/** The address of `soap.php` at one of the known hosts. */
export function endpointOf(host: (typeof knownHosts)[number]): string {
  return `https://${host}/sys/soap.php`;
}

export const defaultEndpoint = endpointOf(knownHosts[0]);

export type EndpointProblem = 'notAnAddress' | 'notHttps' | 'credentialsInAddress' | 'queryInAddress';

/**
 * Reads the address of a `soap.php`. `https:` only, since the request carries the password; plain `http:` is for
 * programs on this machine.
 */
export function parseEndpoint(
  text: string,
): { ok: true; value: string } | { ok: false; problem: EndpointProblem } {
  const address = text.trim();
  if (!URL.canParse(address)) return { ok: false, problem: 'notAnAddress' };
  const url = new URL(address);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    return { ok: false, problem: url.protocol === 'http:' ? 'notHttps' : 'notAnAddress' };
  }
  if (url.username !== '' || url.password !== '') return { ok: false, problem: 'credentialsInAddress' };
  // An empty query or fragment stays in the address.
  if (/[?#]/.test(url.href)) return { ok: false, problem: 'queryInAddress' };
  return { ok: true, value: url.href };
}

/** Whether a host name means this machine. `localhost` counts: browsers and Node resolve it here. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
  );
}
