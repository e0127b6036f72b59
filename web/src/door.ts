// The organiser's list at the door works without signal: a tick or a code is noted on the phone and sent when there is a way.
// A small worker keeps the page for as long as the door is open. Without scripts each tick is a form.

import { newId, Queue, takenNow, type Answer, type Scan } from "./door-queue";
import { announce } from "./live";
import { word } from "./words";

/** How often it is tried again. */
const AGAIN_MS = 15_000;
/** Where the worker keeps the pages of doors. */
const KEPT = "linli-door";
const WORKER = "/activities/door-worker.js";
const SCOPE = "/activities/occurrences/";

let isSending = false;

/** Starts listening. Call once, before forms are locked. */
export function startDoor(): void {
  const door = document.querySelector<HTMLElement>("[data-door]");
  if (!door) return forgetIfSignedOut();
  const queue = queueOf(door);
  void keepPage();
  door.addEventListener("submit", (event) => note(event, door, queue), true);
  window.addEventListener("online", () => void send(door, queue));
  window.setInterval(() => void send(door, queue), AGAIN_MS);
  for (const scan of queue.all()) showNoted(door, scan);
  void send(door, queue);
}

function queueOf(door: HTMLElement): Queue {
  return new Queue(localStorage, `linli-door:${door.dataset.door ?? ""}`);
}

/** The names on a kept page are not for whoever takes the phone next. */
function forgetIfSignedOut(): void {
  const isSignedIn = document.querySelector('form[action="/sign-out"]') !== null;
  if (isSignedIn || !("caches" in window)) return;
  void caches.delete(KEPT).catch(() => undefined);
}

async function keepPage(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
    const ready = await navigator.serviceWorker.ready;
    // This page was fetched before the worker was there.
    const parts = [...document.querySelectorAll<HTMLLinkElement | HTMLScriptElement>("link[rel=stylesheet], script[src]")];
    const needed = parts.map((part) => ("href" in part ? part.href : part.src));
    ready.active?.postMessage({ keep: location.pathname, needed });
  } catch {
    // Not served securely, or the browser keeps nothing: the queue works as long as the page is open.
  }
}

function note(event: SubmitEvent, door: HTMLElement, queue: Queue): void {
  const form = event.target as HTMLFormElement;
  const button = event.submitter as HTMLButtonElement | null;
  if (!form.hasAttribute("data-scan") || !button) return;
  const fields = new FormData(form);
  // Words need the whole form.
  if (String(fields.get("why") ?? "").trim()) return;
  const direction = button.value === "out" ? "out" : "in";
  const signUp = String(fields.get("sign_up") ?? "");
  const code = String(fields.get("code") ?? "").trim();
  if (!signUp && !code) return;
  event.preventDefault();
  event.stopPropagation();
  const scan: Scan = { id: id(), direction, at: Date.now(), ...(signUp ? { sign_up: signUp } : { code }) };
  queue.add(scan);
  showNoted(door, scan);
  if (code) form.reset();
  void send(door, queue);
}

function id(): string {
  return newId((bytes) => void crypto.getRandomValues(bytes));
}

async function send(door: HTMLElement, queue: Queue): Promise<void> {
  if (isSending) return;
  const scans = queue.next();
  if (scans.length === 0) return;
  isSending = true;
  try {
    const answer = await fetch(`/api/v1/activities/occurrences/${door.dataset.door ?? ""}/scans`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ scans }),
    });
    if (answer.status >= 500) throw new Error(`scans: ${answer.status}`);
    if (!answer.ok) return say(door, word("door-refused", { n: queue.all().length }), "error");
    const { answers } = (await answer.json()) as { answers: Answer[] };
    for (const [scan, one] of queue.answered(answers)) showAnswer(door, queue, scan, one);
    const left = queue.all().length;
    say(door, left === 0 ? word("door-sent") : word("door-waiting", { n: left }), left === 0 ? "ok" : "info");
  } catch {
    say(door, word("door-waiting", { n: queue.all().length }), "info");
  } finally {
    isSending = false;
  }
  // What was noted meanwhile does not wait for the next turn.
  if (queue.all().length > 0 && navigator.onLine) window.setTimeout(() => void send(door, queue), 500);
}

function lineOf(door: HTMLElement, scan: Scan): HTMLElement | null {
  return scan.sign_up ? door.querySelector<HTMLElement>(`[data-sign-up="${CSS.escape(scan.sign_up)}"]`) : null;
}

/** Noted, and not yet answered. */
function showNoted(door: HTMLElement, scan: Scan): void {
  const line = lineOf(door, scan);
  setState(line, word(scan.direction === "in" ? "door-noted-in" : "door-noted-out"));
  setButtons(line, scan.direction === "in" ? "out" : "none");
}

function showAnswer(door: HTMLElement, queue: Queue, scan: Scan, answer: Answer): void {
  const line = lineOf(door, scan);
  setState(line, answer.words);
  if (answer.answer === "in" || answer.answer === "already_in") setButtons(line, "out");
  else if (answer.answer === "out" || answer.answer === "already_out") setButtons(line, "none");
  else if (answer.answer === "not_in") setButtons(line, "in");
  const isDone = answer.answer === "in" || answer.answer === "out";
  if (line && isDone) return announce(answer.words);
  log(door, scan, answer, () => {
    queue.add(takenNow(scan, id()));
    void send(door, queue);
  });
}

/** Codes have no line of their own, and what was refused is not to be overlooked. */
function log(door: HTMLElement, scan: Scan, answer: Answer, takeNow: () => void): void {
  const list = door.querySelector<HTMLElement>("[data-door-log]");
  if (!list) return;
  const entry = document.createElement("li");
  const who = lineOf(door, scan)?.querySelector("b")?.textContent ?? word("door-by-code");
  const time = new Date(scan.at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  const text = document.createElement("span");
  text.className = "grow";
  text.textContent = `${time} ${who}: ${answer.words}`;
  entry.append(text);
  if (answer.answer === "clock") {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn small";
    button.textContent = word("door-take-now");
    button.addEventListener("click", () => {
      button.remove();
      takeNow();
    });
    entry.append(button);
  }
  list.prepend(entry);
  list.hidden = false;
  announce(text.textContent);
}

function setState(line: HTMLElement | null, text: string): void {
  const state = line?.querySelector("[data-door-state]");
  if (state && text) state.textContent = text;
}

/** Shows the one button that makes sense next. */
function setButtons(line: HTMLElement | null, next: "in" | "out" | "none"): void {
  for (const button of line?.querySelectorAll<HTMLButtonElement>("[data-scan] button") ?? []) {
    const had = document.activeElement === button;
    button.hidden = button.value !== next;
    if (had && button.hidden) line?.querySelector<HTMLButtonElement>("[data-scan] button:not([hidden])")?.focus();
  }
}

function say(door: HTMLElement, text: string, tone: "ok" | "info" | "error"): void {
  const line = door.querySelector<HTMLElement>("[data-door-queue]");
  if (!line) return;
  line.hidden = !text;
  line.className = `flash ${tone}`;
  const words = line.querySelector("span") ?? line;
  if (words.textContent !== text) words.textContent = text;
}
