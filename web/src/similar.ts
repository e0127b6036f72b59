// "Is it one of these?": while a matter is typed, what may be the same is fetched and shown above the button that sends it.
// It never stands in the way: without an answer, or with none that fits, the form is sent as it is. Without scripts the
// server asks once, after the form was sent.

import { announce } from "./live";
import { word } from "./words";

/** Nobody stops typing for less than this. */
const TYPING_MS = 700;
/** What the question depends on. */
const ASKED = ["category", "title", "place", "building", "lat", "lon"];
/** What says that it was asked; then the server does not ask again. */
const SEEN = "seen";
/** The form of the buttons that follow: not the report's own, or Enter in a field of it would press the first of them. */
const FOLLOW_FORM = "similar-follow";

interface State {
  timer: number;
  control: AbortController | undefined;
  /** The question that was answered last. */
  asked: string;
  /** Whether the reader has said that it is none of these; asked again only when what is found changes. */
  dismissed: string;
}
const states = new WeakMap<Element, State>();

/** Starts listening. Call once. */
export function startSimilar(): void {
  const heard = (event: Event): void => {
    const field = event.target as HTMLInputElement | null;
    const box = field?.form?.querySelector("[data-similar]");
    if (box && field && ASKED.includes(field.name) && !(event as InputEvent).isComposing) wait(box, stateOf(box));
  };
  document.addEventListener("input", heard);
  document.addEventListener("change", heard);
  document.addEventListener("compositionend", heard);
  document.addEventListener("linli:place", (event) => {
    const box = (event.target as Element).querySelector("[data-similar]");
    if (box) wait(box, stateOf(box));
  });
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("[data-similar-none]");
    const box = button?.closest("[data-similar]");
    if (box) dismiss(box, stateOf(box));
  });
  // Who follows instead takes along what they wrote of themselves.
  document.addEventListener("submit", (event) => {
    const follow = event.target as HTMLFormElement;
    const form = document.querySelector("[data-similar]")?.closest("form");
    if (follow.id !== FOLLOW_FORM || !form) return;
    const written = new FormData(form);
    for (const name of ["contact_name", "contact_phone"]) {
      const field = follow.querySelector<HTMLInputElement>(`[name=${name}]`);
      if (field) field.value = String(written.get(name) ?? "");
    }
  });
}

/** The question as an address, or nothing while too little is said. */
export function questionOf(fields: FormData, door: string, base: string): URL | undefined {
  const title = String(fields.get("title") ?? "").trim();
  if ([...title].length < 2 || !fields.get("category")) return undefined;
  const address = new URL(door, base);
  for (const name of ASKED) {
    const value = String(fields.get(name) ?? "").trim();
    if (value) address.searchParams.set(name, value);
  }
  return address;
}

function stateOf(box: Element): State {
  const known = states.get(box);
  if (known) return known;
  const fresh: State = { timer: 0, control: undefined, asked: "", dismissed: "" };
  states.set(box, fresh);
  return fresh;
}

function wait(box: Element, state: State): void {
  clearTimeout(state.timer);
  state.timer = window.setTimeout(() => void ask(box, state), TYPING_MS);
}

async function ask(box: Element, state: State): Promise<void> {
  const form = box.closest("form");
  if (!form) return;
  const address = questionOf(new FormData(form), box.getAttribute("data-similar") ?? "", location.href);
  if (!address || address.href === state.asked) return;
  state.control?.abort();
  state.control = new AbortController();
  const { signal } = state.control;
  try {
    const answer = await fetch(address, { signal, headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const html = await answer.text();
    state.asked = address.href;
    show(box, state, form, html);
  } catch {
    // Offline, or typed on: the form is sent as it is.
  }
}

function show(box: Element, state: State, form: HTMLFormElement, html: string): void {
  const found = new DOMParser().parseFromString(html, "text/html").querySelector("[data-similar-found]");
  const numbers = [...(found?.querySelectorAll("[name=follow]") ?? [])].map((one) => one.getAttribute("value")).join(" ");
  const seen = form.querySelector<HTMLInputElement>("[data-similar-seen]");
  if (seen) seen.value = SEEN;
  // What the server had asked without this script is said by it now.
  form.querySelector("[data-similar-asked]")?.remove();
  if (!found || (numbers && numbers === state.dismissed)) return box.replaceChildren();
  const shown = [...box.querySelectorAll("[name=follow]")].map((one) => one.getAttribute("value")).join(" ");
  // Whoever is choosing among the same matters keeps their place.
  if (numbers && numbers === shown && box.contains(document.activeElement)) return;
  box.replaceChildren(document.importNode(found, true));
  if (numbers !== shown) announce(word("similar-count", { n: Number(found.getAttribute("data-similar-found")) }));
}

function dismiss(box: Element, state: State): void {
  state.dismissed = [...box.querySelectorAll("[name=follow]")].map((one) => one.getAttribute("value")).join(" ");
  box.replaceChildren();
  // Not lost at the top of the page: on to the button that sends.
  box.closest("form")?.querySelector<HTMLElement>(".actions button.urgent")?.focus();
}
