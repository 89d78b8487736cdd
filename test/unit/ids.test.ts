import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { commands, extensionId, panels, settings, tools, views } from '../../src/ids.ts';

interface Manifest {
  name: string;
  publisher: string;
  activationEvents: string[];
  contributes: {
    commands: { command: string; title: string; category?: string; icon?: string }[];
    views: Record<string, { id: string; name: string }[]>;
    viewsContainers: { activitybar: { id: string }[] };
    configuration: { properties: Record<string, { scope: string }> };
    menus: Record<string, { command: string; when: string; group?: string }[]>;
    keybindings: { command: string }[];
    languageModelTools: { name: string }[];
  };
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const manifest = read('package.json') as Manifest;
const { contributes } = manifest;
const sorted = (values: Iterable<string>): string[] => [...values].sort();

describe('ids in code and manifest', () => {
  it('name the same extension', () => {
    assert.equal(`${manifest.publisher}.${manifest.name}`, extensionId);
  });

  it('name the same commands', () => {
    assert.deepEqual(
      sorted(contributes.commands.map(({ command }) => command)),
      sorted(Object.values(commands)),
    );
  });

  it('name the same tools', () => {
    assert.deepEqual(
      contributes.languageModelTools.map(({ name }) => name),
      Object.values(tools),
    );
  });

  it('name the same views, panels and settings', () => {
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }) => id),
      [views.container],
    );
    assert.deepEqual(
      contributes.views[views.container]?.map(({ id }) => id),
      [views.history],
    );
    assert.deepEqual(
      manifest.activationEvents.filter((event) => event.startsWith('onWebviewPanel:')),
      Object.values(panels).map((id) => `onWebviewPanel:${id}`),
    );
    assert.deepEqual(
      sorted(Object.keys(contributes.configuration.properties)),
      sorted(Object.values(settings)),
    );
  });

  it('let no workspace change a setting', () => {
    for (const [id, { scope }] of Object.entries(contributes.configuration.properties)) {
      assert.equal(scope, 'application', id);
    }
  });

  it('use only contributed commands in menus and keybindings', () => {
    const known = new Set<string>(Object.values(commands));
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
    for (const { command } of used) assert.ok(known.has(command), command);
  });
});

describe('commands in the manifest', () => {
  it('have a category, a title from the bundles and an icon', () => {
    for (const { command, title, category, icon } of contributes.commands) {
      assert.equal(category, 'SMSC', command);
      assert.match(title, /^%command\.\w+%$/, command);
      assert.match(icon ?? '', /^\$\([\w-]+\)$/, command);
    }
  });

  it('can be reached: in the palette, or where the thing stands that they are about', () => {
    const { commandPalette = [], ...others } = contributes.menus;
    const hidden = new Set(
      commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command),
    );
    const elsewhere = new Set(Object.values(others).flatMap((items) => items.map(({ command }) => command)));
    // "Show more" is what the last row of the tree does.
    const unreachable = [...hidden].filter((id) => !elsewhere.has(id) && id !== commands.showMore);
    assert.deepEqual(unreachable, []);
  });

  it('stand in menus with a `when` and a group, at most three of them beside a row', () => {
    const placed = Object.entries(contributes.menus).filter(([menu]) => menu !== 'commandPalette');
    for (const { command, when, group } of placed.flatMap(([, items]) => items))
      assert.ok(when && group, command);
    const beside = (contributes.menus['view/item/context'] ?? []).filter(({ group }) =>
      group?.startsWith('inline'),
    );
    for (const row of ['message.delivered', 'message.pending', 'message.pending.watched']) {
      const shown = beside.filter(({ when }) => {
        const [, pattern] = /viewItem =~ \/(.*)\/$/.exec(when) ?? [];
        assert.ok(pattern, when);
        return new RegExp(pattern).test(row);
      });
      assert.ok(shown.length <= 3, `${row}: ${shown.map(({ command }) => command).join(', ')}`);
    }
  });
});

describe('texts of the manifest', () => {
  const used = new Set(
    Array.from(readFileSync('package.json', 'utf8').matchAll(/"%([^%"]+)%"/g), ([, key]) => key),
  );
  for (const file of ['package.nls.json', 'package.nls.ru.json']) {
    it(`stand in ${file}, none too many`, () => {
      assert.deepEqual(
        sorted(Object.keys(read(file) as object)),
        sorted([...used].filter((key) => key !== undefined)),
      );
    });
  }
});
