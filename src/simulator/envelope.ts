import sax from 'sax';
import type { Charset } from './charset.ts';

const soap = 'http://schemas.xmlsoap.org/soap/envelope/';

/** The first element of a request's Body. */
export interface Call {
  namespace: string;
  element: string;
  /** The unqualified children by name. The schema knows no others, so a PHP server would not find them. */
  parameters: ReadonlyMap<string, string>;
}

/** What a SOAP server answers to a request that it cannot take, in the words of PHP's. */
export interface Fault {
  code: 'Client' | 'Server' | 'VersionMismatch' | 'MustUnderstand';
  text: string;
}

/** Far more than a call needs. */
const maxDepth = 32;

export type Fields = readonly (readonly [name: string, value: string | Fields])[];

export const badRequest: Fault = { code: 'Client', text: 'Bad Request' };

/** Reads a SOAP 1.1 envelope. */
export function readCall(xml: string): { call: Call } | { fault: Fault } {
  const parser = sax.parser(true, { xmlns: true });
  const path: string[] = [];
  const parameters = new Map<string, string>();
  const found: { root?: true; body?: true; call?: Call; parameter?: string | undefined; fault?: Fault } = {};

  // Going on after an error would cost an error object for each character that follows.
  parser.onerror = (error) => {
    throw error;
  };
  parser.ondoctype = () => {
    found.fault ??= { code: 'Server', text: 'DTD are not supported by SOAP' };
  };
  parser.onopentag = ({ local, uri, attributes }) => {
    if (path.length === maxDepth) throw new RangeError('nested too deeply');
    path.push(uri === soap ? `soap:${local}` : local);
    const [envelope, part] = path;
    found.root = true;
    if (envelope !== 'soap:Envelope') {
      found.fault ??= { code: 'VersionMismatch', text: 'Wrong Version' };
    } else if (part === 'soap:Header' && Object.values(attributes).some(isMustUnderstand)) {
      found.fault ??= { code: 'MustUnderstand', text: 'Header not understood' };
    } else if (part === 'soap:Body') {
      found.body = true;
      if (path.length === 3) found.call ??= { namespace: uri, element: local, parameters };
      if (path.length === 4 && uri === '') {
        found.parameter = local;
        parameters.set(local, '');
      }
    }
  };
  parser.ontext = parser.oncdata = (text) => {
    const { parameter } = found;
    if (parameter === undefined || path.length !== 4) return;
    parameters.set(parameter, `${parameters.get(parameter) ?? ''}${text}`);
  };
  parser.onclosetag = () => {
    if (path.length === 4) found.parameter = undefined;
    path.pop();
  };
  try {
    parser.write(xml).close();
  } catch {
    found.fault ??= badRequest;
  }

  const { fault, root, body, call } = found;
  if (fault !== undefined) return { fault };
  if (root === undefined) return { fault: badRequest };
  if (body === undefined)
    return { fault: { code: 'Client', text: 'Body must be present in a SOAP envelope' } };
  if (call === undefined) {
    return { fault: { code: 'Client', text: 'looks like we got "Body" without function call' } };
  }
  return { call };
}

function isMustUnderstand({ uri, local, value }: { uri: string; local: string; value: string }): boolean {
  return uri === soap && local === 'mustUnderstand' && value === '1';
}

/** An answer: its element in the service's namespace, in it the unqualified result with the fields. */
export function answerXml(charset: Charset, namespace: string, element: string, content: Fields): string {
  return envelope(
    charset,
    ` xmlns:ns1="${escapeXml(namespace)}"`,
    `<ns1:${element}>${fieldsXml(content)}</ns1:${element}>`,
  );
}

export function faultXml(charset: Charset, { code, text }: Fault): string {
  const fields = fieldsXml([
    ['faultcode', `SOAP-ENV:${code}`],
    ['faultstring', text],
  ]);
  return envelope(charset, '', `<SOAP-ENV:Fault>${fields}</SOAP-ENV:Fault>`);
}

function envelope(charset: Charset, attributes: string, body: string): string {
  return (
    `<?xml version="1.0" encoding="${charset.toUpperCase()}"?>\n` +
    `<SOAP-ENV:Envelope xmlns:SOAP-ENV="${soap}"${attributes}>` +
    `<SOAP-ENV:Body>${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>\n`
  );
}

function fieldsXml(fields: Fields): string {
  return fields
    .map(([name, value]) => {
      const content = typeof value === 'string' ? escapeXml(value) : fieldsXml(value);
      return content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`;
    })
    .join('');
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');
}
