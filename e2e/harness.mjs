/**
 * What a journey is written with: visitors with a device, a language and an account, and a browser that notices what a
 * person would not forgive.
 *
 * A journey fails on anything that its pages complain about: an error in the console (a refusal of the
 * Content-Security-Policy is one), an exception, an answer of 500 and up, a request to another origin. When it fails,
 * each open page leaves a picture in `out/`.
 */

import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

import { startProgram } from './program.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {'zh-CN' | 'en'} Locale */
/** @typedef {'phone' | 'desk'} Device */
/** @typedef {'light' | 'dark'} Theme */

/**
 * @typedef {object} Wishes
 * @property {Locale} [locale] the language that the browser asks for; zh-CN if not said
 * @property {Device} [device] phone if not said
 * @property {Theme} [theme] light if not said
 * @property {'normal' | 'large'} [size] of letters and targets; normal if not said
 * @property {boolean} [javaScript] whether scripts run; true if not said
 * @property {string} [as] the demo person to sign in as, as in `data-demo-person` on the sign-in page; no one if not said
 * @property {RegExp[]} [mayComplain] complaints that this journey provokes on purpose
 */

/**
 * @typedef {object} Visitor
 * @property {Page} page
 * @property {(path: string) => Promise<number>} open opens a page of the program and tells its status
 * @property {() => Promise<void>} axe finds no barrier on the page as it is now; wants JavaScript
 * @property {() => Promise<void>} fits finds nothing that makes the page scroll sideways
 * @property {(name: string) => Promise<void>} shot leaves a picture of the whole page in `out/NAME.png`
 */

/**
 * @typedef {object} Stage
 * @property {(wishes?: Wishes) => Promise<Visitor>} visitor someone new at the door
 * @property {string} origin where the program serves
 */

const OUT = fileURLToPath(new URL('out/', import.meta.url));
const STEP_LIMIT_MS = 15_000;
const JOURNEY_LIMIT_MS = 180_000;

const DEVICES = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  desk: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 },
};

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** The program that `run.mjs` started; a file that is run alone starts its own. */
const program = process.env.LINLI_ORIGIN
  ? { origin: process.env.LINLI_ORIGIN, stop: async () => {} }
  : await startProgram();
const browser = await chromium.launch({
  executablePath: process.env.LINLI_CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
await mkdir(OUT, { recursive: true });

after(async () => {
  await browser.close();
  await program.stop();
});

/**
 * A test in which people visit the program.
 *
 * @param {string} name the behaviour, as a sentence
 * @param {(stage: Stage) => Promise<void>} steps
 */
export function journey(name, steps) {
  test(name, { timeout: JOURNEY_LIMIT_MS }, async () => {
    /** @type {{ page: Page, complaints: string[] }[]} */
    const visits = [];
    const visitor = async (wishes = {}) => {
      const visit = await visitorWith(wishes);
      visits.push(visit);
      if (wishes.as) await signIn(visit.visitor, wishes.as);
      return visit.visitor;
    };
    try {
      await steps({ visitor, origin: program.origin });
      const complaints = visits.flatMap((visit) => visit.complaints);
      assert.equal(complaints.length, 0, `the pages complained:\n${complaints.join('\n')}`);
    } catch (error) {
      for (const [at, { page }] of visits.entries()) {
        const picture = `failed-${fileNameOf(name)}-${at + 1}`;
        await page.screenshot({ path: `${OUT}${picture}.png`, fullPage: true }).catch(() => {});
        console.error(`visitor ${at + 1} stood at ${page.url()} (out/${picture}.png)`);
      }
      throw error;
    } finally {
      await Promise.all(visits.map(({ page }) => page.context().close()));
    }
  });
}

/**
 * The mixes of language, device and theme that pages are looked at in: each two of them come together in one. With
 * `LINLI_LOOKS=all` in the environment it is all eight, which takes twice as long and is for a new page.
 */
export const everyLook = /** @type {Locale[]} */ (['zh-CN', 'en'])
  .flatMap((locale) =>
    /** @type {Device[]} */ (['phone', 'desk']).flatMap((device) =>
      /** @type {Theme[]} */ (['light', 'dark']).map((theme) => ({ locale, device, theme })),
    ),
  )
  .filter(({ locale, device, theme }) => {
    const odd = [locale === 'en', device === 'desk', theme === 'dark'].filter(Boolean).length;
    return process.env['LINLI_LOOKS'] === 'all' || odd % 2 === 0;
  });

/** @param {Wishes} wishes */
async function visitorWith({ locale = 'zh-CN', device = 'phone', theme = 'light', size = 'normal', javaScript = true, mayComplain = [] }) {
  const context = await browser.newContext({
    ...DEVICES[device],
    baseURL: program.origin,
    locale,
    timezoneId: 'Asia/Shanghai',
    colorScheme: theme,
    javaScriptEnabled: javaScript,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(STEP_LIMIT_MS);
  if (size === 'large') {
    await context.addCookies([{ name: 'linli_display', value: `${locale}~auto~large`, url: program.origin }]);
  }
  /** @type {string[]} */
  const complaints = [];
  const complain = (/** @type {string} */ what) => {
    if (!mayComplain.some((pattern) => pattern.test(what))) complaints.push(what);
  };
  await context.route(
    (url) => /^(https?|wss?):$/.test(url.protocol) && url.origin !== program.origin,
    async (route) => {
      complain(`a page asked a third party: ${route.request().url()}`);
      await route.abort();
    },
  );
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complain(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complain(`exception: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 500) complain(`answer ${response.status()}: ${response.url()}`);
  });
  return { page, complaints, visitor: abilitiesOn(page, javaScript) };
}

/**
 * @param {Page} page
 * @param {boolean} javaScript
 * @returns {Visitor}
 */
function abilitiesOn(page, javaScript) {
  return {
    page,
    open: async (path) => (await page.goto(path))?.status() ?? 0,
    axe: () => {
      // It would wait for ever: it is a script itself.
      assert.ok(javaScript, 'axe looks only at pages of a visitor with JavaScript');
      return findNoBarrier(page);
    },
    fits: async () => {
      const [wide, room] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      assert.ok(wide <= room, `${page.url()} is ${wide} px wide in ${room} px: something makes it scroll sideways`);
    },
    shot: async (name) => {
      await page.screenshot({ path: `${OUT}${name}.png`, fullPage: true });
    },
  };
}

/**
 * The demo's sign-in page has a button for each demo person.
 *
 * @param {Visitor} visitor
 * @param {string} person
 */
async function signIn({ page, open }, person) {
  assert.equal(await open('/sign-in'), 200);
  await page.locator(`[data-demo-person="${person}"]`).first().click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/** @param {Page} page */
async function findNoBarrier(page) {
  // Evaluated from outside and not added as a script: the page's own policy would rightly refuse that.
  await page.evaluate(axeSource);
  const barriers = await page.evaluate(async () => {
    // @ts-ignore: axe is there since the line above.
    const found = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    return found.violations.map((/** @type {any} */ violation) => {
      const places = violation.nodes.map((/** @type {any} */ node) => `    ${node.target.join(' ')}: ${node.failureSummary}`);
      return `${violation.id} (${violation.impact}): ${violation.help}\n${places.join('\n')}`;
    });
  });
  assert.equal(barriers.length, 0, `axe found barriers on ${page.url()}:\n${barriers.join('\n')}`);
}

/** @param {string} name */
function fileNameOf(name) {
  return name.replace(/[^\p{Letter}\p{Number}]+/gu, '-').slice(0, 60);
}
