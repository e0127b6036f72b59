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
