import type { Locator, Page } from 'playwright-core';

/** VS Code's one input at the top: palette, quick pick and input box. */
export class QuickInput {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The whole widget. */
  get widget(): Locator {
    return this.#page.locator('.quick-input-widget');
  }

  /** Its text field. */
  get input(): Locator {
    return this.widget.locator('.quick-input-box input');
  }

  /** Waits for a step with this title (or this prompt, message or placeholder, where there is no title). */
  async step(text: string | RegExp): Promise<void> {
    const inTitle = this.widget.locator('.quick-input-title, .quick-input-message').filter({ hasText: text });
    const inField = this.widget.getByPlaceholder(text);
    await inTitle.or(inField).first().waitFor();
  }

  /** The title line. */
  async title(): Promise<string> {
    return (await this.widget.locator('.quick-input-title').innerText()).trim();
  }

  /** The prompt below the field, or what validation says there. */
  async message(): Promise<string> {
    return (await this.widget.locator('.quick-input-message').innerText()).trim();
  }

  /** Waits for a prompt or validation message with this text. */
  async waitForMessage(text: string | RegExp): Promise<void> {
    await this.widget.locator('.quick-input-message').filter({ hasText: text }).waitFor();
  }

  /** Replaces the text in the field. */
  async type(text: string, timeout?: number): Promise<void> {
    await this.input.fill(text, timeout === undefined ? {} : { timeout });
  }

  /** Presses keys one after the other, such as `ArrowDown` or `Alt+ArrowLeft`. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.#page.keyboard.press(key);
    }
  }

  /** Enter. */
  async accept(): Promise<void> {
    await this.press('Enter');
  }

  /** The labels (and descriptions) of the items on screen. */
  async items(): Promise<string[]> {
    await this.#rows.first().waitFor();
    const texts = await this.#rows.allInnerTexts();
    return texts.map((text) => text.replace(/\s+/g, ' ').trim());
  }

  /** Chooses the item with this label. */
  async pick(label: string | RegExp): Promise<void> {
    await this.#rows.filter({ hasText: label }).first().click();
  }

  /** Presses a button of the title line, such as "Back". */
  async button(name: string | RegExp): Promise<void> {
    await this.widget.getByRole('button', { name }).first().click();
  }

  /** Waits for an item with exactly this label. @returns whether it came in time */
  async offers(label: string, timeout: number): Promise<boolean> {
    return this.#exactly(label)
      .waitFor({ timeout })
      .then(
        () => true,
        () => false,
      );
  }

  /**
   * Chooses the item with exactly this label, by the keyboard: the list uses its rows again, so a click may meet
   * another item than the one that was there when it was aimed. @returns `false` when it is not among the first
   */
  async pickExactly(label: string): Promise<boolean> {
    const focused = this.widget
      .locator('.monaco-list-row.focused')
      .filter({ has: this.#page.getByText(label, { exact: true }) });
    for (let presses = 0; presses < 12; presses++) {
      if ((await focused.count()) > 0) {
        await this.accept();
        return true;
      }
      await this.press('ArrowDown');
    }
    return false;
  }

  /** The text of the item that Enter would take. */
  async focused(): Promise<string> {
    const text = await this.widget.locator('.monaco-list-row.focused').innerText();
    return text.replace(/\s+/g, ' ').trim();
  }

  /** Waits until the widget is gone. */
  async closed(): Promise<void> {
    await this.widget.waitFor({ state: 'hidden' });
  }

  #exactly(label: string): Locator {
    return this.#rows.filter({ has: this.#page.getByText(label, { exact: true }) }).first();
  }

  get #rows(): Locator {
    return this.widget.locator('.quick-input-list .monaco-list-row');
  }
}
