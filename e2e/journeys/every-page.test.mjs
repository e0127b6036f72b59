/**
 * Every page that a person can open: no barrier, no sideways scrolling, no complaint, in both languages, on phone and
 * desk, light and dark. Each leaves a picture.
 */

import assert from 'node:assert/strict';

import { everyLook, journey } from '../harness.mjs';

/** Who opens what. `nobody` is not signed in. */
const PAGES = {
  nobody: ['/', '/report', '/sign-in', '/map', '/matters', '/track', '/about'],
  'demo-resident': ['/', '/report', '/account', '/me/data', '/alerts'],
  'demo-grid-worker': ['/today', '/requests', '/people'],
  'demo-staff': ['/today', '/requests', '/requests/new', '/requests/settings', '/areas', '/areas/import', '/people', '/people/import'],
  'demo-property': ['/today', '/requests'],
  'demo-administrator': ['/admin', '/admin/accounts', '/admin/duties', '/admin/jobs', '/admin/record', '/admin/settings', '/areas'],
};

for (const look of everyLook) {
  const name = Object.values(look).join(', ');

  for (const [person, paths] of Object.entries(PAGES)) {
    journey(`${person} can read every page (${name})`, async ({ visitor }) => {
      const reader = await visitor({ ...look, as: person === 'nobody' ? undefined : person });
      for (const path of paths) {
        assert.equal(await reader.open(path), 200, path);
        await reader.fits();
        await reader.axe();
        await reader.shot(['page', person, path.replaceAll('/', '-').slice(1) || 'home', ...Object.values(look)].join('-'));
      }
    });
  }
}
