import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { panels } from '../../src/ids.ts';
import { isAccessible } from './axe.ts';
import { Workbench } from './support.ts';
import { until } from './until.ts';
import type { WorkbenchWindow } from './window.ts';

/** Messages that the demo account knows, and many that it makes up. */
const special = [
  '79990001006;err-6',
  '79990000102;status-0',
  '79990000000;not-found',
  '79990000601;error-1',
  '79999999999;999',
];
const made = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `79991110001;live-${1_700_000_000 + index}`);

describe('many messages', () => {
  let workbench: Workbench;
  let window: WorkbenchWindow;
  let panel: Frame;

  before(async () => {
    workbench = await Workbench.open({ settings: { 'workbench.startupEditor': 'none' } });
    const lines = ['Телефон;ID сообщения', ...special, ...made(600), special[0] ?? '', '7999abc;5'];
    await writeFile(path.join(workbench.folder, 'messages.csv'), `${lines.join('\r\n')}\r\n`);
    window = await workbench.openWindow({ theme: 'dark' });
    await window.run('SMSC: Use Demo Account');
  });
  after(() => workbench.close());

  const buttons = (): Promise<string[]> => panel.locator('.actions button').allInnerTexts();
  const button = (name: string): Promise<void> => panel.getByRole('button', { name, exact: true }).click();
  const filterButton = (name: RegExp) => panel.locator('[role=group].states').getByRole('button', { name });
  const texts = (column: string): Promise<string[]> =>
    panel.locator(`.grid-body .grid-row:not([hidden]) .${column}`).allInnerTexts();
  const activeRow = () => panel.locator('.grid-body .grid-row[aria-selected="true"]');

  it('shows what it understood of the open file, before anything is sent', async () => {
    await window.page.keyboard.press('Control+P');
    await window.quickInput.type('messages.csv');
    await window.quickInput.pick('messages.csv');
    await window.page.locator('.monaco-editor .view-line').first().waitFor();
    await window.run('SMSC: Check Many Messages…');
    await window.quickInput.step('Where are the phone numbers and message IDs?');
    assert.match((await window.quickInput.items())[0] ?? '', /^Open file ?messages\.csv/);
    await window.quickInput.accept();
    panel = await window.webview('.grid');
    const facts = (await panel.locator('.facts').innerText()).replaceAll(/\s+/g, ' ');
    assert.match(facts, /phone number in column “Телефон”, message ID in column “ID сообщения”/);
    assert.match(facts, /Messages 605/);
    assert.match(facts, /Doubles left out 1/);
    assert.match(facts, /Account Demo/);
    assert.match(facts, /Takes about \d+/);
    const unreadable = panel.getByRole('region', { name: /could not be read: 1/ });
    assert.match(await unreadable.innerText(), /608\s+the phone number holds more than digits\s+7999abc · 5/);
    assert.deepEqual(await buttons(), ['Start', 'Cancel']);
    assert.equal(await filterButton(/Not checked yet 605/).count(), 1);
    await window.openView();
    await window.view.getByText('No message was checked yet').waitFor();
  });

  it('draws only the rows on screen', async () => {
    const grid = panel.getByRole('grid', { name: 'Messages' });
    assert.equal(await grid.getAttribute('aria-rowcount'), '606');
    assert.ok((await panel.locator('.grid-body .grid-row').count()) < 100);
  });

  it('fills the table while it runs, and is cancelled without losing anything', async () => {
    await button('Start');
    await panel.getByRole('progressbar', { name: 'Progress' }).waitFor();
    await until('rate and time left', async () =>
      /\d per second, about .+ left/.test(await panel.locator('.pace').innerText()),
    );
    await panel.locator('.grid-row', { hasText: 'err-6' }).getByText('Not delivered').waitFor();
    await button('Cancel');
    await panel.locator('.notice', { hasText: 'Cancelled. What was learned is kept.' }).waitFor();
    assert.equal((await buttons())[0], 'Resume');
    assert.equal(await filterButton(/Not checked yet/).count(), 1);
  });

  it('is offered again when it was closed, and is taken up where it was', async () => {
    const before = await filterButton(/^Delivered/).innerText();
    await window.page.keyboard.press('Control+W');
    await window.page.getByRole('tab', { name: /Check Many/ }).waitFor({ state: 'detached' });
    await window.run('SMSC: Check Many Messages…');
    await window.quickInput.step('Where are the phone numbers and message IDs?');
    await window.quickInput.pick(/Messages: 605/);
    panel = await window.webview('.grid');
    await until('what was learned', async () => (await filterButton(/^Delivered/).innerText()) === before);
    await button('Resume');
    await panel.locator('[role=group].states', { hasNotText: 'Not checked yet' }).waitFor();
    await panel.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'detached' });
  });

  it('keeps not found, failed and pending apart, and checks each of them again', async () => {
    assert.deepEqual(await buttons(), [
      'Check the Failed Again',
      'Check the Not Found Again',
      'Check Those on Their Way Again',
      'Watch Those on Their Way',
      'Export…',
    ]);
    const counts = await panel.locator('[role=group].states button').allInnerTexts();
    assert.deepEqual(
      counts.map((text) => text.replaceAll(/\s+/g, ' ').trim()),
      ['All 605', 'Delivered 601', 'On its way 1', 'Not delivered 1', 'Not found 1', 'Check failed 1'],
    );
    await button('Check the Failed Again');
    // Only that one: as many checks as there are messages, and one more.
    await panel.locator('.pace', { hasText: '605 of 605 checked' }).waitFor();
  });

  it('pictures what was found, and watches those on their way', async () => {
    await panel.getByText('What the checks say together').click();
    const together = panel.getByRole('region', { name: 'What the checks say together' });
    const said = (await together.innerText()).replaceAll(/\s+/g, ' ');
    assert.match(said, /Delivered 601 99\.3%.*On its way 1 0\.2%.*Not found 1 0\.2%/);
    assert.match(said, /Median 20 sec/);
    assert.match(said, /By operator.*МегаФон 600 600 \(100%\)/);
    await panel.getByText('What the checks say together').click();
    await button('Watch Those on Their Way');
    await window.page.locator('.part.statusbar').getByText('Messages watched: 1').waitFor();
  });

  it('is sorted and filtered by keyboard', async () => {
    const header = panel.getByRole('columnheader', { name: 'State' });
    assert.equal(await header.getAttribute('aria-sort'), 'none');
    await header.getByRole('button').focus();
    await window.page.keyboard.press('Enter');
    assert.equal(await header.getAttribute('aria-sort'), 'ascending');
    await window.page.keyboard.press('Enter');
    assert.equal(await header.getAttribute('aria-sort'), 'descending');
    await until('the failed check first', async () => (await texts('state'))[0]?.includes('Check failed'));

    await panel.getByRole('searchbox', { name: 'Filter by text' }).focus();
    await window.page.keyboard.type('err-6');
    await panel.locator('.shown', { hasText: '1 of 605 shown' }).waitFor();
    assert.deepEqual(await texts('id'), ['err-6']);
    await window.page.keyboard.press('Control+A');
    await window.page.keyboard.press('Delete');

    await filterButton(/^Not found/).focus();
    await window.page.keyboard.press('Enter');
    assert.equal(await filterButton(/^Not found/).getAttribute('aria-pressed'), 'true');
    assert.deepEqual(await texts('id'), ['not-found']);
    await filterButton(/^All/).click();
  });

  it('has an active row that the keyboard moves, and Enter opens', async () => {
    await panel.getByRole('columnheader', { name: '#' }).getByRole('button').click();
    const grid = panel.getByRole('grid', { name: 'Messages' });
    await grid.focus();
    await window.page.keyboard.press('End');
    await until('the last row', async () => (await activeRow().getAttribute('aria-rowindex')) === '606');
    assert.equal(await grid.getAttribute('aria-activedescendant'), await activeRow().getAttribute('id'));
    assert.ok(await activeRow().isVisible());
    await window.page.keyboard.press('Home');
    await until('the first row', async () => (await activeRow().innerText()).includes('err-6'));
    await window.page.keyboard.press('Enter');
    await window.webview('h1:has-text("subscriber is offline")');
    await window.page.keyboard.press('Control+W');
    panel = await window.webview('.grid');
    await until('the rows', async () => (await texts('id')).length > 5);
  });

  isAccessible(() => ({ workbench, panel }));

  it('is there again after a reload, with all that was learned', async () => {
    await window.reload(panels.batch);
    panel = await window.webview('.grid');
    await until('what was learned', async () => (await filterButton(/^Delivered 601/).count()) === 1);
    assert.equal((await buttons())[0], 'Check the Failed Again');
  });

  it('goes when the history is cleared', async () => {
    await window.run('SMSC: Clear History…');
    await window.answerDialog('Clear');
    await window.page.getByRole('tab', { name: /Check Many/ }).waitFor({ state: 'detached' });
  });
});
