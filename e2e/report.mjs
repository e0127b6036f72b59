/** Reporting, as many journeys begin. */

import assert from 'node:assert/strict';

import { words } from './words.mjs';

/**
 * Reports a lamp from the home page and gives the public number. Somebody may have reported the same near by: then one is
 * asked once, which is an answer of 422, and goes on.
 *
 * @param {import('./harness.mjs').Visitor} visitor one who may complain of 422
 * @param {import('./harness.mjs').Locale} locale
 * @param {string} title what is wrong
 * @param {string} place where
 */
export async function reportLamp({ page, open }, locale, title, place) {
  const say = words[locale];
  assert.equal(await open('/'), 200);
  await page.getByRole('link', { name: say.report }).first().click();
  await page.getByText(say.facilities, { exact: true }).click();
  await page.getByRole('radio', { name: say.lamp }).check();
  await page.getByLabel(say.what).fill(title);
  await page.getByLabel(say.where).fill(place);
  await page.getByRole('button', { name: say.send, exact: true }).click();
  const another = page.getByRole('button', { name: say.another });
  await Promise.race([page.waitForURL('**/report/thanks/*'), another.waitFor()]);
  if (await another.isVisible()) await another.click();
  await page.waitForURL('**/report/thanks/*');
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}
