import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  commands,
  ConfigurationTarget,
  extensions,
  Position,
  Uri,
  workspace,
  WorkspaceEdit,
  type DocumentLink,
  type Hover,
  type MarkdownString,
} from 'vscode';
import { commands as ids, extensionId, settings } from '../../src/ids.ts';
import { check, startService, type TestService } from './service.ts';

const line = 'sms sent to 79999999999: OK - 1 SMS, ID - 999';

describe('links in the editor', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'smsc-links-'));
    await extensions.getExtension(extensionId)?.activate();
  });
  after(() => rm(folder, { recursive: true, force: true }));

  async function open(name: string, text: string): Promise<Uri> {
    const file = path.join(folder, name);
    await writeFile(file, text);
    const { uri } = await workspace.openTextDocument(Uri.file(file));
    return uri;
  }

  /** The links of ours in a document, with their commands. */
  async function linksOf(uri: Uri): Promise<DocumentLink[]> {
    const all = await commands.executeCommand<DocumentLink[]>('vscode.executeLinkProvider', uri, 100);
    return all.filter(({ target }) => target?.scheme === 'command' && target.path === ids.checkAtCursor);
  }

  it('stand on messages, and hand them to the command with their place', async () => {
    const uri = await open('send.log', `started\n${line}\n`);
    const [link, ...others] = await linksOf(uri);
    assert.equal(others.length, 0);
    assert.deepEqual([link?.range.start.line, link?.range.start.character], [1, 42]);
    assert.equal(link?.tooltip, 'Check SMSC message 999 to 79999999999');
    const place = { uri: uri.toString(), line: 1 };
    assert.deepEqual(JSON.parse(link.target?.query ?? ''), [
      { id: '999', phones: [], place, phone: '79999999999' },
    ]);
  });

  for (const name of ['a.log', 'a.txt', 'a.http', 'a.jsonl', 'a.csv', 'a.json']) {
    it(`are there in ${name}`, async () => {
      assert.equal((await linksOf(await open(name, line))).length, 1);
    });
  }

  it('are not there in code', async () => {
    assert.equal((await linksOf(await open('a.ts', `// ${line}`))).length, 0);
  });

  it('are there in what was never saved', async () => {
    const { uri } = await workspace.openTextDocument({ language: 'plaintext', content: line });
    assert.equal((await linksOf(uri)).length, 1);
  });

  it('follow the text', async () => {
    const uri = await open('growing.log', line);
    assert.equal((await linksOf(uri)).length, 1);
    const edit = new WorkspaceEdit();
    edit.insert(uri, new Position(0, 0), `${line.replace('999', '998')}\n`);
    await workspace.applyEdit(edit);
    assert.equal((await linksOf(uri)).length, 2);
    await workspace.saveAll();
  });

  it('go and come with the setting, at once', async () => {
    const uri = await open('setting.log', line);
    const change = (value: boolean | undefined): Thenable<void> =>
      workspace.getConfiguration().update(settings.editorLinks, value, ConfigurationTarget.Global);
    await change(false);
    assert.equal((await linksOf(uri)).length, 0);
    await change(undefined);
    assert.equal((await linksOf(uri)).length, 1);
  });

  describe('of a message that was checked', () => {
    let service: TestService;
    before(async () => {
      service = await startService();
    });
    after(() => service.simulator.close());

    it('tell its last known status, in our words', async () => {
      const uri = await open('known.log', line);
      const [link] = await linksOf(uri);
      assert.ok(link);
      const hover = async (): Promise<string> => {
        const place = link.range.start;
        const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', uri, place);
        return hovers
          .flatMap(({ contents }) => contents as MarkdownString[])
          .map(({ value }) => value)
          .join();
      };
      assert.equal(await hover(), '');
      await check({ phone: '79999999999', id: '999', account: service.account });
      assert.match(await hover(), /^Delivered/);
    });
  });
});
