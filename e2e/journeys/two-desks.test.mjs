/**
 * Two desks at one list: what one does the other sees where it stands, and no word that is being typed is lost; also
 * after the line was cut, and when a row is no longer for this list or this reader.
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

journey('a row that has left the filter is marked, and of one that is no longer ours only the place stays', async ({ visitor }) => {
  const one = await visitor({ device: 'desk', as: 'demo-staff' });
  const other = await visitor({ device: 'desk', as: 'demo-staff' });
  const party = await visitor({ device: 'desk', as: 'demo-property' });
  assert.equal(await one.open('/requests?state=unassigned'), 200);
  await listening(one);
  const first = one.page.locator('[data-row]').first();
  const link = (await first.locator('a[data-part]').getAttribute('href')) ?? '';
  const number = /QS-[\d-]+/.exec(link)?.[0] ?? '';

  await give(other, number, '锦江物业（维修班）');

  await one.page.locator('[data-row][data-gone="out"]', { hasText: '已不在当前筛选里' }).waitFor();
  await one.axe();
  await one.shot('two-desks-out');
  assert.equal(await party.open(`/requests?q=${number}`), 200);
  await listening(party);
  assert.equal(await party.page.locator('[data-row]').count(), 1);

  await give(other, number, '网格员');

  const gone = party.page.locator('[data-row][data-gone="all"]');
  await gone.waitFor();
  assert.equal((await gone.textContent())?.trim(), '这一件已不在您的查看范围内');
  await party.axe();
  await party.shot('two-desks-gone');
});

/** Gives a matter to a party, as one ticks it in the list. @param {import('../harness.mjs').Visitor} visitor */
async function give({ page, open }, /** @type {string} */ number, /** @type {string} */ party) {
  await open(`/requests?q=${number}`);
  await page.locator('[data-bulk-item]').first().check();
  await page.locator('#to').selectOption({ label: party });
  await page.locator('.bulkbar button').click();
  await page.waitForLoadState();
}

/** The stream is there as soon as it says so. @param {import('../harness.mjs').Visitor} visitor */
async function listening({ page }) {
  await page.locator('[data-live][data-live-ready]').waitFor({ state: 'attached' });
}
