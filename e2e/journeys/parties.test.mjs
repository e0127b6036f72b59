/**
 * One matter and three parties: the property company leads, the subdistrict has a part and answers by a link without an
 * account, the desk keeps it together, and the resident sees one course. Then a whistle, from the head's yes to the
 * parties, and neighbours who are asked for a hand. In both languages.
 */

import assert from 'node:assert/strict';

import { journey } from '../harness.mjs';
import { reportLamp } from '../report.mjs';

const LAMP = { 'zh-CN': '5栋1单元门口的灯杆歪了', en: 'The lamp post at block 5 leans' };
const PLACE = '锦江苑5栋1单元';
const PROPERTY = '锦江物业（维修班）';
const CITY = '街道城管办';
const SAYS = {
  'zh-CN': { waits: '等居民答复', stands: /暂停计时/, done: '已答复', asks: '解决了吗', come: '我来帮忙', blown: '已吹哨' },
  en: { waits: 'Waits for the resident', stands: /clock stands/, done: 'Answered', asks: /solved|resolved/i, come: 'I will help', blown: 'Blown' },
};

for (const locale of /** @type {const} */ (['zh-CN', 'en'])) {
  const say = SAYS[locale];

  journey(`three parties answer for one matter, each for its part (${locale})`, async ({ visitor }) => {
    const resident = await visitor({ locale, as: 'demo-resident', mayComplain: [/422/] });
    const number = await reportLamp(resident, locale, LAMP[locale], PLACE);
    const matter = `/requests/${number}`;

    const desk = await visitor({ locale, as: 'demo-staff', device: 'desk' });
    assert.equal(await desk.open(matter), 200);
    await give(desk.page, 'dispatch', '#handler-to', PROPERTY);
    await desk.page.locator('details:has(form[action$="/part"]) > summary').click();
    await desk.page.locator('#part-words').fill('请现场认定灯杆归谁维护');
    await desk.page.locator('#part-hours').fill('16');
    await desk.page.locator('#part-to').selectOption({ label: CITY });
    await desk.page.locator('form[action$="/part"] .actions button').click();
    await desk.page.locator('.part', { hasText: CITY }).waitFor();
    await desk.page.locator('.part', { hasText: CITY }).locator('form[action$="/link"] button').click();
    const link = await desk.page.locator('.part', { hasText: CITY }).locator('input[data-copy]').inputValue();
    await desk.axe();
    await desk.shot(`parties-desk-${locale}`);

    const city = await visitor({ locale });
    const answer = link.slice(link.indexOf('/answer/'));
    assert.equal(await city.open(answer), 200);
    await city.page.locator('form[action$="/take-up"] button').click();
    await city.page.locator('form[action$="/answer"] textarea').fill('灯杆在红线内，归物业维护');
    await city.axe();
    await city.fits();
    await city.shot(`parties-link-${locale}`);
    await city.page.locator('form[action$="/answer"] button.main').click();
    await city.page.getByText('灯杆在红线内，归物业维护').waitFor();

    const property = await visitor({ locale, as: 'demo-property' });
    assert.equal(await property.open(matter), 200);
    await property.page.locator('form[action$="/take-up"] button').click();
    await property.page.locator('details:has(form[action$="/pause"]) > summary').click();
    await property.page.locator('form[action$="/pause"] textarea').fill('请约一个方便吊车进来的时间');
    await property.page.locator('form[action$="/pause"] button').click();
    await property.page.getByText(say.waits).first().waitFor();

    assert.equal(await resident.open(`/track/${number}`), 200);
    await resident.page.getByText('请约一个方便吊车进来的时间').waitFor();
    await resident.page.getByText(say.stands).first().waitFor();
    await resident.axe();
    await resident.shot(`parties-waiting-${locale}`);

    await property.page.locator('form[action$="/resume"] button').click();
    await property.page.locator('#answer').fill('灯杆已扶正加固');
    await property.page.locator('form[action$="/answer"] button.main').click();
    await property.page.getByText(say.done).first().waitFor();
    await property.axe();
    await property.fits();
    await property.shot(`parties-answered-${locale}`);

    assert.equal(await resident.open(`/track/${number}`), 200);
    await resident.page.getByText('灯杆已扶正加固').waitFor();
    await resident.page.getByRole('heading', { name: say.asks }).waitFor();
  });

  journey(`a head agrees to a whistle, and a neighbour lends a hand (${locale})`, async ({ visitor }) => {
    const desk = await visitor({ locale, as: 'demo-staff', device: 'desk' });
    const resident = await visitor({ locale, as: 'demo-resident', mayComplain: [/422/] });
    const number = await reportLamp(resident, locale, LAMP[locale], PLACE);
    assert.equal(await desk.open(`/requests/${number}`), 200);
    await desk.page.locator('details:has(form[action$="/whistle"]) > summary').click();
    await desk.page.locator('form[action$="/whistle"] input[value="work_push"]').check();
    await desk.page.locator('form[action$="/whistle"]').getByLabel(CITY).check();
    await desk.page.locator('#whistle-words').fill('请城管今天一起来看现场');
    await desk.page.locator('form[action$="/whistle"] .actions button').click();
    await desk.page.locator('.whistle').waitFor();
    await desk.axe();

    const head = await visitor({ locale, as: 'demo-leader', device: 'desk' });
    assert.equal(await head.open('/whistles'), 200);
    await head.axe();
    await head.shot(`whistles-${locale}`);
    assert.equal(await head.open(`/requests/${number}`), 200);
    await head.page.locator('form[action$="/authorise"] button').click();
    await head.page.locator('.whistle').getByText(say.blown).waitFor();
    await head.page.locator('.part', { hasText: CITY }).waitFor();

    assert.equal(await resident.open('/calls'), 200);
    const come = resident.page.getByRole('button', { name: say.come });
    if ((await come.count()) > 0) {
      await come.first().click();
      await resident.page.waitForURL('**/tasks/*');
    } else {
      assert.equal(await resident.open('/tasks'), 200);
    }
    await resident.axe();
    await resident.fits();
    await resident.shot(`lend-a-hand-${locale}`);
  });
}

/**
 * Gives the matter to another party, by the form behind a summary.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} act
 * @param {string} field
 * @param {string} party
 */
async function give(page, act, field, party) {
  await page.locator(`details:has(form[action$="/${act}"]) > summary`).click();
  await page.locator(field).selectOption({ label: party });
  await page.locator(`form[action$="/${act}"] .actions button`).click();
  await page.locator('.part', { hasText: party }).waitFor();
}
