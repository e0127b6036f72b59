/**
 * Every page that a person can open: no barrier, no sideways scrolling, no complaint, in both languages, on phone and
 * desk, light and dark. Each leaves a picture.
 */

import assert from 'node:assert/strict';

import { everyLook, journey } from '../harness.mjs';

/**
 * Who opens what. `nobody` is not signed in. A pair is a list and a link in it: what it leads to is opened.
 *
 * @type {Record<string, (string | [string, string])[]>}
 */
const PAGES = {
  nobody: [
    '/',
    '/report',
    '/sign-in',
    '/map',
    '/matters',
    ['/matters', 'li[data-pin] a'],
    '/track',
    '/about',
    '/calls',
    '/activities',
    '/posts',
    ['/posts', 'main .list a'],
    '/hours/figures',
    '/certificates',
    '/points',
    '/points/figures',
    ['/points', 'section.card a[href^="/points/schemes/"]'],
    '/points/notices',
    '/shop',
    '/timebank',
    '/books',
    '/mediation',
    '/mediation/apply',
    '/mediation/petition',
  ],
  'demo-resident': [
    '/',
    '/report',
    '/account',
    '/account/tokens',
    '/account/codes',
    '/me/data',
    '/me/data/erase',
    '/me/data/skills',
    '/me/activities',
    '/me/activities/calendar',
    '/me/code',
    '/activities/propose',
    '/me/volunteering',
    ['/posts', 'main .list a'],
    '/me/hours',
    '/me/certificate',
    '/me/points',
    '/me/points/claim',
    ['/me/points', 'ul.list a'],
    ['/points/notices', 'td a.btn'],
    '/me/time',
    '/me/time/relatives',
    '/timebank/ask',
    '/alerts',
    '/mediation/cases',
    ['/mediation/cases', '[data-row] a'],
  ],
  'demo-grid-worker': ['/today', '/requests', ['/requests', '[data-row] a'], '/people', ['/people', '[data-row] a']],
  'demo-staff': [
    '/today',
    '/requests',
    ['/requests', '[data-row] a'],
    '/requests/new',
    '/requests/settings',
    '/requests/import',
    '/requests/counts',
    '/themes',
    ['/themes', 'td.title a'],
    '/handover',
    ['/handover', 'td a'],
    '/areas',
    ['/areas', 'h2 a'],
    '/areas/new',
    '/areas/import',
    '/open311',
    '/open311/peers',
    '/people',
    '/people/import',
    '/posts/desk',
    ['/posts/desk', 'td.title a'],
    '/posts/desk/new',
    '/posts/desk/roster',
    '/desk/activities',
    '/desk/activities/new',
    '/desk/activities/looks',
    '/desk/activities/calls',
    '/hours',
    '/hours/enter',
    '/hours/calls',
    '/hours/flags',
    '/hours/import',
    '/timebank/desk',
    '/timebank/decisions',
    '/points/desk',
    ['/points/desk', 'td.title a'],
    '/points/desk/record',
    '/points/desk/schemes',
    ['/points/desk/schemes', 'ul.list.card a'],
    '/points/desk/funds',
    '/points/desk/rewards',
    ['/points/desk/rewards', 'td.title a'],
    '/points/desk/limits',
    '/points/desk/glance',
    '/points/reviews',
    '/shop/till',
    '/account',
    '/alerts',
  ],
  'demo-leader': ['/today', '/whistles', '/requests/counts'],
  'demo-property': ['/today', '/requests', '/tasks'],
  'demo-mediation-head': ['/mediation/cases', ['/mediation/cases', '[data-row] a'], '/mediation/record', '/mediation/counts'],
  'demo-mediator': ['/mediation/cases', ['/mediation/cases', '[data-row] a']],
  'demo-district': ['/requests/counts', '/mediation/counts'],
  'demo-administrator': ['/admin', '/admin/accounts', ['/admin/accounts', 'td.title a'], '/admin/duties', '/admin/jobs', '/admin/record', '/admin/settings', '/areas', '/open311', '/open311/peers'],
};

const PEOPLE = Object.keys(PAGES);

for (const look of everyLook) {
  const name = Object.values(look).join(', ');

  for (const person of PEOPLE) {
    journey(`${person} can read every page (${name})`, async ({ visitor }) => {
      const reader = await visitor({ ...look, as: as(person) });
      await everyPage(reader, person, async (page) => {
        await reader.fits();
        await reader.axe();
        await reader.shot(['page', person, page, ...Object.values(look)].join('-'));
      });
    });
  }
}

for (const person of PEOPLE) {
  journey(`${person} can read every page in large letters, and in a language that is written from the right`, async ({ visitor }) => {
    const reader = await visitor({ as: as(person), size: 'large' });
    await everyPage(reader, person, async (page) => {
      await reader.fits();
      await reader.axe();
      await reader.shot(['page', person, page, 'large'].join('-'));
      await reader.page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
      await reader.fits();
      await reader.shot(['page', person, page, 'mirrored'].join('-'));
    });
  });
}

/** @param {string} person */
function as(person) {
  return person === 'nobody' ? undefined : person;
}

/**
 * @param {import('../harness.mjs').Visitor} reader
 * @param {string} person
 * @param {(page: string) => Promise<void>} look
 */
async function everyPage(reader, person, look) {
  for (const entry of PAGES[person] ?? []) {
    const [path, link] = typeof entry === 'string' ? [entry] : entry;
    assert.equal(await reader.open(path), 200, path);
    if (link) {
      const target = await reader.page.locator(link).first().getAttribute('href');
      assert.ok(target, `${path} has a link ${link}`);
      assert.equal(await reader.open(target), 200, target);
    }
    await look((path.replaceAll('/', '-').slice(1) || 'home') + (link ? '-one' : ''));
  }
}
