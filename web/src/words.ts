// The words scripts say. They come from the server in the page's language, as the JSON block #words; nothing here is
// ever shown in a language of its own. A missing word is silence, never a wrong language.

/** Every word a script may need, with what it means. The server renders those of the page's parts. */
export const WORDS = {
  "loading": "A part is being fetched.",
  "load-failed": "The part could not be fetched; the page is opened instead.",
  "leave": "Question: leave and lose the unsent changes?",
  "sending": "On the button while a form is under way.",
  "copied": "The text is on the clipboard.",
  "selected": "{n} things are ticked.",
  "chars-left": "{n} characters are left.",
  "chars-over": "{n} characters too many.",
  "draft-restored": "What you had written is back.",
  "photo-wrong-type": "{name} is not a photo we can read.",
  "photo-too-big": "{name} is larger than {n} MB.",
  "photo-too-many": "At most {n} photos.",
  "photo-remove": "Button: remove photo {name}.",
  "photos-chosen": "{n} photos are attached.",
  "position-asking": "Looking for the position.",
  "position-found": "Position found, within {n} metres.",
  "position-denied": "The browser may not tell the position; choose on the map or by address.",
  "position-failed": "The position could not be found; choose on the map or by address.",
  "suggest-count": "{n} suggestions.",
  "suggest-none": "No such address in the register.",
  "similar-count": "{n} matters may be the same as the one being typed.",
  "progress-lost": "No news of the job; it goes on, look again later.",
  "live-new": "Link: {n} new ones; look at them.",
  "live-changed": "Link: what is open has just changed; look at it.",
  "live-out": "Beside a row: the filter no longer lets it through.",
  "live-gone": "Instead of a row: it is no longer the reader's to read.",
  "live-many": "Link: much has changed; look at the list anew.",
  "map-zoom-in": "Button: closer.",
  "map-zoom-out": "Button: farther.",
  "map-failed": "Part of the map could not be loaded.",
  "map-cluster": "{n} matters here; Enter comes closer.",
  "map-pins": "{n} matters on the map.",
  "map-more": "and {n} more.",
  "pick-help": "Arrows move the map, Enter places the pin.",
  "pick-asking": "Looking up the micro-grid.",
  "pick-found": "The place is in {name}.",
  "pick-outside": "The place is outside the community.",
  "pick-failed": "The micro-grid could not be looked up; the place is kept.",
  "pick-pin": "Name of the pin.",
  "draw-help": "Drag a corner, or move it with the arrows; Delete removes it; while adding, click or Enter sets one.",
  "draw-add": "Button that stays pressed: set corners by clicking.",
  "draw-clear": "Button: begin the outline again.",
  "draw-delete": "Button: delete the chosen corner.",
  "draw-undo": "Button: undo.",
  "draw-vertex": "Corner {n}.",
  "draw-points": "{n} corners.",
  "draw-crosses": "The outline crosses itself near corner {n}.",
  "draw-few": "An outline needs at least three corners.",
  "door-waiting": "{n} entries are noted on this phone and will be sent when there is signal.",
  "door-sent": "All entries have been sent.",
  "door-refused": "{n} entries could not be sent: one is no longer signed in, or no longer leads this.",
  "door-noted-in": "Noted: came in.",
  "door-noted-out": "Noted: left.",
  "door-by-code": "Somebody who showed their code.",
  "door-take-now": "Button: enter it at the time it is now.",
  "draw-unreadable": "The text below is not an outline we can read.",
} as const;

export type WordKey = keyof typeof WORDS;
export interface Fill {
  n?: number;
  name?: string;
}

/** Finds `key` (or its plural form for `n`) in `words` and fills in `{n}` and `{name}`; empty when there is none. */
export function fillWord(words: Record<string, string>, key: string, fill: Fill, locale: string): string {
  const plural = fill.n === undefined ? "" : `${key}.${new Intl.PluralRules(locale).select(fill.n)}`;
  const text = words[plural] ?? words[`${key}.other`] ?? words[key] ?? "";
  const n = fill.n === undefined ? "" : new Intl.NumberFormat(locale).format(fill.n);
  return text.replace(/\{(n|name)\}/g, (_, slot: string) => (slot === "n" ? n : fill.name ?? ""));
}

let words: Record<string, string> | undefined;

/** The word in the page's language. */
export function word(key: WordKey, fill: Fill = {}): string {
  words ??= readWords();
  return fillWord(words, key, fill, document.documentElement.lang || "zh-CN");
}

function readWords(): Record<string, string> {
  try {
    return JSON.parse(document.getElementById("words")?.textContent ?? "{}") as Record<string, string>;
  } catch {
    return {};
  }
}
