// Keeps the organiser's page of a door on their phone, so that it opens without signal: the page itself and what it is drawn
// with, nothing else. The network comes first; a kept page is at most a day old. Its names go when somebody signs out.

const KEPT = "linli-door";
const DAY_MS = 24 * 60 * 60 * 1000;
const DOOR = /^\/activities\/occurrences\/[0-9a-f-]+\/door$/;

interface Waiting extends Event {
  waitUntil(promise: Promise<unknown>): void;
}
interface Fetching extends Waiting {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Told extends Waiting {
  data: { keep?: unknown; needed?: unknown } | null;
}
interface Worker {
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  location: Location;
  addEventListener(kind: "install" | "activate", heard: (event: Waiting) => void): void;
  addEventListener(kind: "fetch", heard: (event: Fetching) => void): void;
  addEventListener(kind: "message", heard: (event: Told) => void): void;
}
const worker = self as unknown as Worker;

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(Promise.all([worker.clients.claim(), tidy()])));

worker.addEventListener("message", (event) => {
  const { keep, needed } = event.data ?? {};
  if (typeof keep !== "string" || !DOOR.test(keep)) return;
  const parts = Array.isArray(needed) ? needed.filter((one) => typeof one === "string" && isPart(one)) : [];
  event.waitUntil(Promise.all([fetchAndKeep(keep), ...parts.map((part) => keepPart(part as string))]));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== worker.location.origin) return;
  if (request.mode === "navigate" && DOOR.test(url.pathname)) event.respondWith(page(request, url.pathname));
  else if (isPart(request.url)) event.respondWith(part(request));
});

/** Style sheets and scripts: named by their contents, so that a kept one is never wrong. */
function isPart(address: string): boolean {
  const url = new URL(address, worker.location.href);
  return url.origin === worker.location.origin && url.pathname.startsWith("/static/");
}

async function page(request: Request, path: string): Promise<Response> {
  try {
    const fresh = await fetch(request);
    if (isDoor(fresh, path)) await keep(path, fresh.clone());
    return fresh;
  } catch (error) {
    const kept = await (await caches.open(KEPT)).match(path);
    if (kept && isYoung(kept)) return kept;
    throw error;
  }
}

async function part(request: Request): Promise<Response> {
  const kept = await (await caches.open(KEPT)).match(request);
  return kept ?? fetch(request);
}

async function fetchAndKeep(path: string): Promise<void> {
  await tidy();
  const fresh = await fetch(path, { credentials: "same-origin" });
  if (isDoor(fresh, path)) await keep(path, fresh);
}

/** A page that was refused, or that leads elsewhere, is not kept in its place. */
function isDoor(answer: Response, path: string): boolean {
  return answer.ok && !answer.redirected && new URL(answer.url).pathname === path;
}

async function keep(path: string, answer: Response): Promise<void> {
  const headers = new Headers(answer.headers);
  headers.set("linli-kept-at", String(Date.now()));
  const body = await answer.blob();
  await (await caches.open(KEPT)).put(path, new Response(body, { status: answer.status, headers }));
}

async function keepPart(address: string): Promise<void> {
  const cache = await caches.open(KEPT);
  if (!(await cache.match(address))) await cache.add(address);
}

function isYoung(kept: Response): boolean {
  return Date.now() - Number(kept.headers.get("linli-kept-at") ?? 0) < DAY_MS;
}

/** Lets go of pages that are too old to be shown. */
async function tidy(): Promise<void> {
  const cache = await caches.open(KEPT);
  const requests = await cache.keys();
  const pages = requests.filter((request) => DOOR.test(new URL(request.url).pathname));
  await Promise.all(
    pages.map(async (request) => {
      const kept = await cache.match(request);
      if (kept && !isYoung(kept)) await cache.delete(request);
    }),
  );
}
