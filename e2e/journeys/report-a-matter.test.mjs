/**
 * The first story of the house: a resident reports a broken stairwell lamp, it reaches the worker of their grid, who
 * handles it, and the resident confirms. In both languages; and without signing in and without JavaScript.
 */

import assert from 'node:assert/strict';

import { journey } from '../harness.mjs';
import { reportLamp } from '../report.mjs';
import { words } from '../words.mjs';

const LAMP = { 'zh-CN': '3栋2单元三楼的灯不亮', en: 'The stairwell lamp of block 3, entrance 2 is out' };
const PLACE = '锦江苑3栋2单元';

for (const locale of /** @type {const} */ (['zh-CN', 'en'])) {
  const say = words[locale];

  journey(`a broken lamp goes from first word to closure (${locale})`, async ({ visitor }) => {
    // Being asked whether it is the same is an answer of 422.
    const resident = await visitor({ locale, as: 'demo-resident', mayComplain: [/422/] });
    const number = await reportLamp(resident, locale, LAMP[locale], PLACE);
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

    const number = await reportLamp(passer, locale, LAMP[locale], PLACE);

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
