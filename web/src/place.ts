// The place of a form: two hidden fields that the position button, the address search and the map all write, and that
// tell each other through the event linli:place on the form.

import { word } from "./words";

/** A point in WGS-84 degrees and who named it. */
export interface Place {
  lat: number;
  lon: number;
  source: "position" | "address" | "map";
}

/** Starts listening. Call once. */
export function startPlace(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-locate]");
    const form = button?.closest("form");
    if (button && form) ask(form, button);
  });
}

/** The position button shows only where there is a position to ask for. */
export function showPosition(root: ParentNode): void {
  if (!("geolocation" in navigator)) return;
  for (const button of root.querySelectorAll<HTMLElement>("[data-locate][hidden]")) button.hidden = false;
}

/** Writes the place into the form and tells map and address search. */
export function setPlace(form: HTMLFormElement, place: Place): void {
  write(form, "data-lat", place.lat);
  write(form, "data-lon", place.lon);
  form.dispatchEvent(new CustomEvent<Place>("linli:place", { detail: place, bubbles: true }));
}

/** The form's place, if both fields hold a number. */
export function placeOf(form: HTMLFormElement): { lat: number; lon: number } | undefined {
  const lat = read(form, "data-lat");
  const lon = read(form, "data-lon");
  return lat === undefined || lon === undefined ? undefined : { lat, lon };
}

/** Says something about the place, in the form's own live line. */
export function sayPlace(form: HTMLFormElement, text: string): void {
  const line = form.querySelector("[data-place-status]");
  if (line) line.textContent = text;
}

function ask(form: HTMLFormElement, button: HTMLElement): void {
  button.setAttribute("aria-disabled", "true");
  sayPlace(form, word("position-asking"));
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      button.removeAttribute("aria-disabled");
      sayPlace(form, word("position-found", { n: Math.round(coords.accuracy) }));
      setPlace(form, { lat: coords.latitude, lon: coords.longitude, source: "position" });
    },
    (error) => {
      button.removeAttribute("aria-disabled");
      sayPlace(form, word(error.code === error.PERMISSION_DENIED ? "position-denied" : "position-failed"));
    },
    { enableHighAccuracy: true, timeout: 12_000, maximumAge: 30_000 },
  );
}

/** Six decimals are a tenth of a metre. */
function write(form: HTMLFormElement, mark: string, degrees: number): void {
  const field = form.querySelector<HTMLInputElement>(`input[${mark}]`);
  if (!field) return;
  field.value = degrees.toFixed(6);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function read(form: HTMLFormElement, mark: string): number | undefined {
  const text = form.querySelector<HTMLInputElement>(`input[${mark}]`)?.value.trim();
  const degrees = Number(text);
  return text && Number.isFinite(degrees) ? degrees : undefined;
}
