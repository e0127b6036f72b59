// Ticking many things for one act: a bar that counts, all on this page, Shift+click for a range.

import { announce } from "./live";
import { word } from "./words";

let last: HTMLInputElement | undefined;

/** Starts listening. Call once. */
export function startBulk(): void {
  document.addEventListener("click", (event) => {
    const tick = event.target;
    if (!(tick instanceof HTMLInputElement) || !tick.matches("[data-bulk-item]")) return;
    const items = itemsOf(tick.form);
    if (event.shiftKey && last) for (const item of between(items, last, tick)) item.checked = tick.checked;
    last = tick;
  });
  document.addEventListener("change", (event) => {
    const tick = event.target;
    if (!(tick instanceof HTMLInputElement)) return;
    if (tick.matches("[data-bulk-all]")) for (const item of itemsOf(tick.form)) item.checked = tick.checked;
    else if (!tick.matches("[data-bulk-item]")) return;
    if (tick.form) announce(word("selected", { n: show(tick.form) }));
  });
}

/** Brings bars and ticks of the page in step, also after a list was swapped. */
export function showBulk(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-bulk]")) show(form);
}

/** The stretch of `items` from `one` to `other`, both included, in either direction; empty if one is not there. */
export function between<T>(items: T[], one: T, other: T): T[] {
  const [a, b] = [items.indexOf(one), items.indexOf(other)].sort((x, y) => x - y) as [number, number];
  return a < 0 ? [] : items.slice(a, b + 1);
}

function show(form: HTMLFormElement): number {
  const items = itemsOf(form);
  const chosen = items.filter((item) => item.checked);
  for (const item of items) item.closest("[data-row]")?.toggleAttribute("data-picked", item.checked);
  for (const output of form.querySelectorAll("[data-bulk-count]")) output.textContent = word("selected", { n: chosen.length });
  for (const bar of form.querySelectorAll<HTMLElement>(".bulkbar")) bar.hidden = chosen.length === 0;
  for (const all of form.querySelectorAll<HTMLInputElement>("[data-bulk-all]")) {
    all.checked = items.length > 0 && chosen.length === items.length;
    all.indeterminate = chosen.length > 0 && chosen.length < items.length;
  }
  return chosen.length;
}

function itemsOf(form: HTMLFormElement | null): HTMLInputElement[] {
  return [...(form?.querySelectorAll<HTMLInputElement>("[data-bulk-item]") ?? [])];
}
