// What changes on the server while a list is looked at: rows are brought up to date where they stand; what is new, or has
// happened to the opened thing, is only announced, so that nothing jumps under the finger and no word that is being typed
// is lost. A row that has left the filter stays, marked, until the list is looked at anew; of one that the reader may no
// longer read only the place stays. The stream is told which rows stand there, so that it can say so. One stream, and only while the page is seen: a browser keeps few connections open to one place.

import { announce } from "./live";
import { word } from "./words";

/** What is told of one thing; see `pages/live.rs`. */
export interface Told {
  number: string;
  version: number;
  state: string;
  tone: string;
  handler: string;
  left: string;
  is_new: boolean;
  is_own: boolean;
  is_out: boolean;
}

/** A row that is no longer the reader's to read. */
export interface Gone {
  number: string;
  is_gone: true;
}

/** What becomes of a row of this version. A change may be told twice, and only what is newer counts. */
export function newsFor(version: number, told: Told | Gone): "gone" | "out" | "changed" | "known" {
  if ("is_gone" in told) return "gone";
  if (told.version <= version) return "known";
  return told.is_out ? "out" : "changed";
}

/** Where to listen: the filter of the list is that of the page's address, and the rows are those that stand there. */
export function addressOf(base: URL, search: string, rows: string[], after: string): URL {
  const address = new URL(base);
  address.search = search;
  address.searchParams.set("after", after);
  address.searchParams.set("rows", rows.join(","));
  return address;
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
  const base = new URL(box?.dataset.live ?? "", location.href);
  stream = new EventSource(addressOf(base, location.search, rowsShown().map(numberOf), after));
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
    for (const told of JSON.parse(note(event)) as (Told | Gone)[]) tell(told);
  });
  stream.addEventListener("error", () => {
    // While the connection is only lost the browser comes back by itself.
    if (stream?.readyState !== EventSource.CLOSED) return;
    stop();
    if (tries++ < TRIES_MAX) timer = window.setTimeout(listenWhileSeen, AGAIN_MS);
  });
}

function tell(told: Told | Gone): void {
  const row = rowsShown().find((one) => numberOf(one) === told.number);
  if (row) bringUpToDate(row, told);
  else if ("is_new" in told && told.is_new) {
    fresh.add(told.number);
    show("list", word("live-new", { n: fresh.size }));
  }
  const isOpen = decodeURIComponent(location.pathname).endsWith(`/${told.number}`);
  if (isOpen && "is_gone" in told) show("detail", word("live-gone"));
  if (isOpen && "is_own" in told && !told.is_own) show("detail", word("live-changed"));
}

/** The rows that stand there and still lead to something. */
function rowsShown(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-row][data-version]:not([data-gone='all'])")];
}

function numberOf(row: HTMLElement): string {
  const path = row.querySelector<HTMLAnchorElement>("a[data-part]")?.pathname ?? "";
  return decodeURIComponent(path.slice(path.lastIndexOf("/") + 1));
}

function bringUpToDate(row: HTMLElement, told: Told | Gone): void {
  const news = newsFor(Number(row.dataset.version), told);
  if (news === "known") return;
  if ("is_gone" in told) return empty(row);
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
  mark(row, news === "out");
}

/** Says beside a row that the list would no longer show it, or takes that back. */
function mark(row: HTMLElement, isOut: boolean): void {
  if (isOut === (row.dataset.gone === "out")) return;
  row.querySelector("[data-gone-note]")?.remove();
  if (!isOut) return row.removeAttribute("data-gone");
  row.dataset.gone = "out";
  const note = document.createElement("small");
  note.dataset.goneNote = "";
  note.textContent = word("live-out");
  row.querySelector(".title")?.append(note);
  announce(word("live-out"));
}

/** Takes everything out of a row but its place, and with it what was ticked there. */
function empty(row: HTMLElement): void {
  const held = row.contains(document.activeElement);
  const pick = row.querySelector<HTMLInputElement>("[data-bulk-item]");
  row.dataset.gone = "all";
  if (pick) {
    pick.checked = false;
    pick.dispatchEvent(new Event("change", { bubbles: true }));
  }
  for (const cell of row.children) cell.replaceChildren();
  const title = row.querySelector<HTMLElement>(".title");
  if (!title) return;
  title.textContent = word("live-gone");
  announce(word("live-gone"));
  if (!held) return;
  title.tabIndex = -1;
  title.focus();
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
    // The stream knows the rows of before.
    stop();
    listenWhileSeen();
  }
}
