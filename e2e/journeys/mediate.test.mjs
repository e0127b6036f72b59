/**
 * Two neighbours in dispute: one asks for mediation, the head asks the other and sets a mediator, they meet and agree,
 * and the one who asked reads of it and of who looked. With scripts and without.
 */

import assert from 'node:assert/strict';

import { journey } from '../harness.mjs';

for (const javaScript of [true, false]) {
  const about = `走廊里的鞋柜挡路 ${javaScript ? '一' : '二'}`;

  journey(`a dispute is asked for, mediated and agreed (${javaScript ? 'with scripts' : 'without JavaScript'})`, async ({ visitor }) => {
    const resident = await visitor({ as: 'demo-resident', javaScript });
    const head = await visitor({ as: 'demo-mediation-head', device: 'desk', javaScript });
    const mediator = await visitor({ as: 'demo-mediator', device: 'desk', javaScript });

    assert.equal(await resident.open('/mediation'), 200);
    await resident.page.getByRole('link', { name: '申请调解' }).click();
    await resident.page.getByLabel('邻里').check();
    await resident.page.getByLabel('是什么事，您希望怎么解决').fill(about);
    await resident.page.locator('#other_name').fill('对门住户');
    await resident.page.getByRole('button', { name: '提交申请' }).click();
    await resident.page.getByText('申请登记好了').waitFor();
    const path = new URL(resident.page.url()).pathname;

    assert.equal(await head.open(path), 200);
    await head.page.getByText(about).waitFor();
    await head.page.getByLabel('电话', { exact: true }).check();
    await head.page.getByRole('button', { name: '登记同意' }).click();
    await head.page.getByText('同意登记好了').waitFor();
    const choice = head.page.locator('#first');
    const name = (await mediator.page.locator('header.side .person b').innerText()).trim();
    await choice.selectOption({ label: name });
    await head.page.getByLabel('没有', { exact: true }).check();
    await head.page.getByRole('button', { name: '定下来' }).click();
    await head.page.getByText('调解员定下来了').waitFor();
    if (javaScript) await head.axe();

    assert.equal(await mediator.open(path), 200);
    await mediator.page.getByLabel('不公开').check();
    await mediator.page.getByLabel('到场的人').fill('双方');
    await mediator.page.getByLabel('谈了什么').fill('愿意换一个窄的');
    await mediator.page.getByRole('button', { name: '保存记录' }).click();
    await mediator.page.getByText('调解会记录保存好了').waitFor();
    await mediator.page.getByText('达成协议', { exact: true }).last().click();
    await mediator.page.getByLabel('双方认可的事实').fill('鞋柜占了走廊一半');
    await mediator.page.getByLabel('各自做什么').fill('换一个二十厘米的');
    await mediator.page.getByLabel('怎么做、什么时候做完').fill('月底前');
    if (javaScript) await mediator.axe();
    await mediator.page.getByRole('button', { name: '口头协议，已经说定' }).click();
    await mediator.page.getByText('口头协议记下来了').waitFor();
    if (javaScript) await mediator.axe();

    assert.equal(await resident.open(path), 200);
    await resident.page.getByText('换一个二十厘米的').waitFor();
    const looks = await resident.page.locator('ul.list li').allInnerTexts();
    assert.ok(looks.some((look) => look.includes(name)), looks.join('; '));
    await resident.fits();
    await resident.shot(`mediation-party-${javaScript}`);
  });
}
