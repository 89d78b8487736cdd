import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, BrowserContext, ViewportSize } from 'playwright-core';
import { leaksIn, leaksInProcesses, leaksShown } from '../support/leaks.ts';
import { launchBrowser } from '../workbench/browser.ts';
import { extensionId, installPacked } from '../workbench/extension.ts';
import { temporaryFolder } from '../workbench/paths.ts';
import { removeAtEnd } from '../workbench/processes.ts';
import { startServer, writeServerSettings, type Server } from '../workbench/server.ts';
import { WorkbenchWindow } from './window.ts';

/** The colour themes that VS Code brings and the tests use. */
export const themes = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  highContrast: 'Default High Contrast',
  highContrastLight: 'Default High Contrast Light',
} as const;

/** What VS Code writes into the page when a theme is in force. */
const themeClasses = {
  dark: 'vs-dark',
  light: 'vs',
  highContrast: 'hc-black',
  highContrastLight: 'hc-light',
} as const satisfies Record<keyof typeof themes, string>;

/** How a VS Code for a test file is opened. */
export interface WorkbenchOptions {
  /** Settings of the user, on top of the calm ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Environment of the server and so of the extension host. */
  readonly environment?: Readonly<Record<string, string>>;
  /** `false`: a VS Code without our extension. */
  readonly installed?: boolean;
  /** Puts other extensions into the folder for extensions, before ours. */
  readonly beside?: (extensions: string) => Promise<void>;
  /** The folder is not trusted. */
  readonly isUntrusted?: boolean;
}

/** How a window is opened. */
export interface WindowOptions {
  /** VS Code's display language; English by default. */
  readonly language?: 'ru';
  /** Applies to all windows of the workbench, as a setting does. */
  readonly theme?: keyof typeof themes;
  readonly viewport?: ViewportSize;
  /** Another window's context makes this the same user's second window, with the same keyring. */
  readonly context?: BrowserContext;
  /** The folder to open, `''` for none; by default an empty one, the same for all windows of a workbench. */
  readonly folder?: string;
}

/** The product as it ships, installed in a VS Code server, and a browser to look at it. */
export class Workbench {
  readonly #server: Server;
  readonly #browser: Browser;
  readonly #home: string;
  readonly #removeFolder: () => void;
  readonly #leaksShown: (() => Promise<string[]>)[] = [];
  readonly #installed: boolean;
  #settings: Readonly<Record<string, unknown>>;
  /** The server's data: settings, logs, globalStorage. */
  readonly dataDir: string;
  /** Where the extension keeps its files; there after its first write. */
  readonly globalStorage: string;
  /** The folder that windows open unless told otherwise. */
  readonly folder: string;

  private constructor(
    server: Server,
    browser: Browser,
    home: string,
    id: string,
    settings: Readonly<Record<string, unknown>>,
    installed: boolean,
  ) {
    this.#server = server;
    this.#browser = browser;
    this.#home = home;
    this.#removeFolder = removeAtEnd(home);
    this.#settings = settings;
    this.#installed = installed;
    this.dataDir = path.join(home, 'server');
    this.folder = path.join(home, 'folder');
    this.globalStorage = path.join(this.dataDir, 'data/User/globalStorage', id);
  }

  /** Starts a server with the packaged extension, and a browser. Once per test file, in `before`. */
  static async open(options: WorkbenchOptions = {}): Promise<Workbench> {
    const { settings = {}, environment = {}, installed = true, beside, isUntrusted = false } = options;
    const home = await temporaryFolder('ui');
    await mkdir(path.join(home, 'folder'));
    await beside?.(path.join(home, 'extensions'));
    const shared = beside ? undefined : process.env.SMSC_TEST_EXTENSIONS;
    const extensionsDir = installed ? (shared ?? (await installPacked(home))) : path.join(home, 'extensions');
    const dataDir = path.join(home, 'server');
    const [server, browser, id] = await Promise.all([
      startServer({ dataDir, extensionsDir, settings, environment, isUntrusted }),
      launchBrowser(),
      extensionId(),
    ]);
    return new Workbench(server, browser, home, id, settings, installed);
  }

  /** The address of the server. */
  get url(): string {
    return this.#server.url;
  }

  /** The server's first process; the extension hosts are its descendants. */
  get serverPid(): number {
    return this.#server.pid;
  }

  /** Opens a window and waits until the SMSC view container is there. */
  async openWindow(options: WindowOptions = {}): Promise<WorkbenchWindow> {
    if (options.theme) {
      await this.changeSettings({ 'workbench.colorTheme': themes[options.theme] });
    }
    const context = options.context ?? (await this.#newContext(options));
    const page = await context.newPage();
    if (options.viewport) {
      await page.setViewportSize(options.viewport);
    }
    if (options.language) {
      await page.addInitScript({ content: `globalThis._VSCODE_NLS_LANGUAGE = '${options.language}'` });
    }
    const address = new URL(this.url);
    const folder = options.folder ?? this.folder;
    if (folder === '') address.searchParams.set('ew', 'true');
    else address.searchParams.set('folder', folder);
    await page.goto(address.href);
    const window = new WorkbenchWindow(page, options.context ? undefined : context);
    await (this.#installed ? window.ready() : window.drawn());
    if (options.theme) {
      await page.locator(`.monaco-workbench.${themeClasses[options.theme]}`).waitFor();
    }
    return window;
  }

  /** Changes settings; open windows follow by themselves, a little later. */
  async changeSettings(settings: Readonly<Record<string, unknown>>): Promise<void> {
    this.#settings = { ...this.#settings, ...settings };
    await writeServerSettings(this.dataDir, this.#settings);
  }

  /** @returns a file of the extension's globalStorage */
  async readStored(name: string): Promise<Buffer> {
    return readFile(path.join(this.globalStorage, name));
  }

  /**
   * Ends browser and server and removes their files. In `after`. Rejects when a marked secret was shown, or stands in
   * a file or in the arguments of a process.
   */
  async close(): Promise<void> {
    const shown = await Promise.all(this.#leaksShown.map((found) => found()));
    const leaks = [...shown.flat(), ...leaksInProcesses()];
    await this.#browser.close();
    await this.#server.stop();
    leaks.push(...(await leaksIn(this.#home)));
    this.#removeFolder();
    if (leaks.length > 0) throw new Error(`A secret was found:\n${leaks.join('\n')}`);
  }

  async #newContext(options: WindowOptions): Promise<BrowserContext> {
    const viewport = options.viewport ?? { width: 1280, height: 800 };
    const context = await this.#browser.newContext({ viewport });
    this.#leaksShown.push(await leaksShown(context));
    // This server has no keyring of its own, so the workbench would forget secrets on reload: it asks here for the
    // half of its key that belongs on the server.
    await context.route('**/mint-key', (route) => route.fulfill({ body: Buffer.alloc(32, 7) }));
    return context;
  }
}
