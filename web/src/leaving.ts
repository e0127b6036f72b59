// Unsent changes: a form with data-dirty asks before the reader leaves it, by another page or by another part.

import { word } from "./words";

const dirty = new Set<HTMLFormElement>();

/** Starts watching. Call once. */
export function startLeaving(): void {
  document.addEventListener("input", (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-dirty]");
    if (form) dirty.add(form);
  });
  document.addEventListener("reset", (event) => dirty.delete(event.target as HTMLFormElement));
  window.addEventListener("beforeunload", (event) => {
    if (!anyIn(document)) return;
    event.preventDefault();
    // Older browsers ask only when a value is set; they show their own sentence.
    event.returnValue = "";
  });
}

/** The form is being sent: nothing is lost any more. */
export function forget(form: HTMLFormElement): void {
  dirty.delete(form);
}

/** Whether `place` may be replaced: it holds no unsent changes, or the reader agrees to lose them. */
export function mayLeave(place: HTMLElement): boolean {
  if (!anyIn(place) || !word("leave")) return true;
  if (!window.confirm(word("leave"))) return false;
  for (const form of dirty) if (place.contains(form)) dirty.delete(form);
  return true;
}

function anyIn(place: Node): boolean {
  return [...dirty].some((form) => form.isConnected && place.contains(form));
}
