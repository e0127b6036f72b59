// Outlines as plain numbers: reading and writing the GeoJSON of the area editor, changing corners, finding where an
// outline crosses itself. Rings are open here (the first corner is not repeated); GeoJSON closes them.

import type { AreaGeometry, Position } from "./geojson";

export type Ring = Position[];
/** Polygons, each an outer ring and its holes. */
export type Shape = Ring[][];
/** A corner's place: polygon, ring, index in the ring. */
export type Corner = [polygon: number, ring: number, index: number];

interface Wrapper {
  type: "Feature";
  properties: unknown;
}
export interface Outline {
  shape: Shape;
  /** The Feature around the geometry, if the text had one: its properties are kept. */
  wrapper?: Wrapper;
}

/** Reads a Polygon or MultiPolygon, bare or in a Feature; an empty text is an empty outline; else undefined. */
export function readOutline(text: string): Outline | undefined {
  if (text.trim() === "") return { shape: [] };
  try {
    const parsed = JSON.parse(text) as AreaGeometry | (Wrapper & { geometry: AreaGeometry });
    const geometry = parsed.type === "Feature" ? parsed.geometry : parsed;
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.type === "MultiPolygon" ? geometry.coordinates : undefined;
    if (!polygons?.every((rings) => rings.every((ring) => ring.every(isPosition)))) return undefined;
    const shape = polygons.map((rings) => rings.map(open));
    return parsed.type === "Feature" ? { shape, wrapper: { type: "Feature", properties: parsed.properties } } : { shape };
  } catch {
    return undefined;
  }
}

/** Writes the outline; empty while any ring has fewer than three corners. Seven decimals are a centimetre. */
export function writeOutline({ shape, wrapper }: Outline): string {
  if (shape.length === 0 || shape.some((rings) => rings.some((ring) => ring.length < 3))) return "";
  const polygons = shape.map((rings) => rings.map((ring) => [...ring, ring[0] as Position].map(rounded)));
  const geometry = polygons.length === 1 ? { type: "Polygon", coordinates: polygons[0] } : { type: "MultiPolygon", coordinates: polygons };
  return JSON.stringify(wrapper ? { ...wrapper, geometry } : geometry);
}

/** A copy of the shape in which the ring of `corner` is replaced by `change` of it. */
export function changeRing(shape: Shape, [polygon, ring]: Corner, change: (ring: Ring) => Ring): Shape {
  return shape.map((rings, p) => (p === polygon ? rings.map((points, r) => (r === ring ? change(points) : points)) : rings));
}

export const moved = (index: number, to: Position) => (ring: Ring): Ring => ring.map((point, i) => (i === index ? to : point));
export const without = (index: number) => (ring: Ring): Ring => ring.filter((_, i) => i !== index);
export const inserted = (after: number, point: Position) => (ring: Ring): Ring => [...ring.slice(0, after + 1), point, ...ring.slice(after + 1)];

/** Rings without corners vanish, and polygons whose outer ring has vanished. */
export function pruned(shape: Shape): Shape {
  return shape.filter((rings) => (rings[0]?.length ?? 0) > 0).map((rings) => rings.filter((ring) => ring.length > 0));
}

/** The index of the first edge that crosses another edge of the same ring; undefined for a simple ring. */
export function crossing(ring: Ring): number | undefined {
  const n = ring.length;
  for (let i = 0; i < n; i += 1) {
    for (let j = i + 2; j < n; j += 1) {
      // The last edge and the first share a corner.
      if (i === 0 && j === n - 1) continue;
      const [a, b, c, d] = [ring[i], ring[(i + 1) % n], ring[j], ring[(j + 1) % n]] as [Position, Position, Position, Position];
      if (cross(a, b, c, d)) return i;
    }
  }
  return undefined;
}

/** Whether segments ab and cd meet (touching counts), by orientation signs (de Berg et al., Computational Geometry, 2008, ch. 2). */
function cross(a: Position, b: Position, c: Position, d: Position): boolean {
  const [abc, abd, cda, cdb] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (abc !== abd && cda !== cdb) return true;
  return (abc === 0 && within(a, b, c)) || (abd === 0 && within(a, b, d)) || (cda === 0 && within(c, d, a)) || (cdb === 0 && within(c, d, b));
}
function side(a: Position, b: Position, p: Position): number {
  return Math.sign((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]));
}
function within(a: Position, b: Position, p: Position): boolean {
  return Math.min(a[0], b[0]) <= p[0] && p[0] <= Math.max(a[0], b[0]) && Math.min(a[1], b[1]) <= p[1] && p[1] <= Math.max(a[1], b[1]);
}

function open(ring: Position[]): Ring {
  const [first, last] = [ring[0], ring[ring.length - 1]];
  const closed = ring.length > 1 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
  return (closed ? ring.slice(0, -1) : ring).map(([lon, lat]) => [lon, lat]);
}
function isPosition(value: unknown): boolean {
  return Array.isArray(value) && Math.abs(value[0] as number) <= 180 && Math.abs(value[1] as number) <= 90;
}
function rounded([lon, lat]: Position): Position {
  return [Number(lon.toFixed(7)), Number(lat.toFixed(7))];
}
