// Progress of a job on the server: asks every second while the page is looked at, more rarely when nothing moves.

import { announce } from "./live";
import { word } from "./words";

interface Job {
  done: number;
  total: number;
  state: "queued" | "running" | "done" | "failed";
  text?: string;
  href?: string;
}

const FIRST_MS = 1000;
const LAST_MS = 5000;
const MOST_FAILURES = 6;
const watched = new WeakSet<HTMLProgressElement>();

/** Watches the progress bars of `root` that are not yet watched. */
export function watchProgress(root: ParentNode): void {
  for (const bar of root.querySelectorAll<HTMLProgressElement>("progress[data-poll]")) {
    if (watched.has(bar)) continue;
    watched.add(bar);
    void watch(bar);
  }
}

/** The next wait: short while things move, up to five seconds while they do not. */
export function nextWait(wait_ms: number, moved: boolean): number {
  return moved ? FIRST_MS : Math.min(LAST_MS, Math.round(wait_ms * 1.5));
}

async function watch(bar: HTMLProgressElement): Promise<void> {
  let wait = FIRST_MS;
  let failures = 0;
  let before = -1;
  while (bar.isConnected) {
    await new Promise((done) => setTimeout(done, wait));
    if (document.hidden) continue;
    try {
      const answer = await fetch(bar.dataset.poll ?? "", { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(`job: ${answer.status}`);
      const job = (await answer.json()) as Job;
      failures = 0;
      show(bar, job);
      if (job.state === "done" || job.state === "failed") return finish(job);
      wait = nextWait(wait, job.done !== before);
      before = job.done;
    } catch {
      failures += 1;
      wait = nextWait(wait, false);
      if (failures >= MOST_FAILURES) return say(bar, word("progress-lost"));
    }
  }
}

function show(bar: HTMLProgressElement, job: Job): void {
  if (job.total > 0) {
    bar.max = job.total;
    bar.value = job.done;
  } else bar.removeAttribute("value");
  if (job.text) say(bar, job.text);
}

function finish(job: Job): void {
  announce(job.text ?? "");
  if (job.href) location.assign(job.href);
}

function say(bar: HTMLProgressElement, text: string): void {
  const line = bar.parentElement?.querySelector("[data-poll-text]");
  if (line && line.textContent !== text) line.textContent = text;
}
