import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSimulator, type Simulator } from '../../src/simulator/server.ts';
import { marked, markedLogins } from '../support/marked.ts';
import { Workbench } from './support.ts';
import { until } from './until.ts';
import type { Notification, WorkbenchWindow } from './window.ts';

describe('notifications of checks by hand', () => {
  let workbench: Workbench;
  let window: WorkbenchWindow;
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator({ logins: markedLogins });
    workbench = await Workbench.open({ settings: { 'smsc.timeout': 1 } });
    window = await workbench.openWindow();
  });
  after(async () => {
    await workbench.close();
    await simulator.close();
  });

  async function addAccount(endpoint: string, label: string): Promise<void> {
    const { quickInput } = window;
    const answers = [endpoint, 'alex', marked.password, label];
    await window.run('SMSC: Add Account…');
    await quickInput.pick('Login and password');
    await quickInput.step('Where did you register the account?');
    await quickInput.pick('Another address');
    for (const [index, prompt] of ['Address of soap.php', /^Login/, /^Password/, /^Name/].entries()) {
      await quickInput.step(prompt);
      await quickInput.type(answers[index] ?? '');
      await quickInput.accept();
    }
    await window.notification(`“${label}” is now the active SMSC account.`);
    await window.clearNotifications();
  }

  /** Checks a message and returns the one notification about it. */
  async function check(phone: string, id: string): Promise<Notification> {
    await window.run('SMSC: Check Delivery Status…');
    await window.quickInput.step(/^Phone number/);
    await window.quickInput.type(`${phone}, ${id}`);
    await window.quickInput.accept();
    const shown = await window.notification(`${phone} · ${id}: `);
    // The progress of a long check may still be fading.
    await until('one notification, not two', async () => (await window.notifications()).length === 1);
    return shown;
  }

  const errors: [code: number, text: RegExp, buttons: string[]][] = [
    [1, /SMSC did not accept the parameters \(SMSC error 1\)/, ['Correct…']],
    [3, /SMSC does not know this message \(SMSC error 3\)/, ['Correct…', 'Check Again']],
    [9, /Too many status requests.* \(SMSC error 9\)/, ['Check Again in 60 s']],
    [2, /login or password.* \(SMSC error 2\)/, ['Edit Account', 'Open Account Page']],
    [4, /blocked requests from your IP address.* \(SMSC error 4\)/, ['Open Account Page', 'Show Log']],
  ];
  for (const [code, text, buttons] of errors) {
    it(`say error ${code} in words, and what helps`, async () => {
      // Errors 2 and 4 stop an account or a host: each error has both of its own.
      const own = await startSimulator({ logins: markedLogins });
      try {
        await addAccount(own.url, `Error ${code}`);
        const shown = await check('79990000600', `error-${code}`);
        assert.match(shown.text, text);
        assert.deepEqual(shown.buttons, buttons);
        await window.clearNotifications();
      } finally {
        await own.close();
      }
    });
  }

  it('reopen the prompt with what was typed, to correct it', async () => {
    await addAccount(simulator.url, 'Correct');
    await check('79990000600', 'error-1');
    await window.clickNotification('error-1', 'Correct…');
    await window.quickInput.step(/^Phone number/);
    assert.equal(await window.quickInput.input.inputValue(), '79990000600');
    await window.quickInput.press('Escape');
  });

  const failures: [title: string, respond: (server: Server) => unknown, text: RegExp, button: string][] = [
    [
      'a time-out',
      (server) => server.on('request', () => undefined),
      /did not answer in time/,
      'Check Again',
    ],
    [
      'a web page',
      (server) =>
        server.on('request', (_, response) =>
          response.setHeader('content-type', 'text/html').end('<html>Sign in</html>'),
        ),
      /A web page came instead/,
      'Test Connection',
    ],
    [
      'a closed connection',
      (server) => server.on('request', (request) => request.socket.destroy()),
      /connection was closed/,
      'Show Log',
    ],
  ];
  for (const [title, respond, text, button] of failures) {
    it(`tell ${title}`, async () => {
      const server = createServer();
      respond(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      try {
        await addAccount(`http://127.0.0.1:${port}/sys/soap.php`, title);
        const shown = await check('79990000600', 'x-1');
        assert.match(shown.text, text);
        assert.ok(shown.buttons.includes(button), shown.buttons.join());
        await window.clearNotifications();
      } finally {
        server.closeAllConnections();
        server.close();
      }
    });
  }

  it('warn of a message that was not delivered, without a word of the service', async () => {
    await addAccount(simulator.url, 'Last');
    const shown = await check('79990000501', 'text-markdown');
    assert.equal(shown.text, '79990000501 · text-markdown: Undeliverable: the subscriber is offline');
    await window.clickNotification('text-markdown', 'Show Details');
    await window.webview('h1:has-text("subscriber is offline")');
    await window.clearNotifications();
  });
});

describe('notifications that the user does not want', () => {
  it('do not come', async () => {
    const workbench = await Workbench.open({ settings: { 'smsc.notifications': 'none' } });
    try {
      const window = await workbench.openWindow();
      await window.run('SMSC: Use Demo Account');
      await window.run('SMSC: Check Delivery Status…');
      await window.quickInput.step(/^Phone number/);
      await window.quickInput.type('79990001006, err-6');
      await window.quickInput.accept();
      await window.webview('h1:has-text("subscriber is offline")');
      assert.deepEqual(await window.notifications(), []);
    } finally {
      await workbench.close();
    }
  });
});
