import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext, Frame, Locator, Page } from 'playwright-core';
import type { PanelId } from '../../src/ids.ts';
import { fetched } from '../workbench/paths.ts';
import { QuickInput } from './quickInput.ts';
import { until } from './until.ts';

/** A notification, as a person sees it. */
export interface Notification {
  readonly text: string;
  readonly buttons: readonly string[];
}

/** What the page's own element of a row can do; the tests know no browser types. */
interface DrawnRow {
  getAttribute(name: string): string | null;
  querySelector(selector: string): { innerText: string } | null;
}

/** One VS Code window, with the parts of it that tests use. */
export class WorkbenchWindow {
  readonly page: Page;
  /** The palette, quick picks and input boxes. */
  readonly quickInput: QuickInput;
  readonly #ownContext: BrowserContext | undefined;

  constructor(page: Page, ownContext: BrowserContext | undefined) {
    this.page = page;
    this.quickInput = new QuickInput(page);
    this.#ownContext = ownContext;
  }

  /** The browser context: pass it to `openWindow` for a second window of the same user. */
  get context(): BrowserContext {
    return this.page.context();
  }

  /** The SMSC icon in the activity bar. */
  get activityIcon(): Locator {
    return this.page.locator('.part.activitybar').getByRole('tab', { name: /^SMSC/ });
  }

  /** Waits until VS Code is drawn and has read our manifest. */
  async ready(): Promise<void> {
    await this.drawn();
    await this.activityIcon.waitFor();
  }

  /** Waits until VS Code is drawn. */
  async drawn(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.activitybar').waitFor();
  }

  /**
   * Loads the window anew, as "Reload Window" does.
   * @param panel the type of the panel that is in front and shall be there again: VS Code writes that down a little later
   */
  async reload(panel?: PanelId): Promise<void> {
    if (panel !== undefined) {
      await until(`${panel} to be remembered`, async () =>
        (await this.page.evaluate<string[]>(readEditorsInFront)).some((editor) => editor.includes(panel)),
      );
    }
    await this.page.reload();
    await this.ready();
  }

  /** Runs a command by its title, as the palette shows it: F1, the title, and the row with exactly it. */
  async run(title: string): Promise<void> {
    // The palette does not follow commands that come while it is open, and closes when a panel takes the focus: then it
    // is opened again.
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press('F1');
      const isOpen = await this.quickInput.type(`>${title}`, 5_000).then(
        () => true,
        () => false,
      );
      // The palette puts what was used or matches elsewhere before the exact title.
      if (
        isOpen &&
        (await this.quickInput.offers(title, 2_000)) &&
        (await this.quickInput.pickExactly(title))
      )
        return;
      const offered = isOpen ? (await this.quickInput.items().catch(() => [])).slice(0, 3).join(', ') : '';
      await this.page.keyboard.press('Escape');
      if (attempt === 5) {
        throw new Error(`The palette does not offer "${title}" but: ${offered}`);
      }
    }
  }

  /** The toasts that are shown now, newest first. Read in one step: one of them may just be fading. */
  async notifications(): Promise<Notification[]> {
    return this.page.evaluate<Notification[]>(readToasts);
  }

  /** Waits for a toast with this text. */
  async notification(text: string | RegExp): Promise<Notification> {
    return until(`a notification with ${String(text)}`, async () => {
      const all = await this.notifications();
      return all.find((one) => (typeof text === 'string' ? one.text.includes(text) : text.test(one.text)));
    });
  }

  /** Presses a button of the toast with this text. */
  async clickNotification(text: string | RegExp, button: string): Promise<void> {
    const toast = this.#toasts.filter({ hasText: text }).first();
    await toast.getByRole('button', { name: button, exact: true }).click();
  }

  /** Dismisses all toasts. */
  async clearNotifications(): Promise<void> {
    for (let left = await this.#toasts.count(); left > 0; left = await this.#toasts.count()) {
      const toast = this.#toasts.first();
      await toast.hover();
      await toast.getByRole('button', { name: /^Clear Notification/ }).click();
      await until('the notification to go', async () => (await this.#toasts.count()) < left);
    }
  }

  /** Presses a button of a modal dialog. @returns the dialog's text */
  async answerDialog(button: string): Promise<string> {
    const dialog = this.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    const text = (await dialog.locator('.dialog-message-container').innerText()).trim();
    await dialog.getByRole('button', { name: button, exact: true }).click();
    // Another one may follow at once.
    await dialog.filter({ hasText: text }).waitFor({ state: 'detached' });
    return text;
  }

  /** Shows the SMSC view. */
  async openView(): Promise<void> {
    if ((await this.activityIcon.getAttribute('aria-selected')) !== 'true') {
      await this.activityIcon.click();
    }
    await this.view.locator('.composite.title').filter({ hasText: /SMSC/i }).waitFor();
  }

  /** The side bar, with its title and views. */
  get view(): Locator {
    return this.page.locator('.part.sidebar');
  }

  /** The rows of the SMSC view that are on screen. */
  get rows(): Locator {
    return this.view.locator('.pane-body .monaco-list-row');
  }

  /** The texts of the rows that are on screen, top to bottom: label and description. */
  async treeRows(): Promise<string[]> {
    // In one step inside the page: a row may go while the next one is read.
    const drawn = await this.rows.evaluateAll((rows) =>
      (rows as unknown as DrawnRow[]).map((row) => ({
        index: Number(row.getAttribute('data-index')),
        text: (row.querySelector('.monaco-icon-label')?.innerText ?? '').replace(/\s+/g, ' ').trim(),
      })),
    );
    return drawn.sort((a, b) => a.index - b.index).map((row) => row.text);
  }

  /** Waits for a row of the SMSC view with this text. */
  async row(text: string | RegExp): Promise<Locator> {
    const row = this.rows.filter({ hasText: text }).first();
    await row.waitFor();
    return row;
  }

  /** Waits for the webview that holds an element with this selector. @returns its innermost frame */
  async webview(selector: string): Promise<Frame> {
    return until(`a webview with ${selector}`, async () => {
      for (const frame of this.page.frames()) {
        // A frame may go while it is looked at.
        const count = frame.parentFrame()
          ? await frame
              .locator(selector)
              .count()
              .catch(() => 0)
          : 0;
        if (count > 0) {
          return frame;
        }
      }
      return undefined;
    });
  }

  /** Saves a picture below `.vscode-test/pictures`, or where `SMSC_TEST_PICTURES` says. @returns its path */
  async screenshot(name: string): Promise<string> {
    const folder = process.env.SMSC_TEST_PICTURES ?? path.join(fetched, 'pictures');
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, `${name}.png`);
    await this.page.screenshot({ path: file, animations: 'disabled' });
    return file;
  }

  /** Closes the window. */
  async close(): Promise<void> {
    await this.page.close();
    await this.#ownContext?.close();
  }

  get #toasts(): Locator {
    return this.page.locator('.notification-toast');
  }
}

/** Runs in the page: what VS Code has written down of the editors in front, of each of its databases. */
const readEditorsInFront = `(async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith('vscode-web-state-db')) continue;
    const database = await done(indexedDB.open(name));
    const table = database.transaction('ItemTable').objectStore('ItemTable');
    const state = await done(table.get('memento/workbench.parts.editor'));
    database.close();
    const visit = ({ type, data }) => {
      if (type === 'branch') data.forEach(visit);
      else if (data.mru.length > 0) found.push(data.editors[data.mru[0]].value);
    };
    if (state) visit(JSON.parse(state)['editorpart.state'].serializedGrid.root);
  }
  return found;
})()`;

/** Runs in the page. */
const readToasts = `Array.from(document.querySelectorAll('.notification-toast')).map((toast) => ({
  text: (toast.querySelector('.notification-list-item-message')?.innerText ?? '').trim(),
  buttons: Array.from(toast.querySelectorAll('.notification-list-item-buttons-container .monaco-button'))
    .map((button) => button.innerText.trim())
    .filter(Boolean),
}))`;
