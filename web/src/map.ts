// Loaded only on pages with a map. Without a basemap the map is our own paper with our own geometry; a tile address, if the
// community has set one, is added underneath. The list beside it always holds the same things.

import * as L from "leaflet";
import { drawGround } from "./map/areas";
import { startDraw } from "./map/draw";
import { startPick } from "./map/pick";
import { startView } from "./map/view";
import { announce } from "./live";
import { word } from "./words";

const FIRST_ZOOM = 15;
const LAST_ZOOM = 20;
const started = new WeakSet<HTMLElement>();

startAll(document);
document.addEventListener("linli:part", (event) => startAll(event.target as Element));

function startAll(root: ParentNode): void {
  for (const container of root.querySelectorAll<HTMLElement>("[data-map]")) {
    if (started.has(container)) continue;
    started.add(container);
    void start(container);
  }
}

async function start(container: HTMLElement): Promise<void> {
  const map = open(container);
  try {
    const ground = await drawGround(map, container);
    if (ground.bounds && !centreOf(container)) map.fitBounds(ground.bounds, { padding: [12, 12], animate: false });
    ground.settle();
    if (!ground.complete) tell(container, word("map-failed"));
    const mode = container.dataset.map;
    if (mode === "pick") startPick(map, container);
    else if (mode === "draw") startDraw(map, container, ground.corners);
    else await startView(map, container);
  } catch (error) {
    tell(container, word("map-failed"));
    console.warn(error);
  }
}

function open(container: HTMLElement): L.Map {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(container, {
    attributionControl: Boolean(container.dataset.tiles),
    zoomControl: false,
    zoomSnap: 0.5,
    maxZoom: LAST_ZOOM,
    // The wheel belongs to the page until the map is used.
    scrollWheelZoom: false,
    fadeAnimation: !still,
    zoomAnimation: !still,
    markerZoomAnimation: !still,
    inertia: !still,
  });
  map.setView(centreOf(container) ?? [0, 0], Number(container.dataset.zoom ?? FIRST_ZOOM));
  L.control.zoom({ zoomInTitle: word("map-zoom-in"), zoomOutTitle: word("map-zoom-out"), position: "bottomright" }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  map.on("focus click", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  if (container.dataset.tiles) {
    map.attributionControl.setPrefix(false);
    L.tileLayer(container.dataset.tiles, { maxZoom: LAST_ZOOM, attribution: container.dataset.tilesCredit ?? "" }).addTo(map);
  }
  const cross = document.createElement("div");
  cross.className = "cross";
  container.append(cross);
  // A map in a folded or hidden part learns its size when it is shown.
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(container);
  return map;
}

function centreOf(container: HTMLElement): [number, number] | undefined {
  const [lat = Number.NaN, lon = Number.NaN] = (container.dataset.center ?? "").split(",").map(Number);
  return container.dataset.center && Number.isFinite(lat) && Number.isFinite(lon) ? [lat, lon] : undefined;
}

function tell(container: HTMLElement, text: string): void {
  const note = document.createElement("div");
  note.className = "map-note";
  note.textContent = text;
  container.append(note);
  announce(text);
}
