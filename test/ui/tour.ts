import type { Workbench } from './support.ts';

/** The way of a first-time user in Russian, from an empty start to many messages; a picture at each stop. */
export async function takeTour(workbench: Workbench): Promise<void> {
  const window = await workbench.openWindow({
    language: 'ru',
    theme: 'light',
    viewport: { width: 1120, height: 700 },
  });
  const { quickInput } = window;
  await window.openView();
  await window.view.getByText('Попробовать демо-аккаунт').waitFor();
  await window.screenshot('ru-1-start');

  await window.view.getByText('Попробовать демо-аккаунт').click();
  await window.view.getByText('Проверить статус доставки').waitFor();
  await window.clearNotifications();
  await window.run('SMSC: Проверить статус доставки…');
  await quickInput.step(/номер/i);
  await quickInput.items();
  await window.screenshot('ru-2-check');
  await quickInput.type('79990001006 err-6');
  await quickInput.accept();
  await window.webview('h1:has-text("не в сети")');
  await window.row('79990001006 · err-6');
  await window.clearNotifications();
  await window.screenshot('ru-3-panel');

  // It arrives 20 seconds after its sending, so the second check finds it delivered.
  const sent = Math.floor(Date.now() / 1000) - 16;
  await window.run('SMSC: Следить за доставкой');
  await quickInput.step(/номер/i);
  await quickInput.type(`79991110001 live-${sent}`);
  await quickInput.accept();
  await window.notification(/79991110001.*Доставлено/s);
  await window.screenshot('ru-4-watch');
  await window.clearNotifications();

  await window.run('SMSC: Объяснить код…');
  await quickInput.step(/код/i);
  await quickInput.type('спам');
  await quickInput.items();
  await window.screenshot('ru-5-explain');
  await quickInput.press('Escape');
  await quickInput.closed();
  await window.close();
}
