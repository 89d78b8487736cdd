import assert from 'node:assert/strict';
import {
  bundledContract,
  differences,
  readContract,
  targetNamespaceOf,
  wsdlFor,
} from '../../../src/smsc/contract.ts';
import type { Contract } from '../../../src/smsc/contract.ts';

/** Operation, request element and fields, answer element, result and fields; `?` marks what may be absent. */
const table = `
get_status    | status  | login psw phone id all?                     | StatusResponse  | statusresult
get_status2   | status2 | login psw phone id all? query               | Status2Response | statusresult
get_balance   | balance | login psw                                   | BalanceResponse | balanceresult
send_sms      | send    | login psw phones mes id? sender? time?        | SendResponse    | sendresult
send_sms2     | send2   | login psw phones mes id? sender? time? query? | Send2Response   | sendresult
get_sms_cost  | cost    | login psw phones mes                        | CostResponse    | costresult
get_sms_cost2 | cost2   | login psw phones mes query                  | Cost2Response   | costresult
`;
const status =
  'status? last_date? last_timestamp? err? error? send_date? send_timestamp? phone? cost? sender_id? status_name? ' +
  'message? operator? region? sms_cnt?';
const answers: Record<string, string> = {
  StatusResponse: status,
  Status2Response: status,
  BalanceResponse: 'balance? error?',
  SendResponse: 'id? balance? cost? cnt? error?',
  Send2Response: 'id? balance? cost? cnt? error? errors?',
  CostResponse: 'cost? cnt? error?',
  Cost2Response: 'cost? cnt? error?',
};

const here = 'http://127.0.0.1:8025/sys/soap.php';
const bundled = wsdlFor(here, here);

function read(wsdl: string): Contract {
  const found = readContract(wsdl);
  assert.ok(found);
  return found;
}

describe('contract', () => {
  it('is the one that the service documents', () => {
    const fields = (list: readonly { name: string; optional: boolean }[]): string =>
      list.map(({ name, optional }) => `${name}${optional ? '?' : ''}`).join(' ');
    const rows = table
      .trim()
      .split('\n')
      .map((line) => line.split('|').map((cell) => cell.trim()));
    assert.deepEqual(
      bundledContract().operations.map(({ name, request, answer }) => [
        ...[name, request.element, fields(request.fields), answer.element, answer.result],
        fields(answer.fields),
      ]),
      rows.map((row) => [...row, answers[row[3] ?? '']]),
    );
  });

  it('is document/literal with unqualified text in its fields', () => {
    assert.equal(bundled.match(/<soap:body use="literal"\/>/g)?.length, 14);
    assert.equal(bundled.match(/style="document"/g)?.length, 8);
    assert.doesNotMatch(bundled, /elementFormDefault|import/);
    const types = new Set(bundled.match(/(?<=<xsd:element name="[^"]*" type=")[^"]*/g));
    assert.deepEqual(
      [...types].filter((type) => !type.endsWith('result') && !type.endsWith('result2')).sort(),
      ['tns:senderror', 'xsd:string'],
    );
  });

  it('takes the namespace and the address', () => {
    const wsdl = wsdlFor('urn:x"<&$1', 'http://127.0.0.1/a?b&c');
    assert.match(wsdl, /<soap:address location="http:\/\/127\.0\.0\.1\/a\?b&amp;c"\/>/);
    assert.doesNotMatch(wsdl, /smscentre/);
    const { targetNamespace, operations } = read(wsdl);
    assert.equal(targetNamespace, 'urn:x"<&$1');
    assert.ok(operations.every(({ soapAction }) => soapAction === 'urn:x"<&$1'));
    assert.equal(wsdl.match(/urn:x/g)?.length, 3 + 7);
  });
});

describe('reading a contract', () => {
  it('does not depend on prefixes, attributes or order', () => {
    const other = bundled
      .replace('xmlns="http://schemas.xmlsoap.org/wsdl/"', 'xmlns:w="http://schemas.xmlsoap.org/wsdl/"')
      .replaceAll(
        /(<\/?)(definitions|types|message|part|portType|operation|input|output|binding|service|port)\b/g,
        '$1w:$2',
      )
      .replaceAll('xsd:', 's:')
      .replace('xmlns:xsd', 'xmlns:s')
      .replaceAll('minOccurs="0"', 'id="a" maxOccurs="1" minOccurs="0"')
      .replace(/(<w:types>.*<\/w:types>)(.*)(?=<w:service )/s, '$2$1');
    assert.notEqual(other.indexOf('<w:types>'), bundled.indexOf('<types>'));
    assert.deepEqual(read(other), read(bundled));
  });

  it('accepts types that are written in place, and imports, which it does not follow', () => {
    const inline = bundled
      .replace('<types>', '<types><!-- c --><xsd:import schemaLocation="http://127.0.0.1:1/x.xsd"/>')
      .replace(
        '<xsd:element name="balanceresult" type="tns:balanceresult"/>',
        '<xsd:element name="balanceresult"><xsd:complexType><xsd:all><xsd:element name="balance" minOccurs="0"/>' +
          '<xsd:element name="error" minOccurs="0"/></xsd:all></xsd:complexType></xsd:element>',
      );
    assert.notEqual(inline, bundled);
    assert.deepEqual(read(inline), read(bundled));
  });

  it('gives up on what is no WSDL', () => {
    const strange = [
      '',
      'OK',
      '{"error":1}',
      '<!DOCTYPE html><html><body>Not found<br></body></html>',
      bundled.slice(0, -20),
      bundled.replace('<types>', '<types>&bomb;'),
      `<!DOCTYPE d [<!ENTITY a "aaaa">]>${bundled.replace('name="Service"', 'name="&a;"')}`,
      bundled.replace(/targetNamespace="[^"]*"/, ''),
      bundled.replace('</definitions>', `${' '.repeat(1024 * 1024)}</definitions>`),
      '\u0000\uffff<a',
    ];
    for (const text of strange) assert.equal(readContract(text), undefined, text.slice(0, 60));
  });

  it('gives up on endless nesting', () => {
    const [open, close] = ['<xsd:sequence xmlns:a="urn:a">', '</xsd:sequence>'];
    const nested = (depth: number): string =>
      bundled
        .replace('<xsd:sequence>', `<xsd:sequence>${open.repeat(depth)}`)
        .replace('</xsd:sequence>', `${close.repeat(depth)}</xsd:sequence>`);
    assert.deepEqual(read(nested(10)), read(bundled));
    assert.equal(readContract(nested(20_000)), undefined);
  });

  it('never throws on damaged text', () => {
    for (let at = 0; at < bundled.length; at += 999) {
      for (const damage of ['', '<', '&', '"', '\u0000', '<![CDATA[', '<__proto__ constructor="x"/>']) {
        const damaged = `${bundled.slice(0, at)}${damage}${bundled.slice(at + 3)}`;
        assert.doesNotThrow(() => {
          readContract(damaged);
          targetNamespaceOf(damaged);
        });
      }
    }
  });
});

describe('targetNamespaceOf', () => {
  it('reads the namespace of the definitions, also of a damaged description', () => {
    assert.equal(targetNamespaceOf(bundled), here);
    assert.equal(targetNamespaceOf(bundled.slice(0, 2000)), here);
    assert.equal(
      targetNamespaceOf('<w:definitions xmlns:w="w" targetNamespace=\'urn:a&amp;b\'/>'),
      'urn:a&b',
    );
  });

  it('takes no other element, and nothing unprintable or endless', () => {
    const inSchema = bundled.replace(/targetNamespace="[^"]*"/, '');
    assert.match(inSchema, /targetNamespace/);
    const others = [inSchema, '', '<html targetNamespace="urn:a"/>', '<definitions targetNamespace=""/>'];
    for (const text of others) assert.equal(targetNamespaceOf(text), undefined, text.slice(0, 50));
    for (const namespace of ['urn:\u0430', 'urn: a', 'urn:&#10;a', 'a'.repeat(1001)]) {
      assert.equal(targetNamespaceOf(`<definitions targetNamespace="${namespace}"/>`), undefined);
    }
  });
});

describe('differences', () => {
  const compare = (change: (wsdl: string) => string): unknown[] => {
    const changed = change(bundled);
    assert.notEqual(changed, bundled);
    return differences(bundledContract(), read(changed), here);
  };

  it('are none between equal contracts', () => {
    assert.deepEqual(differences(bundledContract(), read(bundled), here), []);
  });

  it('name another namespace once', () => {
    assert.deepEqual(
      compare((wsdl) => wsdl.replaceAll(here, 'urn:other')),
      [{ kind: 'namespace', expected: here, found: 'urn:other' }],
    );
  });

  it('name operations that are gone or new', () => {
    assert.deepEqual(
      compare((wsdl) => wsdl.replaceAll('name="get_balance"', 'name="get_balance2"')),
      [
        { kind: 'operationMissing', operation: 'get_balance' },
        { kind: 'operationAdded', operation: 'get_balance2' },
      ],
    );
  });

  it('name elements', () => {
    const renamed = compare((wsdl) =>
      wsdl
        .replace('element name="balance">', 'element name="getBalance">')
        .replace('element="tns:balance"', 'element="tns:getBalance"')
        .replace('name="costresult" type', 'name="result" type'),
    );
    assert.deepEqual(renamed, [
      {
        kind: 'elementName',
        operation: 'get_balance',
        part: 'request',
        expected: 'balance',
        found: 'getBalance',
      },
      {
        kind: 'elementName',
        operation: 'get_sms_cost',
        part: 'answer',
        expected: 'costresult',
        found: 'result',
      },
    ]);
  });

  it('name fields and their order', () => {
    const field = (name: string): string => `<xsd:element name="${name}" type="xsd:string"/>`;
    const changed = compare((wsdl) =>
      wsdl
        .replace(field('phone'), field('to'))
        .replace('name="balance" type="xsd:string"', 'name="x" type="xsd:string"')
        .replace('name="error" type="xsd:string"', 'name="last_date" type="xsd:string"')
        .replace('name="last_date" type="xsd:string"', 'name="error" type="xsd:string"'),
    );
    assert.deepEqual(changed.slice(0, 3), [
      { kind: 'fieldMissing', operation: 'get_status', part: 'request', field: 'phone' },
      { kind: 'fieldAdded', operation: 'get_status', part: 'request', field: 'to' },
      { kind: 'fieldOrder', operation: 'get_status', part: 'answer' },
    ]);
    assert.deepEqual(changed.slice(4), [
      { kind: 'fieldMissing', operation: 'get_balance', part: 'answer', field: 'balance' },
      { kind: 'fieldAdded', operation: 'get_balance', part: 'answer', field: 'x' },
    ]);
  });

  it('name another action', () => {
    assert.deepEqual(
      compare((wsdl) => wsdl.replace(`soapAction="${here}"`, 'soapAction="urn:x"')),
      [{ kind: 'soapAction', operation: 'get_status', expected: here, found: 'urn:x' }],
    );
  });

  it('leave out the field that only the documentation names', () => {
    assert.deepEqual(
      compare((wsdl) => wsdl.replace(/<xsd:element name="sms_cnt".*\/>/, '')),
      [],
    );
  });
});
