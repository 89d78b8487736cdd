import assert from 'node:assert/strict';
import { Workbench } from './support.ts';

describe('the installed extension', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await Workbench.open();
  });

  after(() => workbench.close());

  it('has its view in the activity bar', async () => {
    const window = await workbench.openWindow();
    await window.openView();
    assert.equal(await window.activityIcon.getAttribute('aria-selected'), 'true');
    await window.close();
  });
});
