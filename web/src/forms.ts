// Sending forms: once only, with a word on the button, and a count of what still fits into a text.

import { forget } from "./leaving";
import { announce } from "./live";
import { word } from "./words";

/** After this the button works again, in case the answer never came. */
const GIVE_UP_MS = 15_000;
const sent = new WeakMap<HTMLFormElement, () => void>();

/** Starts listening. Call once. */
export function startForms(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.getAttribute("method")?.toLowerCase() !== "post" || form.hasAttribute("data-many")) return;
    if (sent.has(form)) return event.preventDefault();
    forget(form);
    lock(form, event.submitter);
  });
  // Back from the next page must not find a locked button.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.forms) sent.get(form)?.();
  });
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) countOf(field);
  });
}

/** Shows the counts of the texts in `root`. */
export function countAll(root: ParentNode): void {
  for (const field of root.querySelectorAll<HTMLTextAreaElement>("textarea[maxlength]")) countOf(field);
}

/** Characters as a reader counts them: a pair of surrogates, an emoji, is one. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** Locks after the browser has read the fields: a disabled button would not send its own name. */
function lock(form: HTMLFormElement, button: HTMLElement | null): void {
  const said = word("sending");
  const nodes = button ? [...button.childNodes] : [];
  button?.setAttribute("aria-disabled", "true");
  if (button instanceof HTMLButtonElement && said) button.textContent = said;
  announce(said);
  const timer = window.setTimeout(() => unlock(), GIVE_UP_MS);
  const unlock = (): void => {
    clearTimeout(timer);
    sent.delete(form);
    button?.removeAttribute("aria-disabled");
    if (button instanceof HTMLButtonElement && said) button.replaceChildren(...nodes);
  };
  sent.set(form, unlock);
}

function countOf(field: HTMLTextAreaElement | HTMLInputElement): void {
  const output = field.id && document.querySelector<HTMLElement>(`[data-count="${CSS.escape(field.id)}"]`);
  if (!output || field.maxLength < 0) return;
  const left = field.maxLength - lengthOf(field.value);
  output.textContent = word(left < 0 ? "chars-over" : "chars-left", { n: Math.abs(left) });
  output.classList.toggle("over", left < 0);
}
