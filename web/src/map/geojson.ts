// The little of GeoJSON (RFC 7946) that our maps read: features with areas or points, WGS-84, longitude first.

export type Position = [lon: number, lat: number];
export interface AreaProperties {
  name: string;
  /** Short text on the map; the name if there is none. */
  label?: string;
  href?: string;
}
export interface PinProperties {
  id: string;
  title: string;
  tone: Tone;
  /** The state in words. */
  state: string;
  href: string;
}
/** The five tones of a tag; each has its colour and its shape. */
export type Tone = "plain" | "info" | "wait" | "ok" | "hot";

export type AreaGeometry =
  | { type: "Polygon"; coordinates: Position[][] }
  | { type: "MultiPolygon"; coordinates: Position[][][] };
export interface Feature<G, P> {
  type: "Feature";
  geometry: G;
  properties: P;
}
export interface Collection<G, P> {
  type: "FeatureCollection";
  features: Feature<G, P>[];
}
export type Areas = Collection<AreaGeometry, AreaProperties>;
export type Pins = Collection<{ type: "Point"; coordinates: Position }, PinProperties>;

/** Fetches a collection of our own server; throws on any answer but a good one. */
export async function fetchCollection<T extends Areas | Pins>(address: string): Promise<T> {
  const answer = await fetch(address, { headers: { Accept: "application/geo+json, application/json" } });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return (await answer.json()) as T;
}

/** The pins' address with the filters' query; the part of the map in view is not a filter of the map itself. */
export function pinsAddress(base: string, here: string, fields: FormData | undefined): string {
  const address = new URL(base, here);
  for (const [name, value] of fields ?? []) {
    if (name !== "bbox" && typeof value === "string" && value.trim() !== "") address.searchParams.append(name, value);
  }
  return address.href;
}
