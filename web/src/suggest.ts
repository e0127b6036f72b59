// Address search: an ARIA 1.2 combobox over the community's own register. Without scripts the field is plain text and the
// server resolves what was typed.

import { announce } from "./live";
import { setPlace } from "./place";
import { word } from "./words";

interface Suggestion {
  id: string;
  label: string;
  lat: number | null;
  lon: number | null;
}
interface State {
  list: HTMLUListElement;
  items: Suggestion[];
  at: number;
  timer: number;
  control: AbortController | undefined;
}

const TYPING_MS = 200;
const states = new WeakMap<HTMLInputElement, State>();

/** Starts listening. Call once. */
export function startSuggest(): void {
  document.addEventListener("focusin", (event) => {
    const input = suggestField(event.target);
    if (input && !states.has(input)) dress(input);
  });
}

function suggestField(target: EventTarget | null): HTMLInputElement | null {
  return target instanceof HTMLInputElement && target.dataset.suggest ? target : null;
}

function dress(input: HTMLInputElement): void {
  const list = document.createElement("ul");
  list.id = `${input.id}-options`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels?.[0]?.textContent ?? "");
  const box = document.createElement("div");
  box.className = "suggest";
  input.replaceWith(box);
  box.append(input, list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.autocomplete = "off";
  const state: State = { list, items: [], at: -1, timer: 0, control: undefined };
  states.set(input, state);

  const ask = (): void => {
    writeId(input, "");
    clearTimeout(state.timer);
    state.timer = window.setTimeout(() => void fetchFor(input, state), TYPING_MS);
  };
  input.addEventListener("input", (event) => {
    if (!(event as InputEvent).isComposing) ask();
  });
  input.addEventListener("compositionend", ask);
  input.addEventListener("keydown", (event) => onKey(event, input, state));
  input.addEventListener("blur", () => close(input, state));
  // Before blur, or the list would be gone.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = (event.target as Element).closest("[role=option]");
    if (option) pick(input, state, [...list.children].indexOf(option));
  });
  // Putting the field into its box took the focus away.
  input.focus();
}

async function fetchFor(input: HTMLInputElement, state: State): Promise<void> {
  state.control?.abort();
  const query = input.value.trim();
  if (!query) return close(input, state);
  state.control = new AbortController();
  const { signal } = state.control;
  try {
    const address = new URL(input.dataset.suggest ?? "", location.href);
    address.searchParams.set("q", query);
    const answer = await fetch(address, { signal, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`suggest: ${answer.status}`);
    state.items = (await answer.json()) as Suggestion[];
    open(input, state);
  } catch {
    if (!signal.aborted) close(input, state);
  }
}

function open(input: HTMLInputElement, state: State): void {
  state.at = -1;
  input.removeAttribute("aria-activedescendant");
  state.list.replaceChildren(
    ...state.items.map((item, at) => {
      const option = document.createElement("li");
      option.id = `${state.list.id}-${at}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.textContent = item.label;
      return option;
    }),
  );
  const any = state.items.length > 0;
  state.list.hidden = !any;
  input.setAttribute("aria-expanded", String(any));
  announce(any ? word("suggest-count", { n: state.items.length }) : word("suggest-none"));
}

function close(input: HTMLInputElement, state: State): void {
  clearTimeout(state.timer);
  state.list.hidden = true;
  state.at = -1;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function onKey(event: KeyboardEvent, input: HTMLInputElement, state: State): void {
  if (event.isComposing || state.list.hidden) return;
  const { length } = state.items;
  if (event.key === "ArrowDown") move(input, state, (state.at + 1) % length);
  else if (event.key === "ArrowUp") move(input, state, (state.at + length - (state.at < 0 ? 0 : 1)) % length);
  else if (event.key === "Enter" && state.at >= 0) pick(input, state, state.at);
  else if (event.key === "Escape") close(input, state);
  else return;
  event.preventDefault();
}

function move(input: HTMLInputElement, state: State, at: number): void {
  state.list.children[state.at]?.setAttribute("aria-selected", "false");
  state.at = at;
  const option = state.list.children[at];
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) input.setAttribute("aria-activedescendant", option.id);
}

function pick(input: HTMLInputElement, state: State, at: number): void {
  const item = state.items[at];
  if (!item) return;
  input.value = item.label;
  writeId(input, item.id);
  close(input, state);
  if (input.form && item.lat !== null && item.lon !== null) setPlace(input.form, { lat: item.lat, lon: item.lon, source: "address" });
}

function writeId(input: HTMLInputElement, id: string): void {
  const field = input.closest(".field")?.querySelector<HTMLInputElement>("[data-suggest-id]");
  if (field) field.value = id;
}
