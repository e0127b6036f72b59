/**
 * The first story of the house: a resident reports a broken stairwell lamp, the grid worker handles it, the resident
 * confirms. In both languages, and without JavaScript.
 */

import assert from 'node:assert/strict';

import { journey } from '../harness.mjs';
import { words } from '../words.mjs';

const LAMP = { 'zh-CN': '3 栋 2 单元楼道灯不亮', en: 'The stairwell lamp of block 3, entrance 2 is out' };

for (const locale of /** @type {const} */ (['zh-CN', 'en'])) {
  const say = words[locale];

  journey(`a broken lamp goes from first word to closure (${locale})`, async ({ visitor }) => {
    const resident = await visitor({ locale, as: 'resident' });
    const number = await report(resident, locale);
    await resident.shot(`report-sent-${locale}`);

    const worker = await visitor({ locale, as: 'grid-worker' });
    await find(worker, number, LAMP[locale]);
    await worker.page.getByRole('button', { name: say.take }).click();
    await worker.page.getByLabel(say.answer).fill(LAMP[locale]);
    await worker.page.getByRole('button', { name: say.finish }).click();
    await worker.axe();
    await worker.shot(`request-answered-${locale}`);

    await resident.open(`/track/${number}`);
    await resident.page.getByText(say.awaiting).first().waitFor();
    await resident.page.getByRole('button', { name: say.confirm }).click();
    await resident.page.getByText(say.closed).first().waitFor();
    await resident.axe();
    await resident.shot(`request-closed-${locale}`);
  });

  journey(`a matter is reported without signing in and without JavaScript (${locale})`, async ({ visitor }) => {
    const passer = await visitor({ locale, javaScript: false });

    const number = await report(passer, locale);

    assert.equal(await passer.open(`/track/${number}`), 200);
    await passer.page.getByText(say.received).first().waitFor();
  });
}

journey('a made-up number leads to no one’s matter', async ({ visitor }) => {
  const curious = await visitor({ mayComplain: [/404/] });

  assert.equal(await curious.open('/track/QS-2026-000000'), 404);
  await curious.axe();
});

/**
 * Reports the lamp from the home page and gives the public number.
 *
 * @param {import('../harness.mjs').Visitor} visitor
 * @param {import('../harness.mjs').Locale} locale
 */
async function report({ page, open }, locale) {
  const say = words[locale];
  assert.equal(await open('/'), 200);
  await page.getByRole('link', { name: say.report }).first().click();
  await page.getByLabel(say.what).fill(LAMP[locale]);
  await page.getByLabel(say.where).fill(LAMP[locale]);
  await page.getByRole('button', { name: say.send }).click();
  await page.waitForURL('**/track/*');
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

/**
 * Opens the matter from the workbench.
 *
 * @param {import('../harness.mjs').Visitor} visitor
 * @param {string} number
 * @param {string} title
 */
async function find({ page, open }, number, title) {
  assert.equal(await open('/requests'), 200);
  await page.getByText(title).first().waitFor();
  assert.equal(await open(`/requests/${number}`), 200);
}
