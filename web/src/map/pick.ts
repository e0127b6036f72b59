// Choosing the place of a report: click, drag the pin, or move the map with the arrows and press Enter at the cross. The
// micro-grid's name is said in the form's live line.

import * as L from "leaflet";
import { placeOf, sayPlace, setPlace, type Place } from "../place";
import { word } from "../words";

const ASK_AFTER_MS = 200;
const CLOSE_ZOOM = 18;
const PIN = '<svg viewBox="0 0 24 32" width="33" height="44" aria-hidden="true"><path d="M12 31C8 24 2 18 2 11a10 10 0 0 1 20 0c0 7-6 13-10 20Z"/><circle cx="12" cy="11" r="4"/></svg>';

/** Makes the map of a form choose its place. */
export function startPick(map: L.Map, container: HTMLElement): void {
  const form = container.closest("form");
  if (!form) return;
  const icon = L.divIcon({ className: "place-pin", html: PIN, iconSize: [33, 44], iconAnchor: [16.5, 43] });
  const pin = L.marker(map.getCenter(), { icon, draggable: true, autoPan: true, keyboard: false, title: word("pick-pin") });
  let timer = 0;
  const help = document.createElement("p");
  help.className = "hint";
  help.id = `${container.id || "map"}-help`;
  help.textContent = word("pick-help");
  container.after(help);
  container.setAttribute("aria-describedby", help.id);

  const put = ({ lat, lng }: L.LatLng): void => setPlace(form, { lat, lon: lng, source: "map" });
  const show = ({ lat, lon }: { lat: number; lon: number }): void => {
    pin.setLatLng([lat, lon]).addTo(map);
    clearTimeout(timer);
    timer = window.setTimeout(() => void sayArea(form, container.dataset.locateUrl, lat, lon), ASK_AFTER_MS);
  };

  map.on("click", (event: L.LeafletMouseEvent) => put(event.latlng));
  pin.on("dragend", () => put(pin.getLatLng()));
  container.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== container) return;
    // Enter in a form would send it.
    event.preventDefault();
    put(map.getCenter());
  });
  form.addEventListener("linli:place", (event) => {
    const place = (event as CustomEvent<Place>).detail;
    show(place);
    if (place.source !== "map") map.setView([place.lat, place.lon], Math.max(map.getZoom(), CLOSE_ZOOM));
  });

  const before = placeOf(form);
  if (!before) return;
  show(before);
  map.setView([before.lat, before.lon], CLOSE_ZOOM, { animate: false });
}

async function sayArea(form: HTMLFormElement, base: string | undefined, lat: number, lon: number): Promise<void> {
  if (!base) return;
  sayPlace(form, word("pick-asking"));
  try {
    const address = new URL(base, location.href);
    address.searchParams.set("lat", lat.toFixed(6));
    address.searchParams.set("lon", lon.toFixed(6));
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`locate: ${answer.status}`);
    const { name } = (await answer.json()) as { name: string | null };
    const now = placeOf(form);
    // An answer that a newer place has overtaken says nothing.
    if (now && (now.lat.toFixed(6) !== lat.toFixed(6) || now.lon.toFixed(6) !== lon.toFixed(6))) return;
    sayPlace(form, name ? word("pick-found", { name }) : word("pick-outside"));
  } catch {
    sayPlace(form, word("pick-failed"));
  }
}
