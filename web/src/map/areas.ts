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
/** This much of all is most. */
const MOST = 0.6;

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
  const isPinned = container.dataset.pins !== undefined;
  const labels = (kind: Kind): Label[] => drawn.filter((one) => one.kind === kind).flatMap(({ layer }) => labelsOf(map, kind, layer, isPinned));
  const [microGrids, grids] = [labels("micro"), labels("grids")];
  const settle = (): void => {
    hideSmall();
    settleLabels(grids, microGrids);
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
  /** Its words, the long ones first. */
  words: string[];
  /** How wide its area is now, in pixels. */
  width(): number;
  /** Shows these words, or nothing. */
  show(words: string | undefined): void;
}

/** Micro-grids are named once most of their names fit; until then each grid is, by its number where its name is too long. */
function settleLabels(grids: Label[], microGrids: Label[]): void {
  const fitting = (label: Label): string | undefined => label.words.find((words) => label.width() > words.length * LABEL_PX_PER_CHARACTER);
  const readable = microGrids.filter((label) => fitting(label) !== undefined).length;
  const areMicroGridsNamed = readable > 0 && readable >= microGrids.length * MOST;
  for (const label of microGrids) label.show(areMicroGridsNamed ? fitting(label) : undefined);
  for (const label of grids) label.show(areMicroGridsNamed ? undefined : fitting(label));
}

/** Where pins stand on the map, areas are named by their numbers alone: long names would be covered. */
function labelsOf(map: L.Map, kind: Kind, layer: L.GeoJSON, isPinned: boolean): Label[] {
  return layer.getLayers().map((area) => {
    const polygon = area as L.Polygon;
    const { name, label = name } = polygon.feature?.properties as AreaProperties;
    const number = /\d[\d-]*/.exec(label)?.[0];
    const text = document.createElement("span");
    const icon = L.divIcon({ className: `map-label ${kind}`, html: text });
    const bounds = polygon.getBounds();
    const marker = L.marker(bounds.getCenter(), { icon, interactive: false, keyboard: false, pane: "labels" });
    return {
      words: number === undefined || number === label ? [label] : isPinned ? [number] : [label, number],
      width: () => map.latLngToLayerPoint(bounds.getNorthEast()).x - map.latLngToLayerPoint(bounds.getSouthWest()).x,
      show(words) {
        if (words === undefined) return void marker.remove();
        text.textContent = words;
        if (map.hasLayer(marker)) return;
        marker.setLatLng(polygon.getCenter()).addTo(map);
        marker.getElement()?.setAttribute("aria-hidden", "true");
      },
    };
  });
}

function cornersOf(layer: L.GeoJSON): L.LatLng[] {
  return layer.getLayers().flatMap((area) => ((area as L.Polygon).getLatLngs() as L.LatLng[][]).flat(2) as L.LatLng[]);
}
