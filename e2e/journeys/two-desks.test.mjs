/**
 * Two desks at one list: what one does the other sees where it stands, and no word that is being typed is lost; also
 * after the line was cut.
 */

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

import { journey } from '../harness.mjs';
import { reportLamp } from '../report.mjs';
import { words } from '../words.mjs';

const say = words['zh-CN'];
const PLACE = '锦江苑3栋2单元';
const NEWS = '[data-live-notice="list"]';
const UPDATE = '[data-live-notice="detail"]';

journey('what another desk does stands in the list, and what is being typed stays', async ({ visitor }) => {
  const staff = await visitor({ device: 'desk', as: 'demo-staff' });
  const worker = await visitor({ as: 'demo-grid-worker' });
  const resident = await visitor({ mayComplain: [/422/] });
  assert.equal(await staff.open('/requests'), 200);
  await listening(staff);

  const number = await reportLamp(resident, 'zh-CN', '二楼的灯一直闪', PLACE);

  await staff.page.locator(NEWS).waitFor();
  assert.match((await staff.page.locator(NEWS).textContent()) ?? '', /有 1 件新的/);
  await staff.axe();
  await staff.shot('two-desks-news');
  await staff.page.locator(NEWS).click();
  await staff.page.locator(NEWS).waitFor({ state: 'detached' });

  assert.equal(await staff.open(`/requests/${number}?q=${number}`), 200);
  await listening(staff);
  const typed = '已经打过电话，明天上午去看';
  const field = staff.page.locator('#detail textarea').first();
  await field.evaluate((textarea) => {
    for (let box = textarea.closest('details'); box; box = box.parentElement?.closest('details') ?? null) box.open = true;
  });
  await field.fill(typed);
  assert.equal(await worker.open(`/requests/${number}`), 200);
  await worker.page.getByRole('button', { name: say.take }).click();
  await worker.page.waitForLoadState();

  await staff.page.locator(UPDATE).waitFor();
  await staff.page.locator('[data-row] [data-cell="state"]', { hasText: '办理中' }).first().waitFor();
  assert.equal(await field.inputValue(), typed);
  await staff.shot('two-desks-update');
});

journey('after the line was cut the list goes on where it stopped', async ({ visitor }) => {
  const staff = await visitor({ device: 'desk', as: 'demo-staff', mayComplain: [/ERR_INTERNET_DISCONNECTED|ERR_NETWORK|ERR_INCOMPLETE/] });
  const resident = await visitor({ mayComplain: [/422/] });
  assert.equal(await staff.open('/requests'), 200);
  await listening(staff);
  await staff.page.context().setOffline(true);
  await staff.page.evaluate(() => {
    // Chromium keeps open connections when it goes offline: the page lets go of its own when it is put away.
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });

  await reportLamp(resident, 'zh-CN', '三楼的灯也不亮了', PLACE);
  await reportLamp(resident, 'zh-CN', '四楼的灯也不亮了', PLACE);
  await pause(3_000);
  assert.equal(await staff.page.locator(NEWS).count(), 0);
  await staff.page.context().setOffline(false);
  await staff.page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });

  await staff.page.locator(NEWS).waitFor();
  assert.match((await staff.page.locator(NEWS).textContent()) ?? '', /有 2 件新的/);
});

/** The stream is there as soon as it says so. @param {import('../harness.mjs').Visitor} visitor */
async function listening({ page }) {
  await page.locator('[data-live][data-live-ready]').waitFor({ state: 'attached' });
}
