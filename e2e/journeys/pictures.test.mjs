/**
 * The pictures of the guides and of the README, taken from the demo as it is. With `LINLI_PICTURES=1` they are written
 * to `docs/pictures/NAME.LOCALE.png`; without, the walk only shows that each pictured page still opens.
 *
 * Residents and grid workers are seen on a phone, the office at a desk; always in the light theme, one dot for a pixel.
 */

import assert from 'node:assert/strict';
import { mkdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { journey } from '../harness.mjs';

/** @typedef {import('../harness.mjs').Visitor} Visitor */

const PICTURES = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const PICTURE_BYTES_MAX = 240 * 1024;
const IS_DRAWING = process.env.LINLI_PICTURES === '1';

/**
 * @typedef {object} Scene
 * @property {string} name of the picture
 * @property {string} [as] the demo person; no one if not said
 * @property {'phone' | 'desk'} device
 * @property {string} path of the page
 * @property {(visitor: Visitor) => Promise<void>} [then] what is done there before the picture is taken
 */

/** @type {Scene[]} In the order of the guides. */
const SCENES = [
  { name: 'home', device: 'phone', path: '/' },
  { name: 'report', device: 'phone', path: '/report' },
  { name: 'my-data', as: 'demo-resident', device: 'phone', path: '/me/data' },
  { name: 'today', as: 'demo-grid-worker', device: 'phone', path: '/requests' },
  { name: 'handling', as: 'demo-grid-worker', device: 'phone', path: '/requests', then: openFirst },
  { name: 'workbench', as: 'demo-staff', device: 'desk', path: '/requests', then: openFirst },
  { name: 'import-people', as: 'demo-staff', device: 'desk', path: '/people/import' },
  { name: 'handler', as: 'demo-property', device: 'desk', path: '/requests', then: openFirst },
  { name: 'map', as: 'demo-administrator', device: 'desk', path: '/areas' },
  { name: 'administration', as: 'demo-administrator', device: 'desk', path: '/admin' },
];

for (const locale of /** @type {const} */ (['zh-CN', 'en'])) {
  for (const { name, as, device, path, then } of SCENES) {
    journey(`the picture “${name}” can be taken (${locale})`, async ({ visitor }) => {
      const onlooker = await visitor({ locale, device, as });
      assert.equal(await onlooker.open(path), 200, path);
      await then?.(onlooker);
      if (IS_DRAWING) await draw(onlooker, `${name}.${locale}`);
    });
  }
}

/**
 * Opens the first matter of the list: beside it at a desk, on a page of its own on a phone.
 *
 * @param {Visitor} visitor
 */
async function openFirst({ page }) {
  await page.locator('[data-row] a').first().click();
  await page.locator('#detail [data-focus]').waitFor();
}

/**
 * @param {Visitor} visitor
 * @param {string} name
 */
async function draw({ page }, name) {
  await mkdir(PICTURES, { recursive: true });
  await page.waitForLoadState('networkidle');
  // What was opened has the focus and may have moved the page; a picture begins at its top.
  await page.evaluate(() => globalThis.scrollTo(0, 0));
  const path = `${PICTURES}${name}.png`;
  await page.screenshot({ path, scale: 'css', animations: 'disabled', caret: 'hide' });
  const { size } = await stat(path);
  assert.ok(size <= PICTURE_BYTES_MAX, `${name}.png has ${size} bytes, more than a page of documents should carry`);
}
