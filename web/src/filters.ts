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
