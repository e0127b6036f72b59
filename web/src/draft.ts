// A draft of a long form, kept in this tab until it is sent: a lost signal or a wrong tap costs no words. Photos, hidden
// fields and passwords are never kept, and nothing outlives the tab.

import { announce } from "./live";
import { word } from "./words";

type Draft = [name: string, value: string][];
const keyOf = (name: string): string => `linli-draft-${name}`;

/** Starts keeping. Call once. */
export function startDraft(): void {
  document.addEventListener("input", (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-draft]");
    if (form) keep(form);
  });
  document.addEventListener("click", (event) => {
    const form = (event.target as Element).closest("[data-draft-drop]")?.closest<HTMLFormElement>("form[data-draft]");
    if (!form) return;
    sessionStorage.removeItem(keyOf(form.dataset.draft ?? ""));
    form.reset();
    const note = form.querySelector<HTMLElement>("[data-draft-note]");
    if (note) note.hidden = true;
  });
}

/** Brings drafts back into the forms of `root`, and drops those whose form has arrived. */
export function restoreDrafts(root: ParentNode): void {
  for (const done of root.querySelectorAll<HTMLElement>("[data-draft-clear]")) {
    sessionStorage.removeItem(keyOf(done.dataset.draftClear ?? ""));
  }
  for (const form of root.querySelectorAll<HTMLFormElement>("form[data-draft]")) restore(form);
}

function keep(form: HTMLFormElement): void {
  const draft: Draft = [];
  for (const field of fieldsOf(form)) {
    if (isTick(field) ? field.checked : field.value !== "") draft.push([field.name, field.value]);
  }
  try {
    sessionStorage.setItem(keyOf(form.dataset.draft ?? ""), JSON.stringify(draft));
  } catch {
    // A full or forbidden store: the form still works, only without a draft.
  }
}

/** Only an untouched form is filled: after a refused one the server's values are the newer ones. */
function restore(form: HTMLFormElement): void {
  const stored = sessionStorage.getItem(keyOf(form.dataset.draft ?? ""));
  if (!stored || form.querySelector(".invalid") || fieldsOf(form).some(isTouched)) return;
  const left = JSON.parse(stored) as Draft;
  let restored = false;
  for (const field of fieldsOf(form)) {
    const at = left.findIndex(([name, value]) => name === field.name && (!isTick(field) || value === field.value));
    const found = left[at];
    if (!found) continue;
    left.splice(at, 1);
    if (isTick(field)) field.checked = true;
    else field.value = found[1];
    restored ||= !isTick(field) && found[1] !== "";
  }
  if (!restored) return;
  const note = form.querySelector<HTMLElement>("[data-draft-note]");
  if (note) note.hidden = false;
  announce(word("draft-restored"));
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
function fieldsOf(form: HTMLFormElement): Field[] {
  return [...form.elements].filter((field): field is Field => {
    if (field instanceof HTMLInputElement) return Boolean(field.name) && !/^(hidden|password|file|submit|button)$/.test(field.type);
    return (field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement) && Boolean(field.name);
  });
}
function isTick(field: Field): field is HTMLInputElement {
  return field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type);
}
function isTouched(field: Field): boolean {
  return !isTick(field) && !(field instanceof HTMLSelectElement) && field.value !== field.defaultValue;
}
