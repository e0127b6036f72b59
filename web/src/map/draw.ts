// The area editor: corners that can be dragged, set, moved by arrow keys and removed, with undo; the GeoJSON goes into the
// form's own textarea after every change. New corners snap to the corners of areas already there, so that neighbours meet.

import * as L from "leaflet";
import { word } from "../words";
import type { Position } from "./geojson";
import { changeRing, crossing, inserted, moved, pruned, readOutline, without, writeOutline, type Corner, type Outline, type Shape } from "./ring";
import { coloursOf, onThemeChange } from "./theme";
import { drawBar, type DrawBar } from "./drawbar";

const SNAP_PX = 9;
const STEP_PX = 4;
const LEAP_PX = 24;
/** More corners than this, and handles between them would hide the map. */
const MOST_FOR_BETWEEN = 240;
const ARROWS: Record<string, [number, number]> = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/** Starts the editor; `corners` are those to snap to. */
export function startDraw(map: L.Map, container: HTMLElement, corners: L.LatLng[]): void {
  const field = document.getElementById(container.dataset.drawTo ?? "");
  if (field instanceof HTMLTextAreaElement) new Editor(map, container, field, corners);
}

class Editor {
  private outline: Outline = { shape: [] };
  private readonly past: Shape[] = [];
  private chosen: Corner | undefined;
  private adding = false;
  private readonly polygon: L.Polygon;
  private readonly handles = L.layerGroup();
  private readonly bar: DrawBar;

  constructor(private readonly map: L.Map, private readonly container: HTMLElement, private readonly field: HTMLTextAreaElement, private readonly corners: L.LatLng[]) {
    this.polygon = L.polygon([], { interactive: false }).addTo(map);
    this.handles.addTo(map);
    this.bar = drawBar(container, {
      add: () => this.setAdding(!this.adding),
      undo: () => this.undo(),
      remove: () => this.removeChosen(),
      clear: () => this.change([], undefined),
    });
    map.on("click", (event: L.LeafletMouseEvent) => this.adding && this.add(event.latlng));
    container.addEventListener("keydown", (event) => this.onKey(event));
    field.addEventListener("change", () => this.read());
    const paint = (): void => void this.polygon.setStyle({ color: coloursOf(container).pine, weight: 3, fillColor: coloursOf(container).wash, fillOpacity: 0.5 });
    onThemeChange(paint);
    paint();
    this.read();
    const bounds = this.polygon.getBounds();
    if (bounds.isValid()) map.fitBounds(bounds.pad(0.3), { animate: false });
  }

  private read(): void {
    const outline = readOutline(this.field.value);
    if (!outline) return this.bar.say(word("draw-unreadable"));
    this.outline = outline;
    this.past.length = 0;
    this.chosen = undefined;
    this.setAdding(outline.shape.length === 0);
    this.show();
  }

  /** Every change goes through here: remembered, shown, written. */
  private change(shape: Shape, chosen: Corner | undefined): void {
    this.past.push(this.outline.shape);
    this.outline = { ...this.outline, shape: pruned(shape) };
    this.chosen = chosen;
    if (this.outline.shape.length === 0) this.setAdding(true);
    this.show();
    this.write();
  }

  private undo(): void {
    const before = this.past.pop();
    if (!before) return;
    this.outline = { ...this.outline, shape: before };
    this.chosen = undefined;
    this.show();
    this.write();
  }

  private write(): void {
    this.field.value = writeOutline(this.outline);
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** A corner after the chosen one, or after the last. */
  private add(latlng: L.LatLng): void {
    const point = this.snapped(latlng);
    if (this.outline.shape.length === 0) return this.change([[[point]]], [0, 0, 0]);
    const [polygon, ring, index] = this.chosen ?? [0, 0, (this.outline.shape[0]?.[0]?.length ?? 1) - 1];
    this.change(changeRing(this.outline.shape, [polygon, ring, index], inserted(index, point)), [polygon, ring, index + 1]);
  }

  private move(corner: Corner, latlng: L.LatLng): void {
    this.change(changeRing(this.outline.shape, corner, moved(corner[2], [latlng.lng, latlng.lat])), corner);
  }

  private removeChosen(): void {
    if (!this.chosen) return;
    const [polygon, ring, index] = this.chosen;
    const left = (this.outline.shape[polygon]?.[ring]?.length ?? 1) - 1;
    const next: Corner | undefined = left > 0 ? [polygon, ring, Math.max(0, index - 1)] : undefined;
    this.change(changeRing(this.outline.shape, this.chosen, without(index)), next);
    this.container.querySelector<HTMLElement>(".vertex.chosen")?.focus();
  }

  private setAdding(adding: boolean): void {
    this.adding = adding;
    this.bar.setAdding(adding);
  }

  private snapped(latlng: L.LatLng): Position {
    const at = this.map.latLngToContainerPoint(latlng);
    let [best, near] = [latlng, SNAP_PX];
    const view = this.map.getBounds();
    for (const corner of this.corners) {
      if (!view.contains(corner)) continue;
      const distance = this.map.latLngToContainerPoint(corner).distanceTo(at);
      if (distance < near) [best, near] = [corner, distance];
    }
    return [best.lng, best.lat];
  }

  private onKey(event: KeyboardEvent): void {
    if ((event.ctrlKey || event.metaKey) && event.key === "z") this.undo();
    else if (event.target === this.container && event.key === "Enter") {
      if (this.adding) this.add(this.map.getCenter());
    } else return;
    event.preventDefault();
  }

  private show(): void {
    const { shape } = this.outline;
    this.polygon.setLatLngs(shape.map((rings) => rings.map((ring) => ring.map(([lon, lat]) => L.latLng(lat, lon)))));
    const focused = this.container.contains(document.activeElement) && document.activeElement?.classList.contains("vertex");
    this.handles.clearLayers();
    const count = shape.flat(2).length;
    shape.forEach((rings, p) => rings.forEach((ring, r) => ring.forEach((point, i) => {
      this.handle([p, r, i], point);
      const next = ring[(i + 1) % ring.length];
      if (next && ring.length > 1 && count <= MOST_FOR_BETWEEN) this.between([p, r, i], [(point[0] + next[0]) / 2, (point[1] + next[1]) / 2]);
    })));
    if (focused) this.container.querySelector<HTMLElement>(".vertex.chosen")?.focus({ preventScroll: true });
    this.report(shape, count);
  }

  private report(shape: Shape, count: number): void {
    const rings = shape.flat();
    const crossed = rings.map(crossing).find((index) => index !== undefined);
    if (count > 0 && rings.some((ring) => ring.length < 3)) this.bar.say(word("draw-few"));
    else this.bar.say(crossed === undefined ? word("draw-points", { n: count }) : word("draw-crosses", { n: crossed + 1 }));
    this.bar.setMay({ undo: this.past.length > 0, remove: this.chosen !== undefined, clear: count > 0 });
  }

  private handle(corner: Corner, [lon, lat]: Position): void {
    const chosen = this.chosen?.every((part, i) => part === corner[i]) ? " chosen" : "";
    const marker = L.marker([lat, lon], { icon: L.divIcon({ className: `vertex${chosen}`, iconSize: [18, 18] }), draggable: true });
    this.handles.addLayer(marker);
    const element = marker.getElement();
    element?.setAttribute("aria-label", word("draw-vertex", { n: corner[2] + 1 }));
    marker.on("click", () => this.choose(corner));
    marker.on("drag", () => this.preview(corner, marker.getLatLng()));
    marker.on("dragend", () => {
      const [x, y] = this.snapped(marker.getLatLng());
      this.move(corner, L.latLng(y, x));
    });
    element?.addEventListener("keydown", (event) => {
      const arrow = ARROWS[event.key];
      if (arrow) {
        const reach = event.shiftKey ? LEAP_PX : STEP_PX;
        const at = this.map.latLngToContainerPoint(marker.getLatLng()).add([arrow[0] * reach, arrow[1] * reach]);
        this.chosen = corner;
        this.move(corner, this.map.containerPointToLatLng(at));
      } else if (event.key === "Delete" || event.key === "Backspace") {
        this.chosen = corner;
        this.removeChosen();
      } else if (event.key === "Enter" || event.key === " ") this.choose(corner);
      else return;
      // Neither the map nor the form shall hear it too.
      event.preventDefault();
      event.stopPropagation();
    });
  }

  private between(corner: Corner, [lon, lat]: Position): void {
    const marker = L.marker([lat, lon], { icon: L.divIcon({ className: "vertex between", iconSize: [12, 12] }), draggable: true, keyboard: false });
    this.handles.addLayer(marker);
    marker.getElement()?.setAttribute("aria-hidden", "true");
    const insert = (): void => {
      const point = this.snapped(marker.getLatLng());
      this.change(changeRing(this.outline.shape, corner, inserted(corner[2], point)), [corner[0], corner[1], corner[2] + 1]);
    };
    marker.on("click", insert);
    marker.on("dragend", insert);
  }

  private choose(corner: Corner): void {
    this.chosen = corner;
    this.show();
    this.container.querySelector<HTMLElement>(".vertex.chosen")?.focus({ preventScroll: true });
  }

  private preview(corner: Corner, { lat, lng }: L.LatLng): void {
    const shape = changeRing(this.outline.shape, corner, moved(corner[2], [lng, lat]));
    this.polygon.setLatLngs(shape.map((rings) => rings.map((ring) => ring.map(([lon, la]) => L.latLng(la, lon)))));
  }
}
