/**
 * The first story of the house: a resident reports a broken stairwell lamp, it reaches the worker of their grid, who
 * handles it, and the resident confirms. In both languages; and without signing in and without JavaScript.
 */

import assert from 'node:assert/strict';

import { journey } from '../harness.mjs';
import { words } from '../words.mjs';

const LAMP = { 'zh-CN': '3栋2单元三楼的灯不亮', en: 'The stairwell lamp of block 3, entrance 2 is out' };
const PLACE = '锦江苑3栋2单元';

for (const locale of /** @type {const} */ (['zh-CN', 'en'])) {
  const say = words[locale];

  journey(`a broken lamp goes from first word to closure (${locale})`, async ({ visitor }) => {
    // Being asked whether it is the same is an answer of 422.
    const resident = await visitor({ locale, as: 'demo-resident', mayComplain: [/422/] });
    const number = await report(resident, locale);
    await resident.axe();
    await resident.shot(`report-sent-${locale}`);

    const worker = await visitor({ locale, as: 'demo-grid-worker' });
    assert.equal(await worker.open('/today'), 200);
    await worker.page.getByText(LAMP[locale]).first().waitFor();
    assert.equal(await worker.open(`/requests/${number}`), 200);
    await worker.page.getByRole('button', { name: say.take }).click();
    await worker.page.getByLabel(say.answer).fill(LAMP[locale]);
    await worker.page.getByRole('button', { name: say.finish, exact: true }).click();
    await worker.page.waitForLoadState();
    await worker.axe();
    await worker.shot(`request-answered-${locale}`);

    assert.equal(await resident.open(`/track/${number}`), 200);
    await resident.page.getByRole('button', { name: say.solved }).first().click();
    await resident.page.getByRole('button', { name: say.content }).first().click();
    await resident.page.getByText(say.closed).first().waitFor();
    await resident.axe();
    await resident.shot(`request-closed-${locale}`);
  });

  journey(`a matter is reported without signing in and without JavaScript (${locale})`, async ({ visitor }) => {
    const passer = await visitor({ locale, javaScript: false, mayComplain: [/422/] });

    const number = await report(passer, locale);

    assert.equal(await passer.open(`/track/${number}`), 200);
    await passer.page.getByText(number).first().waitFor();
  });
}

journey('a made-up number leads to no one’s matter', async ({ visitor }) => {
  const curious = await visitor({ mayComplain: [/404/] });

  await curious.open('/track/QS-2026-000000');

  await curious.page.getByLabel('查询码').waitFor();
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
  await page.getByText(say.facilities, { exact: true }).click();
  await page.getByRole('radio', { name: say.lamp }).check();
  await page.getByLabel(say.what).fill(LAMP[locale]);
  await page.getByLabel(say.where).fill(PLACE);
  await page.getByRole('button', { name: say.send, exact: true }).click();
  // Somebody may have reported the same near by: then one is asked once, and goes on.
  const another = page.getByRole('button', { name: say.another });
  await Promise.race([page.waitForURL('**/report/thanks/*'), another.waitFor()]);
  if (await another.isVisible()) await another.click();
  await page.waitForURL('**/report/thanks/*');
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}
