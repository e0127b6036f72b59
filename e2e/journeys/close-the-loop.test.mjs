/**
 * After the work: the property company shows what it did, and the requester, who has no account, says by a link how it
 * went, one question at a time and without scripts. And before it: a neighbour who can is asked in person.
 */

import assert from 'node:assert/strict';

import { journey } from '../harness.mjs';
import { reportLamp } from '../report.mjs';

const LAMP = { 'zh-CN': '6栋门厅灯一闪一闪', en: 'The hall lamp of block 6 flickers' };
const PLACE = '锦江苑6栋';
const PROPERTY = '锦江物业（维修班）';
const SAYS = {
  'zh-CN': { asked: '这件事办得怎么样', over: '问完了', cooking: '做饭', ask: '请会的邻居帮忙', her: '王秀英', thanked: '社区谢谢您' },
  en: { asked: 'How did it go', over: 'That is all', cooking: 'Cooking', ask: 'Ask neighbours who can', her: '王秀英', thanked: 'thanks you' },
};

/** A picture of the work. */
const PICTURE = {
  name: 'lamp.png',
  mimeType: 'image/png',
  buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAABAAAAAMCAIAAADkharWAAAAFUlEQVR42mM4sSqKJMQwqmFUA3YEAKIAWRCnsteyAAAAAElFTkSuQmCC', 'base64'),
};

for (const locale of /** @type {const} */ (['zh-CN', 'en'])) {
  const say = SAYS[locale];

  journey(`who has no account says by a link how it went (${locale})`, async ({ visitor }) => {
    const requester = await visitor({ locale, mayComplain: [/422/] });
    const number = await reportLamp(requester, locale, LAMP[locale], PLACE);
    const matter = `/requests/${number}`;

    const desk = await visitor({ locale, as: 'demo-staff', device: 'desk' });
    assert.equal(await desk.open(matter), 200);
    const redispatch = desk.page.locator('details:has(form[action$="/dispatch"]) > summary');
    if ((await redispatch.count()) > 0) await redispatch.click();
    await desk.page.locator('#handler-to').selectOption({ label: PROPERTY });
    await desk.page.locator('form[action$="/dispatch"] .actions button').click();
    await desk.page.locator('.part', { hasText: PROPERTY }).waitFor();

    const property = await visitor({ locale, as: 'demo-property' });
    assert.equal(await property.open(matter), 200);
    await property.page.locator('form[action$="/take-up"] button').click();
    await property.page.locator('#answer').fill('换了镇流器，已亮');
    await property.page.locator('#photos').setInputFiles(PICTURE);
    await property.axe();
    await property.fits();
    await property.shot(`loop-answer-${locale}`);
    await property.page.locator('form[action$="/answer"] button.main').click();
    await property.page.locator('.part img').waitFor();

    assert.equal(await desk.open(matter), 200);
    const link = await desk.page.locator('#ask-link').inputValue();
    await desk.axe();
    await desk.shot(`loop-desk-${locale}`);

    const asked = await visitor({ locale, javaScript: false });
    const path = link.slice(link.indexOf('/asked/'));
    assert.equal(await asked.open(path), 200);
    await asked.page.getByRole('heading', { name: say.asked }).waitFor();
    await asked.fits();
    await asked.shot(`loop-asked-${locale}`);
    await asked.page.locator('button[name="resolved"][value="yes"]').click();
    await asked.page.locator('button[name="satisfied"][value="yes"]').click();
    await asked.page.getByText(say.over).waitFor();
    await asked.shot(`loop-over-${locale}`);

    const dark = await visitor({ locale, theme: 'dark', mayComplain: [/410/] });
    assert.equal(await dark.open('/asked/nothing'), 410);
    await dark.axe();
    await dark.shot(`loop-gone-${locale}`);
  });

  journey(`a neighbour who can is asked in person, comes and is thanked (${locale})`, async ({ visitor }) => {
    const reporter = await visitor({ locale, mayComplain: [/422/] });
    const number = await reportLamp(reporter, locale, LAMP[locale], PLACE);
    const desk = await visitor({ locale, as: 'demo-staff', device: 'desk' });
    assert.equal(await desk.open(`/requests/${number}`), 200);
    if ((await desk.page.getByRole('link', { name: say.ask }).count()) === 0) {
      await desk.page.locator('#handler-to').selectOption({ label: PROPERTY });
      await desk.page.locator('form[action$="/dispatch"] .actions button').click();
    }
    await desk.page.getByRole('link', { name: say.ask }).click();
    await desk.page.locator('#skill').selectOption({ label: say.cooking });
    await desk.page.locator('form[role="search"] button').last().click();
    await desk.page.getByLabel(say.her).check();
    await desk.page.locator('#asked-words').fill('周六中午帮独居老人做顿饭');
    await desk.axe();
    await desk.fits();
    await desk.shot(`neighbours-${locale}`);
    await desk.page.locator('form[action$="/neighbours"] button.main').click();
    await desk.page.locator('.part', { hasText: say.her }).waitFor();

    const resident = await visitor({ locale, as: 'demo-resident' });
    assert.equal(await resident.open('/tasks'), 200);
    await resident.page.getByText('周六中午帮独居老人做顿饭').first().click();
    await resident.axe();
    await resident.fits();
    await resident.shot(`neighbour-asked-${locale}`);
    await resident.page.locator('form[action$="/sign-for"] button').click();
    const task = resident.page.url();

    assert.equal(await desk.open(`/requests/${number}`), 200);
    const part = desk.page.locator('.part', { hasText: say.her });
    await part.locator('form[action$="/assign"] textarea').fill('十一点到活动室');
    await part.locator('form[action$="/assign"] button').click();
    await resident.page.goto(task);
    await resident.page.locator('form[action$="/answer"] textarea').fill('做好了');
    await resident.page.locator('form[action$="/answer"] button.main').click();
    assert.equal(await desk.open(`/requests/${number}`), 200);
    await part.locator('form[action$="/thank"] button').click();
    await resident.page.goto(task);
    await resident.page.getByText(say.thanked).first().waitFor();
    await resident.shot(`neighbour-thanked-${locale}`);
  });
}
