import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { leaksIn } from '../support/leaks.ts';
import { mark, marked, markIn } from '../support/marked.ts';

describe('the search for secrets', () => {
  const { password, wrong, apiKey } = marked;
  const forms: Record<string, Buffer> = {
    'as it is': Buffer.from(`{"psw":"${password}"}`),
    'in JSON': Buffer.from(JSON.stringify({ password })),
    'in a URL': Buffer.from(`https://host/?psw=${encodeURIComponent(wrong)}`),
    'in XML': Buffer.from('<psw>'.concat(apiKey, '</psw>')),
    'in UTF-16': Buffer.from(password, 'utf16le'),
    'as hexadecimal digits': Buffer.from(Buffer.from(password).toString('hex')),
    'as MD5': Buffer.from(createHash('md5').update(password).digest('hex')),
    'in Base64': Buffer.from(Buffer.from(`ann:${password}`).toString('base64')),
    'in Base64, a byte later': Buffer.from(Buffer.from(`anna:${password}`).toString('base64')),
    'in Base64, two bytes later': Buffer.from(Buffer.from(`annas:${password}`).toString('base64')),
  };
  for (const [name, bytes] of Object.entries(forms)) {
    it(`finds one ${name}`, () => assert.notEqual(markIn(bytes), undefined));
  }

  it('finds none where there is none', () => {
    assert.equal(markIn(Buffer.from('login ann, password unknown')), undefined);
  });

  it('says in which file one stands, by name or by content', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'smsc-leaks-'));
    try {
      await mkdir(path.join(folder, 'below'));
      await writeFile(path.join(folder, 'good.txt'), 'nothing');
      await writeFile(
        path.join(folder, 'below', 'bad.log'),
        Buffer.concat([Buffer.alloc(9), Buffer.from(wrong)]),
      );
      await writeFile(path.join(folder, `${mark}.txt`), '');
      const leaks = (await leaksIn(folder)).map((leak) => path.relative(folder, leak)).sort();
      assert.deepEqual(leaks, [`${mark}.txt (as it is)`, path.join('below', 'bad.log (as it is)')]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
