/**
 * An activity, from a resident's idea to the end of its day: proposed, announced, joined with the family, and attended by
 * the code at the door, by a tick, and by ticks of a phone that has no signal for a while.
 */

import assert from 'node:assert/strict';

import { journey } from '../harness.mjs';

const TITLE = '共建花园浇水日';
const MINUTE_MS = 60_000;

/** A day and a time as people in Shanghai write them. */
function written(/** @type {number} */ at) {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' }).format(at);
  const [day = '', time = ''] = parts.split(' ');
  return { day, time };
}

/** A time of today, as far as today reaches. */
function today(/** @type {number} */ minutes) {
  const now = written(Date.now());
  const then = written(Date.now() + minutes * MINUTE_MS);
  if (then.day === now.day) return then.time;
  return minutes < 0 ? '00:00' : '23:59';
}

/** @param {import('../harness.mjs').Visitor} who */
async function fillPlan({ page }, title = TITLE) {
  await page.locator('#title').fill(title);
  await page.locator('#kind').selectOption('garden_day');
  await page.locator('#about').fill('带水壶，下雨改到下周。');
  await page.locator('#place').fill('3栋旁共建花园，南门集合');
  await page.locator('#first_day').fill(written(Date.now()).day);
  await page.locator('#start').fill(today(-30));
  await page.locator('#end').fill(today(120));
}

/**
 * @param {import('../harness.mjs').Visitor} who
 * @param {string} button
 */
async function press({ page }, button) {
  await Promise.all([page.waitForNavigation(), page.locator(button).first().click()]);
}

journey('a resident’s idea is announced, joined and attended', async ({ visitor }) => {
  const wang = await visitor({ as: 'demo-resident' });
  assert.equal(await wang.open('/activities/propose'), 200);
  await fillPlan(wang);
  await wang.axe();
  await wang.fits();
  await wang.shot('activities-propose');
  await press(wang, 'form[action="/activities/propose"] button.main');
  assert.match((await wang.page.locator('main').textContent()) ?? '', /提议交给社区了/);

  const staff = await visitor({ as: 'demo-staff', device: 'desk' });
  assert.equal(await staff.open('/desk/activities?state=proposed'), 200);
  await staff.axe();
  await staff.shot('activities-desk');
  await press(staff, `td.title a:has-text("${TITLE}")`);
  const desk = new URL(staff.page.url()).pathname;
  const id = desk.slice(desk.lastIndexOf('/') + 1);
  await press(staff, 'form[action$="/acts/take-up"] button');
  await press(staff, 'form[action$="/acts/publish"] button');
  await staff.axe();
  await staff.shot('activities-desk-activity');

  const plain = await visitor({ as: 'demo-resident', javaScript: false });
  assert.equal(await plain.open(`/activities/${id}`), 200);
  await plain.shot('activities-page');
  for (const box of await plain.page.locator('input[name=person]').all()) await box.check();
  await press(plain, 'button[form=sign-up]');
  assert.match((await plain.page.locator('main').textContent()) ?? '', /报名好了/);

  const door = (await staff.page.locator('a[href$="/door"]').first().getAttribute('href')) ?? '';
  const organiser = await visitor({ as: 'demo-staff', mayComplain: [/ERR_INTERNET_DISCONNECTED|ERR_FAILED/] });
  assert.equal(await organiser.open(`${door}/code`), 200);
  await organiser.axe();
  await organiser.shot('activities-code');
  const link = (await organiser.page.locator('details a').getAttribute('href')) ?? '';
  assert.equal(await wang.open(link.slice(link.indexOf('/activities/'))), 200);
  await wang.axe();
  await wang.shot('activities-here');
  await press(wang, 'button[name=direction]');
  assert.match((await wang.page.locator('main').textContent()) ?? '', /签到好了/);
  assert.equal(await wang.open('/me/code'), 200);
  await wang.axe();
  await wang.fits();

  // The organiser's phone keeps the page, loses its signal, and ticks off somebody else all the same.
  assert.equal(await organiser.open(door), 200);
  await organiser.axe();
  await organiser.fits();
  await organiser.shot('activities-door');
  await organiser.page.waitForFunction(async (path) => Boolean(await (await caches.open('linli-door')).match(path)), door);
  const context = organiser.page.context();
  await context.setOffline(true);
  await organiser.page.goto(door, { waitUntil: 'domcontentloaded' });
  await organiser.page.locator('[data-sign-up] button[value=in]:visible').first().click();
  await organiser.page.locator('[data-door-state]', { hasText: '记在手机上' }).waitFor();
  await organiser.page.locator('[data-door-queue]', { hasText: '1 条' }).waitFor();
  await organiser.shot('activities-offline');
  await context.setOffline(false);
  await organiser.page.evaluate(() => window.dispatchEvent(new Event('online')));
  await organiser.page.locator('[data-door-queue]', { hasText: '都报上去了' }).waitFor();
  assert.equal(await organiser.open(door), 200);
  assert.match((await organiser.page.locator('#roll').textContent()) ?? '', /在场 2 人/);

  assert.equal(await wang.open('/me/activities'), 200);
  await wang.axe();
  await wang.fits();
  await wang.shot('activities-mine');
});
