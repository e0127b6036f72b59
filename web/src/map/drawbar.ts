// The buttons and the live line of the area editor. They exist only with scripts, so scripts make them.

import { word, type WordKey } from "../words";

interface Acts {
  add(): void;
  undo(): void;
  remove(): void;
  clear(): void;
}
export interface DrawBar {
  say(text: string): void;
  setAdding(adding: boolean): void;
  setMay(may: { undo: boolean; remove: boolean; clear: boolean }): void;
}

/** Puts the bar before the map. */
export function drawBar(container: HTMLElement, acts: Acts): DrawBar {
  const bar = document.createElement("div");
  bar.className = "draw-bar";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", container.getAttribute("aria-label") ?? "");
  const button = (key: WordKey, act: () => void): HTMLButtonElement => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn small";
    made.textContent = word(key);
    made.addEventListener("click", () => made.getAttribute("aria-disabled") !== "true" && act());
    bar.append(made);
    return made;
  };
  const add = button("draw-add", acts.add);
  const undo = button("draw-undo", acts.undo);
  const remove = button("draw-delete", acts.remove);
  const clear = button("draw-clear", acts.clear);
  const line = document.createElement("span");
  line.className = "quiet";
  line.setAttribute("role", "status");
  bar.append(line);
  const help = document.createElement("p");
  help.className = "hint";
  help.textContent = word("draw-help");
  container.before(bar);
  container.after(help);

  return {
    say: (text) => (line.textContent = text),
    setAdding: (adding) => {
      add.setAttribute("aria-pressed", String(adding));
      add.classList.toggle("main", adding);
    },
    setMay: (may) => {
      undo.setAttribute("aria-disabled", String(!may.undo));
      remove.setAttribute("aria-disabled", String(!may.remove));
      clear.setAttribute("aria-disabled", String(!may.clear));
    },
  };
}
