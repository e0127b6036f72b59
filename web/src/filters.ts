// Filter forms send themselves: at once on a choice, a moment after the last letter of a text. While an input method
// is composing (pinyin before it is a character) nothing is sent.

import { loadForm } from "./parts";

const TYPING_MS = 250;
let timer = 0;

/** Starts listening. Call once. */
export function startFilters(): void {
  document.addEventListener("submit", (event) => {
    const form = filterOf(event.target);
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    clearTimeout(timer);
    loadForm(form);
  });
  document.addEventListener("change", (event) => {
    const form = filterOf(event.target);
    if (!form) return;
    clearTimeout(timer);
    loadForm(form);
  });
  document.addEventListener("input", (event) => {
    if (!(event as InputEvent).isComposing) later(event);
  });
  document.addEventListener("compositionend", later);
  // Back and forward: the fields say again what the address says.
  window.addEventListener("popstate", () => {
    clearTimeout(timer);
    const query = new URLSearchParams(location.search);
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-part]")) readAddress(form, query);
  });
}

function readAddress(form: HTMLFormElement, query: URLSearchParams): void {
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type)) {
      if (field.name) field.checked = query.getAll(field.name).includes(field.value);
    } else if (field instanceof HTMLInputElement || (field instanceof HTMLSelectElement && !field.multiple)) {
      if (field.name) field.value = query.get(field.name) ?? "";
    }
  }
}

function later(event: Event): void {
  const field = event.target;
  const form = filterOf(field);
  if (!form || !(field instanceof HTMLInputElement) || !/^(text|search|number|tel)$/.test(field.type)) return;
  clearTimeout(timer);
  timer = window.setTimeout(() => loadForm(form), TYPING_MS);
}

function filterOf(target: EventTarget | null): HTMLFormElement | null {
  if (!(target instanceof HTMLElement)) return null;
  const form = target instanceof HTMLFormElement ? target : (target as HTMLInputElement).form ?? null;
  const shown = document.getElementById(form?.dataset.part?.split(" ")[0] ?? "");
  return form?.getAttribute("method")?.toLowerCase() !== "post" && shown?.getClientRects().length ? form : null;
}
