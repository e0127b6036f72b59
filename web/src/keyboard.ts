// Keys for those who work through a list all day: j k ↓ ↑ move, Enter opens (the link's own), x ticks, / searches, ? helps.
// Single keys act only outside fields and can be switched off in the help dialog (WCAG 2.1.4); arrows act only in the list.

import { openDialog } from "./controls";

const STORE = "linli-keys";

/** Starts listening. Call once. */
export function startKeyboard(): void {
  document.addEventListener("keydown", onKey);
  document.addEventListener("change", (event) => {
    const toggle = (event.target as Element).closest<HTMLInputElement>("[data-keys-toggle]");
    if (toggle) remember(toggle.checked);
  });
  document.addEventListener("focusin", (event) => {
    const row = (event.target as Element).closest<HTMLElement>("[data-list] [data-row]");
    if (row) markAt(row);
  });
  // A click anywhere on a row means its link, unless it hits something that has a meaning of its own.
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const row = target.closest<HTMLElement>("tr[data-row]");
    if (!row || event.defaultPrevented || target.closest("a, button, input, label, select, summary, .pick")) return;
    if (getSelection()?.toString()) return;
    linkOf(row)?.click();
  });
}

/** Shows the remembered choice in the help dialog. */
export function showKeysChoice(root: ParentNode): void {
  for (const toggle of root.querySelectorAll<HTMLInputElement>("[data-keys-toggle]")) toggle.checked = isOn();
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const focus = document.activeElement;
  if (isTyping(focus) || document.querySelector("dialog[open]")) return;
  const inList = Boolean(focus?.closest("[data-list]"));
  const act = actOf(event.key, inList, isOn());
  if (act && perform(act)) event.preventDefault();
}

export type KeyAct = "next" | "previous" | "tick" | "search" | "help";

/** What a key means; letters only while single keys are on, arrows only inside the list. */
export function actOf(key: string, inList: boolean, singleKeys: boolean): KeyAct | undefined {
  if (inList && key === "ArrowDown") return "next";
  if (inList && key === "ArrowUp") return "previous";
  if (!singleKeys) return undefined;
  return ({ j: "next", k: "previous", x: "tick", "/": "search", "?": "help" } as Record<string, KeyAct>)[key];
}

function perform(act: KeyAct): boolean {
  if (act === "search") {
    const search = document.querySelector<HTMLInputElement>("[data-search]");
    search?.focus();
    search?.select();
    return Boolean(search);
  }
  if (act === "help") return openDialog("keys-help");
  const rows = [...document.querySelectorAll<HTMLElement>("[data-list] [data-row]")];
  if (rows.length === 0) return false;
  const at = Math.max(rows.findIndex((row) => row.hasAttribute("data-at")), rows.findIndex((row) => row.contains(document.activeElement)));
  if (act === "tick") {
    rows[at]?.querySelector<HTMLInputElement>("[data-bulk-item]")?.click();
    return at >= 0;
  }
  const start = at >= 0 ? at : rows.findIndex((row) => row.hasAttribute("aria-current"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, start + (act === "next" ? 1 : -1)))];
  if (!next) return false;
  linkOf(next)?.focus();
  markAt(next);
  next.scrollIntoView({ block: "nearest" });
  return true;
}

function markAt(row: HTMLElement): void {
  for (const other of document.querySelectorAll("[data-row][data-at]")) if (other !== row) other.removeAttribute("data-at");
  row.setAttribute("data-at", "");
}

function linkOf(row: HTMLElement): HTMLAnchorElement | null {
  return row.querySelector<HTMLAnchorElement>("a[data-part]") ?? row.querySelector<HTMLAnchorElement>("a[href]");
}

function isTyping(element: Element | null): boolean {
  return Boolean(element?.closest("input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable], [role=listbox], .map"));
}

function isOn(): boolean {
  try {
    return localStorage.getItem(STORE) !== "off";
  } catch {
    return true;
  }
}
function remember(on: boolean): void {
  try {
    if (on) localStorage.removeItem(STORE);
    else localStorage.setItem(STORE, "off");
  } catch {
    // A browser without storage: the choice lasts as long as nothing asks for it.
  }
}
