import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { startSimulator } from '../../../src/simulator/server.ts';
import type { Simulator } from '../../../src/simulator/server.ts';
import { differences, bundledContract, readContract } from '../../../src/smsc/contract.ts';
import { call, envelope, fetchRaw, field, fieldsOf, withSimulator } from './raw.ts';

const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
const parameters = { login: 'alex', psw: '123', phone: '79999999999', id: '999' };

describe('simulator: HTTP and SOAP', () => {
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator({ limits: false });
  });
  after(async () => {
    await simulator.close();
  });

  const fault = async (body: string): Promise<string> => {
    const { status, headers, text: xml } = await fetchRaw(simulator.url, { body });
    assert.equal(status, 500);
    assert.equal(headers['content-type'], 'text/xml; charset=utf-8');
    const fields = fieldsOf(xml);
    return `${field(fields, 'faultcode')}: ${field(fields, 'faultstring')}`;
  };

  it('serves its WSDL', async () => {
    for (const query of ['?wsdl', '?WSDL']) {
      const { status, headers, text: wsdl } = await fetchRaw(`${simulator.url}${query}`, { method: 'GET' });
      assert.equal(status, 200);
      assert.equal(headers['content-type'], 'text/xml; charset=utf-8');
      assert.ok(wsdl.includes(`<soap:address location="${simulator.url}"/>`));
      const live = readContract(wsdl);
      assert.ok(live);
      assert.deepEqual(differences(bundledContract(), live, simulator.url), []);
    }
  });

  it('answers as a PHP server does', async () => {
    const body = envelope(simulator.url, 'status', { ...parameters, id: 'no-such' });
    assert.equal(
      (await fetchRaw(simulator.url, { body })).text,
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        `<SOAP-ENV:Envelope xmlns:SOAP-ENV="${soap}" xmlns:ns1="${simulator.url}"><SOAP-ENV:Body>` +
        '<ns1:StatusResponse><statusresult><error>3</error></statusresult></ns1:StatusResponse>' +
        '</SOAP-ENV:Body></SOAP-ENV:Envelope>\n',
    );
  });

  it('goes by the element in the Body, whatever the prefixes, the action and the layout', async () => {
    const body = `<?xml version='1.0' encoding='utf-8'?>
      <Envelope xmlns="${soap}"><Header><trace xmlns="urn:x">1</trace></Header>
        <Body><status xmlns="${simulator.url}"><login xmlns="">alex</login> <psw xmlns=""><![CDATA[123]]></psw>
          <phone xmlns="">79999999999</phone><id xmlns="">&#57;99</id></status></Body></Envelope>`;
    const { text: xml } = await fetchRaw(simulator.url, {
      body,
      headers: { SOAPAction: '"urn:get_balance"' },
    });
    assert.equal(field(fieldsOf(xml), 'status'), '1');
  });

  it('does not see qualified children', async () => {
    const body = envelope(simulator.url, 'status', parameters).replaceAll(
      /(<\/?)(login|psw|phone|id)>/g,
      '$1m:$2>',
    );
    assert.match(body, /<m:psw>/);
    assert.equal(field(fieldsOf((await fetchRaw(simulator.url, { body })).text), 'error'), '1');
  });

  it('makes its namespace from the address that it is called by', async () => {
    const local = simulator.url.replace('127.0.0.1', 'localhost');
    const body = envelope(local, 'status', parameters);
    const post = (host: string) => fetchRaw(simulator.url, { body, headers: { Host: host } });
    assert.equal((await post(new URL(local).host)).status, 200);
    assert.equal((await post(new URL(simulator.url).host)).status, 500);
    const strange = await fetchRaw(`${simulator.url}?wsdl`, { method: 'GET', headers: { Host: '"><x' } });
    assert.ok(strange.text.includes(`location="${simulator.url}"`));
  });

  it('refuses another namespace, and can be given one', async () => {
    const body = envelope('https://smsc.ru/sys/soap.php', 'status', parameters);
    assert.equal(await fault(body), "SOAP-ENV:Server: Procedure 'status' not present");
    await withSimulator({ namespace: 'https://smsc.ru/sys/soap.php' }, async (other) => {
      assert.equal((await fetchRaw(other.url, { body })).status, 200);
      const { text: wsdl } = await fetchRaw(`${other.url}?wsdl`, { method: 'GET' });
      assert.equal(readContract(wsdl)?.targetNamespace, 'https://smsc.ru/sys/soap.php');
    });
  });

  it('answers faults to what is no call', async () => {
    const good = envelope(simulator.url, 'status', parameters);
    const wrapped = (content: string): string => `<e:Envelope xmlns:e="${soap}">${content}</e:Envelope>`;
    const faults: [string, string][] = [
      ['', 'Client: Bad Request'],
      ['OK', 'Client: Bad Request'],
      [good.slice(0, -5), 'Client: Bad Request'],
      [good.replace('m:status ', 'q:status '), 'Client: Bad Request'],
      ['<html/>', 'VersionMismatch: Wrong Version'],
      [good.replace(soap, 'http://www.w3.org/2003/05/soap-envelope'), 'VersionMismatch: Wrong Version'],
      [`<!DOCTYPE a [<!ENTITY b "c">]>${good.slice(21)}`, 'Server: DTD are not supported by SOAP'],
      [wrapped(''), 'Client: Body must be present in a SOAP envelope'],
      [wrapped('<e:Body/>'), 'Client: looks like we got "Body" without function call'],
      [
        wrapped('<e:Header><x e:mustUnderstand="1"/></e:Header><e:Body/>'),
        'MustUnderstand: Header not understood',
      ],
      [envelope(simulator.url, 'get_status', parameters), "Server: Procedure 'get_status' not present"],
    ];
    for (const [body, expected] of faults) {
      const found = (await fault(body)).replaceAll('&quot;', '"');
      assert.equal(found, `SOAP-ENV:${expected}`, body);
    }
  });

  it('answers faults to other methods, and 404 to other paths', async () => {
    assert.equal((await fetchRaw(simulator.url, { method: 'GET' })).status, 500);
    assert.equal((await fetchRaw(`${simulator.url}?x=1`, { method: 'GET' })).status, 500);
    assert.equal((await fetchRaw(simulator.url.replace('soap', 'status'))).status, 404);
  });

  it('refuses bodies that are too large, before they end', async () => {
    const socket = connect(Number(new URL(simulator.url).port), '127.0.0.1');
    socket.write(
      `POST /sys/soap.php HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n${'x'.repeat(300_000)}`,
    );
    assert.match(await text(socket), /^HTTP\/1\.1 413 /);
  });

  it('refuses charsets that it does not know, and bytes that are none', async () => {
    const headers = { 'Content-Type': 'text/xml; charset=klingon' };
    const body = envelope(simulator.url, 'status', parameters);
    assert.equal((await fetchRaw(simulator.url, { body, headers })).status, 500);
    assert.equal((await fetchRaw(simulator.url, { body: Buffer.of(0x3c, 0xff) })).status, 500);
  });

  it('counts connections, and keeps them', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const before = simulator.connections;
    for (let index = 0; index < 3; index += 1) {
      const sent = request(simulator.url, { agent, method: 'POST' });
      sent.end(envelope(simulator.url, 'status', parameters));
      const answer = await new Promise<NodeJS.ReadableStream>((resolve) => sent.once('response', resolve));
      await text(answer);
    }
    agent.destroy();
    assert.equal(simulator.connections, before + 1);
  });

  it('keeps a latency, and closes in the middle of it', async () => {
    const slow = await startSimulator({ latencyMs: 600_000 });
    const answer = assert.rejects(call(slow, 'balance'), { code: 'ECONNRESET' });
    while (slow.requests.length === 0) await setImmediate();
    await slow.close();
    await answer;
  });

  it('says when its port is taken', async () => {
    const port = Number(new URL(simulator.url).port);
    await assert.rejects(startSimulator({ port }), { code: 'EADDRINUSE' });
  });
});
