// What changes on the server while a list is looked at: rows are brought up to date where they stand; what is new, or has
// happened to the opened thing, is only announced, so that nothing jumps under the finger and no word that is being typed
// is lost. One stream, and only while the page is seen: a browser keeps few connections open to one place.

import { word } from "./words";

/** What is told of one thing; see `pages/live.rs`. */
interface Told {
  number: string;
  version: number;
  state: string;
  tone: string;
  handler: string;
  left: string;
  is_new: boolean;
  is_own: boolean;
}

/** After a refusal we try again this often, each time after a minute. */
const TRIES_MAX = 5;
const AGAIN_MS = 60_000;

let box: HTMLElement | null = null;
let stream: EventSource | undefined;
let after = "";
let tries = 0;
let timer = 0;
const fresh = new Set<string>();

/** Begins to listen, if the page has something to listen to. Call once. */
export function startLiveList(): void {
  box = document.querySelector<HTMLElement>("[data-live]");
  if (!box || typeof EventSource === "undefined") return;
  after = new URL(box.dataset.live ?? "", location.href).searchParams.get("after") ?? "";
  document.addEventListener("visibilitychange", listenWhileSeen);
  window.addEventListener("pagehide", stop);
  window.addEventListener("pageshow", (event) => event.persisted && listenWhileSeen());
  document.addEventListener("linli:part", (event) => partCame(event.target as Element));
  listenWhileSeen();
}

function listenWhileSeen(): void {
  if (document.visibilityState === "hidden") stop();
  else if (!stream) listen();
}

function stop(): void {
  clearTimeout(timer);
  stream?.close();
  stream = undefined;
}

function listen(): void {
  const address = new URL(box?.dataset.live ?? "", location.href);
  address.searchParams.set("after", after);
  stream = new EventSource(address);
  // A letter without an id keeps the id of the one before.
  const note = (event: Event): string => {
    const letter = event as MessageEvent<string>;
    after = letter.lastEventId || after;
    tries = 0;
    return letter.data;
  };
  stream.addEventListener("ready", (event) => {
    note(event);
    box?.setAttribute("data-live-ready", "");
  });
  stream.addEventListener("many", (event) => {
    note(event);
    show("list", word("live-many"));
  });
  stream.addEventListener("changed", (event) => {
    for (const told of JSON.parse(note(event)) as Told[]) tell(told);
  });
  stream.addEventListener("error", () => {
    // While the connection is only lost the browser comes back by itself.
    if (stream?.readyState !== EventSource.CLOSED) return;
    stop();
    if (tries++ < TRIES_MAX) timer = window.setTimeout(listenWhileSeen, AGAIN_MS);
  });
}

function tell(told: Told): void {
  const row = rowOf(told.number);
  if (row) bringUpToDate(row, told);
  else if (told.is_new) {
    fresh.add(told.number);
    show("list", word("live-new", { n: fresh.size }));
  }
  const isOpen = decodeURIComponent(location.pathname).endsWith(`/${told.number}`);
  if (isOpen && !told.is_own) show("detail", word("live-changed"));
}

function rowOf(number: string): HTMLElement | undefined {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row][data-version]")];
  return rows.find((row) => row.querySelector<HTMLAnchorElement>("a[data-part]")?.pathname.endsWith(`/${number}`));
}

/** Only what is newer than what stands there: a change may be told twice. */
function bringUpToDate(row: HTMLElement, told: Told): void {
  if (Number(row.dataset.version) >= told.version) return;
  row.dataset.version = String(told.version);
  const cell = (name: string): HTMLElement | null => row.querySelector<HTMLElement>(`[data-cell="${name}"]`);
  const tag = cell("state")?.querySelector(".tag");
  if (tag) {
    tag.textContent = told.state;
    tag.className = `tag ${told.tone}`;
  }
  for (const [name, text] of [["handler", told.handler], ["left", told.left]] as const) {
    const place = cell(name);
    if (place) place.textContent = text;
  }
  const pick = row.querySelector<HTMLInputElement>("[data-bulk-item]");
  if (pick) pick.value = `${told.number}:${told.version}`;
}

/** A notice that leads to the newest state of a part; it lies over the page and moves nothing. */
function show(what: "list" | "detail", text: string): void {
  if (!box || !text) return;
  let link = box.querySelector<HTMLAnchorElement>(`[data-live-notice="${what}"]`);
  if (!link) {
    link = document.createElement("a");
    link.dataset.liveNotice = what;
    link.dataset.part = (what === "list" ? box.dataset.liveList : box.dataset.liveDetail) ?? "";
    box.append(link);
  }
  link.href = location.href;
  if (link.textContent !== text) link.textContent = text;
}

/** What was asked for has come: the notice has done its work. */
function partCame(part: Element): void {
  const hide = (what: string): void => box?.querySelector(`[data-live-notice="${what}"]`)?.remove();
  if (part.id === box?.dataset.liveDetail) hide("detail");
  if (part.id === box?.dataset.liveList?.split(" ")[0]) {
    fresh.clear();
    hide("list");
  }
}
