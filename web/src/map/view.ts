// The map beside a list: pins follow the filter form, rows light up their pins, and the list may follow the map.

import type * as L from "leaflet";
import { pinsAddress } from "./geojson";
import { PinLayer } from "./pins";

/** Puts pins and list in step. */
export async function startView(map: L.Map, container: HTMLElement): Promise<void> {
  if (!container.dataset.pins) return;
  const pins = new PinLayer(map, container);
  const filters = document.getElementById(container.dataset.pinsForm ?? "");
  const form = filters instanceof HTMLFormElement ? filters : undefined;
  const address = (): string => pinsAddress(container.dataset.pins ?? "", location.href, form ? new FormData(form) : undefined);

  document.addEventListener("mouseover", (event) => pins.light(pinIdAt(event.target)));
  document.addEventListener("focusin", (event) => pins.light(pinIdAt(event.target)));
  const showCurrent = (): void => pins.setCurrent(document.querySelector<HTMLElement>("[data-row][data-pin][aria-current]")?.dataset.pin);
  document.addEventListener("linli:part", () => {
    showCurrent();
    void pins.load(address()).catch(console.warn);
  });
  if (form) follow(map, form);
  showCurrent();
  await pins.load(address());
}

/** Sends the form anew when the map has moved, while the reader wishes so. */
function follow(map: L.Map, form: HTMLFormElement): void {
  const bbox = form.querySelector<HTMLInputElement>("input[data-bbox]");
  const wish = document.querySelector<HTMLInputElement>("input[data-map-follow]");
  if (!bbox || !wish) return;
  const write = (): void => {
    const view = map.getBounds();
    bbox.value = wish.checked ? [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()].map((d) => d.toFixed(5)).join(",") : "";
  };
  const send = (): void => {
    write();
    bbox.dispatchEvent(new Event("change", { bubbles: true }));
  };
  wish.addEventListener("change", send);
  map.on("moveend", () => {
    if (wish.checked) send();
  });
}

function pinIdAt(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>("[data-row][data-pin]")?.dataset.pin : undefined;
}
