import assert from 'node:assert/strict';
import { createLog, type Log } from '../../src/host/log.ts';
import { mark, marked } from '../support/marked.ts';

describe('the log', () => {
  let lines: string[];
  let log: Log;

  beforeEach(() => {
    lines = [];
    const take = (line: string): void => void lines.push(line);
    log = createLog({ info: take, warn: take, show: () => undefined, dispose: () => undefined });
  });

  it('has no known secret in any line, whoever wrote it', () => {
    log.hide(marked.password);
    log.info(`sent ${marked.password}`);
    log.warn(`refused: ${marked.password}, again ${marked.password}`);
    assert.deepEqual(lines, ['sent ***', 'refused: ***, again ***']);
  });

  for (const line of [
    `POST /sys/soap.php?login=${mark}&psw=${mark}`,
    `<login>${mark}</login><psw>${mark}</psw>`,
    `{"password": "${mark}", "apikey": "${mark}"}`,
  ]) {
    it(`has no value of a credential parameter, as in ${line.replaceAll(mark, '…')}`, () => {
      log.info(line);
      assert.equal(lines.length, 1);
      assert.ok(!lines[0]?.includes(mark), lines[0]);
    });
  }

  it('keeps a text of several lines on one', () => {
    log.warn('one\r\ntwo\nthree');
    assert.deepEqual(lines, ['one two three']);
  });

  it('leaves figures alone that are also a short secret', () => {
    log.hide('15');
    log.info('get_status smsc.ru 15 ms: status 1');
    assert.deepEqual(lines, ['get_status smsc.ru 15 ms: status 1']);
  });
});
