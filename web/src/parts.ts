// Part loading: links and GET forms with data-part fetch their own address and swap one part of the page. The address
// bar, Back, reload and a new window keep working because the address alone says what is shown.

import { announce } from "./live";
import { mayLeave } from "./leaving";
import { word } from "./words";

type Trace = "push" | "replace" | "none";
interface Load {
  href: string;
  /** Ids to swap; the first is asked for, the others are swapped if the answer has them. */
  ids: string[];
  trace: Trace;
  /** Whether the reader asked for this part and should be taken to it. */
  visit: boolean;
}
/** What a history entry remembers: the parts that differ from the page as first opened. */
interface Entry {
  linliParts: string[];
}

const SLOW_MS = 150;
const pending = new Map<string, AbortController>();
let entry: Entry = { linliParts: [] };

/** Starts listening. Call once. */
export function startParts(): void {
  const kept = history.state as Entry | null;
  if (kept?.linliParts) entry = kept;
  else history.replaceState(entry, "");
  document.addEventListener("click", onClick);
  document.addEventListener("linli:open", (event) => {
    const { href, ids } = (event as CustomEvent<{ href: string; ids: string }>).detail;
    void load({ href, ids: idsOf(ids), trace: "push", visit: true });
  });
  window.addEventListener("popstate", onPop);
}

/** Loads the answer of a GET form into its part; the history entry stays. */
export function loadForm(form: HTMLFormElement): void {
  // The attribute, not form.action: a field named "action" would hide that.
  const href = formAddress(form.getAttribute("action") ?? location.pathname, location.href, new FormData(form), form.hasAttribute("data-keep"));
  if (href === location.href) return;
  void load({ href, ids: idsOf(form.dataset.part), trace: "replace", visit: false });
}

/**
 * The address a GET form leads to, empty fields left out. With `keep`, a thing opened below the form's own address
 * (`/requests/QS-1` below `/requests`) stays open.
 */
export function formAddress(action: string, here: string, fields: FormData, keep: boolean): string {
  const address = new URL(action, here);
  const open = new URL(here);
  if (keep && open.pathname.startsWith(`${address.pathname.replace(/\/$/, "")}/`)) address.pathname = open.pathname;
  address.search = "";
  address.hash = "";
  for (const [name, value] of fields) {
    if (typeof value === "string" && value.trim() !== "") address.searchParams.append(name, value);
  }
  return address.href;
}

function onClick(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-part]");
  if (!link || link.target || link.origin !== location.origin) return;
  const ids = idsOf(link.dataset.part);
  if (!isShown(ids[0])) return;
  event.preventDefault();
  const address = new URL(link.href);
  if (link.hasAttribute("data-keep") && !address.search) address.search = location.search;
  void load({ href: address.href, ids, trace: "push", visit: true });
}

function onPop(event: PopStateEvent): void {
  const next = event.state as Entry | null;
  if (!next?.linliParts) return;
  const ids = [...new Set([...entry.linliParts, ...next.linliParts])];
  entry = next;
  if (ids.length > 0) void load({ href: location.href, ids, trace: "none", visit: false });
}

async function load({ href, ids, trace, visit }: Load): Promise<void> {
  const [first = ""] = ids;
  const target = document.getElementById(first);
  if (!target || !isShown(first)) return location.assign(href);
  if (!mayLeave(target)) return;
  pending.get(first)?.abort();
  const control = new AbortController();
  pending.set(first, control);
  const slow = window.setTimeout(() => setBusy(target, true), SLOW_MS);
  try {
    const headers: Record<string, string> = { Accept: "text/html" };
    // Going back may touch several parts: then the whole page is asked for.
    if (trace !== "none" || ids.length === 1) headers["Linli-Part"] = first;
    const answer = await fetch(href, { headers, credentials: "same-origin", signal: control.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(first);
    if (!answer.ok || !fresh || movedAway(href, answer)) return location.assign(href);

    const title = fresh.dataset.title ?? page.title;
    for (const id of ids) swap(document.getElementById(id), page.getElementById(id));
    if (trace !== "none") entry = { linliParts: [...new Set([...entry.linliParts, ...ids])] };
    if (trace === "push") history.pushState(entry, "", href);
    if (trace === "replace") history.replaceState(entry, "", href);
    if (title) document.title = title;
    markCurrent();
    settle(target, visit);
  } catch (error) {
    if (control.signal.aborted) return;
    announce(word("load-failed"));
    location.assign(href);
    console.warn(error);
  } finally {
    clearTimeout(slow);
    if (pending.get(first) === control) {
      pending.delete(first);
      setBusy(target, false);
    }
  }
}

/** Puts the fresh content in, keeps the reader's focus where it was, and tells the other modules. */
function swap(target: HTMLElement | null, fresh: HTMLElement | null): void {
  if (!target || !fresh) return;
  const focused = target.contains(document.activeElement) ? document.activeElement?.id : undefined;
  target.replaceChildren(...fresh.childNodes);
  if (focused) document.getElementById(focused)?.focus();
  target.dispatchEvent(new CustomEvent("linli:part", { bubbles: true }));
}

function settle(target: HTMLElement, visit: boolean): void {
  if (visit) {
    target.scrollTop = 0;
    const goal = target.querySelector<HTMLElement>("[data-focus]") ?? target.querySelector<HTMLElement>("h1, h2, h3");
    if (goal) {
      if (!goal.hasAttribute("tabindex")) goal.tabIndex = -1;
      goal.focus({ preventScroll: true });
      target.scrollIntoView({ block: "nearest" });
    }
  }
  announce(target.querySelector("[data-announce]")?.textContent?.trim() ?? "");
}

/** The row whose link leads to what the address bar says is the current one. */
function markCurrent(): void {
  for (const row of document.querySelectorAll<HTMLElement>("[data-row]")) {
    const link = row.querySelector<HTMLAnchorElement>("a[data-part]");
    if (!link) continue;
    for (const element of [row, link]) {
      if (link.pathname === location.pathname) element.setAttribute("aria-current", "true");
      else element.removeAttribute("aria-current");
    }
  }
}

function setBusy(target: HTMLElement, busy: boolean): void {
  target.toggleAttribute("data-part-busy", busy);
  if (busy) {
    target.setAttribute("aria-busy", "true");
    announce(word("loading"));
  } else target.removeAttribute("aria-busy");
}

/** A sign-in page or another place instead of the part. */
function movedAway(href: string, answer: Response): boolean {
  return answer.redirected && new URL(answer.url).pathname !== new URL(href, location.href).pathname;
}

function isShown(id: string | undefined): boolean {
  return Boolean(id && document.getElementById(id)?.getClientRects().length);
}

function idsOf(list: string | undefined): string[] {
  return (list ?? "").split(/\s+/).filter(Boolean);
}
