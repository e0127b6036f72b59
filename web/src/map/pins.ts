// Pins and clusters. A pin's tone decides colour and shape together; a cluster says how many it holds, and all numbers on
// the map add up to the pins loaded. Only what stands in view is in the page.

import * as L from "leaflet";
import { announce } from "../live";
import { word } from "../words";
import { cluster, type Cluster, type Located } from "./cluster";
import { fetchCollection, type PinProperties, type Pins, type Tone } from "./geojson";

type Pin = PinProperties & Located;

const RADIUS_PX = 44;
const ICON_PX = 32;
const MOST_IN_POPUP = 30;

/** Shapes in a 24 by 24 box; the same as the tags' in parts.css. */
const SHAPES: Record<Tone, string> = {
  plain: '<circle class="shape" cx="12" cy="12" r="7"/>',
  ok: '<circle class="shape" cx="12" cy="12" r="8.5"/>',
  info: '<rect class="shape" x="4" y="4" width="16" height="16" rx="2"/>',
  wait: '<path class="shape" d="M12 2.5 22 21H2Z"/>',
  hot: '<path class="shape" d="M12 .5 23.5 12 12 23.5.5 12Z"/>',
};

export class PinLayer {
  private pins: Pin[] = [];
  private readonly shown = new Map<string, { marker: L.Marker; members: Pin[] }>();
  private address = "";
  private lit: string | undefined;
  private current: string | undefined;

  constructor(private readonly map: L.Map, private readonly container: HTMLElement) {
    map.on("moveend", () => this.draw());
  }

  /** Loads the pins of an address; the same address again is not fetched again. */
  async load(address: string): Promise<void> {
    if (address === this.address) return;
    this.address = address;
    const { features } = await fetchCollection<Pins>(address);
    if (address !== this.address) return;
    this.pins = features.map(({ geometry: { coordinates }, properties }) => ({ ...properties, lon: coordinates[0], lat: coordinates[1] }));
    this.draw();
    announce(word("map-pins", { n: this.pins.length }));
  }

  /** Lights up the pin, or the cluster that holds it; nothing puts the light out. */
  light(id: string | undefined): void {
    this.lit = id;
    this.dress();
  }

  /** Marks the pin of the thing that is open beside the map. */
  setCurrent(id: string | undefined): void {
    this.current = id;
    this.dress();
  }

  private draw(): void {
    const zoom = this.map.getZoom();
    const view = this.map.getBounds().pad(0.2);
    const wanted = new Map<string, Cluster<Pin>>();
    for (const group of cluster(this.pins, zoom, RADIUS_PX)) {
      if (view.contains([group.lat, group.lon])) wanted.set(`${group.members[0]?.id}/${group.members.length}/${group.lat}`, group);
    }
    // What stays is kept, so that the keyboard's focus is not lost on every move.
    for (const [key, { marker }] of this.shown) {
      if (wanted.has(key)) continue;
      marker.remove();
      this.shown.delete(key);
    }
    for (const [key, group] of wanted) if (!this.shown.has(key)) this.shown.set(key, { marker: this.add(group), members: group.members });
    this.dress();
  }

  private add(group: Cluster<Pin>): L.Marker {
    const [pin] = group.members as [Pin];
    const single = group.members.length === 1;
    const label = single ? `${pin.title} · ${pin.state}` : word("map-cluster", { n: group.members.length });
    const marker = L.marker([group.lat, group.lon], { icon: single ? pinIcon(pin.tone) : clusterIcon(group.members), title: label, riseOnHover: true });
    marker.addTo(this.map);
    marker.getElement()?.setAttribute("aria-label", label);
    const open = (): void => (single ? this.open(pin) : this.enter(group));
    marker.on("click", open);
    marker.on("keypress", (event) => {
      const { originalEvent } = event as unknown as L.LeafletKeyboardEvent;
      if (originalEvent.key === "Enter" || originalEvent.key === " ") open();
    });
    return marker;
  }

  private open(pin: Pin): void {
    this.setCurrent(pin.id);
    const ids = this.container.dataset.pinPart;
    if (!ids) return location.assign(pin.href);
    this.container.dispatchEvent(new CustomEvent("linli:open", { bubbles: true, detail: { href: pin.href, ids } }));
  }

  /** Comes closer; where closer would not separate them, lists them. */
  private enter(group: Cluster<Pin>): void {
    const bounds = L.latLngBounds(group.members.map(({ lat, lon }) => [lat, lon]));
    const zoom = Math.min(this.map.getMaxZoom(), this.map.getBoundsZoom(bounds.pad(0.3)));
    const apart = cluster(group.members, zoom, RADIUS_PX).length > 1;
    if (apart && zoom > this.map.getZoom()) this.map.setView(bounds.getCenter(), zoom);
    else if (apart && this.map.getZoom() < this.map.getMaxZoom()) this.map.setView(bounds.getCenter(), this.map.getZoom() + 1);
    else this.list(group);
  }

  private list(group: Cluster<Pin>): void {
    const box = document.createElement("div");
    for (const pin of group.members.slice(0, MOST_IN_POPUP)) {
      const link = document.createElement("a");
      link.href = pin.href;
      link.textContent = `${pin.title} · ${pin.state}`;
      if (this.container.dataset.pinPart) link.dataset.part = this.container.dataset.pinPart;
      box.append(link);
    }
    const rest = group.members.length - MOST_IN_POPUP;
    if (rest > 0) box.append(word("map-more", { n: rest }));
    L.popup({ maxWidth: 260 }).setLatLng([group.lat, group.lon]).setContent(box).openOn(this.map);
    box.querySelector("a")?.focus();
  }

  private dress(): void {
    for (const { marker, members } of this.shown.values()) {
      const element = marker.getElement();
      element?.classList.toggle("lit", members.some(({ id }) => id === this.lit));
      element?.classList.toggle("current", members.some(({ id }) => id === this.current));
    }
  }
}

function pinIcon(tone: Tone): L.DivIcon {
  // An unknown tone is drawn plain rather than not at all.
  const shape = SHAPES[tone] ?? SHAPES.plain;
  return L.divIcon({ className: `pin ${tone}`, html: `<svg viewBox="-4 -4 32 32" width="${ICON_PX}" height="${ICON_PX}" aria-hidden="true">${shape}</svg>`, iconSize: [ICON_PX, ICON_PX] });
}

function clusterIcon(members: Pin[]): L.DivIcon {
  const text = document.createElement("span");
  text.textContent = String(members.length);
  const size = Math.round(30 + 6 * Math.log10(members.length) * 2);
  const hot = members.some(({ tone }) => tone === "hot") ? " hot" : "";
  return L.divIcon({ className: `cluster${hot}`, html: text, iconSize: [size, size] });
}
