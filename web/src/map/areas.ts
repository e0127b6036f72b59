// Our own ground: outline, buildings, micro-grids and grids, drawn on one canvas (thousands of buildings stay smooth), with
// labels where they fit.

import * as L from "leaflet";
import { fetchCollection, type AreaProperties, type Areas } from "./geojson";
import { coloursOf, onThemeChange, type Colours } from "./theme";

/** From the ground up. */
const KINDS = ["outline", "buildings", "micro", "grids"] as const;
type Kind = (typeof KINDS)[number];

/** Below this zoom buildings are smaller than a pixel's worth of meaning. */
const BUILDINGS_FROM_ZOOM = 15;
const LABEL_PX_PER_CHARACTER = 11;

export interface Ground {
  bounds: L.LatLngBounds | undefined;
  /** Corners of grids and micro-grids, for an editor to snap to. */
  corners: L.LatLng[];
  /** Whether every address answered. */
  complete: boolean;
  /** Shows the labels and buildings that suit the zoom; called by itself after each zoom. */
  settle: () => void;
}

/** Draws what the container names in data-outline, data-buildings, data-micro, data-grids. */
export async function drawGround(map: L.Map, container: HTMLElement): Promise<Ground> {
  const colours = (): Colours => coloursOf(container);
  const renderer = L.canvas({ padding: 0.4 });
  // Above the areas, below every pin.
  map.createPane("labels").style.zIndex = "450";
  const named = KINDS.filter((kind) => container.dataset[kind]);
  const answers = await Promise.allSettled(named.map((kind) => fetchCollection<Areas>(container.dataset[kind] ?? "")));
  const drawn: { kind: Kind; layer: L.GeoJSON }[] = [];
  answers.forEach((answer, index) => {
    const kind = named[index] as Kind;
    if (answer.status === "rejected") return console.warn(answer.reason);
    const layer = L.geoJSON(answer.value, {
      style: styleOf(kind, colours()),
      interactive: false,
      renderer,
    } as L.GeoJSONOptions);
    layer.addTo(map);
    drawn.push({ kind, layer });
  });

  const hideSmall = (): void => {
    const buildings = drawn.find(({ kind }) => kind === "buildings")?.layer;
    if (!buildings) return;
    const wanted = map.getZoom() >= BUILDINGS_FROM_ZOOM;
    if (wanted === map.hasLayer(buildings)) return;
    if (wanted) buildings.addTo(map).bringToBack();
    else buildings.remove();
    drawn.find(({ kind }) => kind === "outline")?.layer.bringToBack();
  };
  const labels = drawn.filter(({ kind }) => kind === "micro" || kind === "grids").flatMap(({ kind, layer }) => labelsOf(kind, layer));
  const settle = (): void => {
    hideSmall();
    for (const label of labels) label.fit(map);
  };
  map.on("zoomend", settle);
  onThemeChange(() => drawn.forEach(({ kind, layer }) => layer.setStyle(styleOf(kind, colours()))));

  const widest = drawn.find(({ kind }) => kind === "outline") ?? drawn[0];
  const bounds = widest?.layer.getBounds();
  return {
    bounds: bounds?.isValid() ? bounds : undefined,
    corners: drawn.filter(({ kind }) => kind !== "buildings").flatMap(({ layer }) => cornersOf(layer)),
    complete: answers.every(({ status }) => status === "fulfilled"),
    settle,
  };
}

function styleOf(kind: Kind, c: Colours): L.PathOptions {
  switch (kind) {
    case "outline":
      return { color: c.ink, weight: 2.5, fillColor: c.card, fillOpacity: 1 };
    case "buildings":
      return { color: c.houseEdge, weight: 0.75, fillColor: c.house, fillOpacity: 1 };
    case "micro":
      return { color: c.line, weight: 1, dashArray: "4 3", fill: false };
    case "grids":
      return { color: c.pine, weight: 2, fill: false };
  }
}

interface Label {
  fit(map: L.Map): void;
}

/** One label per area, shown only while the area is wide enough for it. */
function labelsOf(kind: Kind, layer: L.GeoJSON): Label[] {
  return layer.getLayers().map((area) => {
    const polygon = area as L.Polygon;
    const { name, label = name } = polygon.feature?.properties as AreaProperties;
    const text = document.createElement("span");
    text.textContent = label;
    const icon = L.divIcon({ className: `map-label ${kind}`, html: text });
    const marker = L.marker(polygon.getBounds().getCenter(), { icon, interactive: false, keyboard: false, pane: "labels" });
    const bounds = polygon.getBounds();
    return {
      fit(map) {
        const west = map.latLngToLayerPoint(bounds.getSouthWest()).x;
        const east = map.latLngToLayerPoint(bounds.getNorthEast()).x;
        const width = east - west;
        // A grid's own name steps back once its micro-grids can be read.
        const fits = kind === "grids" ? width > (label.length + 3) * LABEL_PX_PER_CHARACTER && width < 420 : width > label.length * LABEL_PX_PER_CHARACTER && width > 48;
        if (fits === map.hasLayer(marker)) return;
        if (!fits) return void marker.remove();
        marker.setLatLng(polygon.getCenter()).addTo(map);
        marker.getElement()?.setAttribute("aria-hidden", "true");
      },
    };
  });
}

function cornersOf(layer: L.GeoJSON): L.LatLng[] {
  return layer.getLayers().flatMap((area) => ((area as L.Polygon).getLatLngs() as L.LatLng[][]).flat(2) as L.LatLng[]);
}
