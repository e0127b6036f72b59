/**
 * An office brings its old requests: a table is sent, its columns are guessed and corrected, the preview is read, the
 * requests are loaded. With the keyboard alone, and without JavaScript.
 */

import assert from 'node:assert/strict';

import { journey } from '../harness.mjs';

/** @param {string} number */
const table = (number) => ({
  name: '工单.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`工单编号,受理时间,办理状态,标题,大类,承办单位\n${number},2025/3/1 9:05,已办结,旧路灯${number}不亮,照明,市政\n`),
});

for (const javaScript of [true, false]) {
  const number = javaScript ? 'OLD-1' : 'OLD-2';

  journey(`old requests are loaded by choosing columns (${javaScript ? 'with the keyboard' : 'without JavaScript'})`, async ({ visitor }) => {
    const clerk = await visitor({ as: 'demo-staff', device: 'desk', javaScript });
    const { page } = clerk;
    /** @param {string} name */
    const press = async (name) => {
      const button = page.getByRole('button', { name, exact: true });
      await button.focus();
      await page.keyboard.press('Enter');
    };

    assert.equal(await clerk.open('/requests/import'), 200);
    await page.getByLabel('表格文件').setInputFiles(table(number));
    await press('下一步');
    await page.getByRole('heading', { name: '对应各列' }).waitFor();
    assert.equal(await page.getByLabel('受理时间').inputValue(), '受理时间');
    assert.equal(await page.getByLabel('已办结').inputValue(), 'closed');
    if (javaScript) await clerk.axe();
    await clerk.shot(`import-columns-${number}`);
    await press('看预览');
    await page.getByText(`旧路灯${number}不亮`).waitFor();
    if (javaScript) await clerk.axe();
    await press('导入');
    await page.getByText('已导入。').waitFor();

    assert.equal(await clerk.open(`/requests?state=all&q=旧路灯${number}`), 200);
    await page.getByRole('link', { name: `旧路灯${number}不亮` }).first().waitFor();
  });
}

journey('a register is brought, checked line by line and taken back', async ({ visitor }) => {
  const clerk = await visitor({ as: 'demo-staff', device: 'desk', mayComplain: [/422/] });
  const { page } = clerk;
  const lines = ['姓名,性别,住址', '司马安邦,男,锦江苑5栋1单元302', '司马嘉,不知道,锦江苑5栋1单元302'];
  /** @param {string[]} rows */
  const bring = async (rows) => {
    assert.equal(await clerk.open('/people/import'), 200);
    await page.locator('#file').setInputFiles({ name: '名册.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) });
    await page.getByRole('button', { name: '上传并核对' }).click();
  };

  await bring(['姓名,身份证号', '司马安邦,11010519491231002X']);
  await page.getByText('整份没有接收').waitFor();
  await clerk.axe();
  await bring(lines);
  await page.getByRole('heading', { name: '核对列' }).waitFor();
  await clerk.axe();
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByText('性别“不知道”没看懂').waitFor();
  await clerk.axe();
  await bring([lines[0], lines[1]]);
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByRole('button', { name: '确认写入 1 人' }).waitFor();
  await clerk.axe();
  await clerk.shot('import-people-preview');
  await page.getByRole('button', { name: '确认写入 1 人' }).click();
  await page.getByRole('button', { name: '撤销' }).waitFor();
  await clerk.axe();
  await clerk.shot('import-people-done');
  await page.getByRole('button', { name: '撤销' }).click();
  await page.getByRole('status').first().waitFor();
});

journey('a map that crosses itself is shown with its faults and not loaded', async ({ visitor }) => {
  const clerk = await visitor({ as: 'demo-staff', device: 'desk' });
  const { page } = clerk;
  const crossing = {
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        properties: { name: '新微网格' },
        geometry: { type: 'Polygon', coordinates: [[[104.06, 30.66], [104.061, 30.661], [104.061, 30.66], [104.06, 30.661], [104.06, 30.66]]] },
      },
    ],
  };

  assert.equal(await clerk.open('/areas/import'), 200);
  await page.locator('#file').setInputFiles({ name: 'a.geojson', mimeType: 'application/geo+json', buffer: Buffer.from(JSON.stringify(crossing)) });
  await page.getByLabel('文件里是什么').selectOption({ label: '微网格' });
  await page.getByRole('button', { name: '检查并预览' }).click();
  await page.waitForLoadState();
  await page.getByText('自己交叉').first().waitFor();
  await clerk.fits();
  await clerk.axe();
  await clerk.shot('import-areas-faults');
  assert.equal(await page.getByRole('button', { name: /导入这/ }).count(), 0);
});
