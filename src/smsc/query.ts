/**
 * Whether a query string of `get_status2` may delete the message: over HTTP `del=1` does, and nobody should do that by a
 * forgotten parameter. Of several the service may take any, and for PHP ` del` and `del[]` are `del` too.
 */
export function deletes(query: string | undefined): boolean {
  return [...new URLSearchParams(query ?? '')].some(
    ([name, value]) => /^\s*del(?:\[|$)/.test(name) && value !== '' && value !== '0',
  );
}
