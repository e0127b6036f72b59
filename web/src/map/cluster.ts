// Clusters: every point goes into exactly one, so that the counts on the map always add up to the points there are.

/** A point in WGS-84 degrees. */
export interface Located {
  lat: number;
  lon: number;
}
export interface Cluster<T extends Located> extends Located {
  members: T[];
}

const TILE_PX = 256;

/** Web Mercator pixel at `zoom`, the coordinates Leaflet draws in. */
export function pixel({ lat, lon }: Located, zoom: number): [x: number, y: number] {
  const world = TILE_PX * 2 ** zoom;
  const sine = Math.min(0.9999, Math.max(-0.9999, Math.sin((lat * Math.PI) / 180)));
  return [world * (lon / 360 + 0.5), world * (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI))];
}

/**
 * Gathers points that stand closer than `radius_px` at `zoom`. Greedy in the order given: the first point not yet taken
 * draws in all free points around it; the cluster stands at their mean. The same points in the same order give the same
 * clusters. Expected time O(n) for a bounded number of points per cell.
 */
export function cluster<T extends Located>(points: readonly T[], zoom: number, radius_px: number): Cluster<T>[] {
  const at = points.map((point) => pixel(point, zoom));
  const cells = new Map<string, number[]>();
  at.forEach(([x, y], index) => {
    const key = `${Math.floor(x / radius_px)}:${Math.floor(y / radius_px)}`;
    const cell = cells.get(key);
    if (cell) cell.push(index);
    else cells.set(key, [index]);
  });

  const taken = new Uint8Array(points.length);
  const clusters: Cluster<T>[] = [];
  at.forEach(([x, y], index) => {
    if (taken[index]) return;
    const members: T[] = [];
    const [column, row] = [Math.floor(x / radius_px), Math.floor(y / radius_px)];
    for (let c = column - 1; c <= column + 1; c += 1) {
      for (let r = row - 1; r <= row + 1; r += 1) {
        const key = `${c}:${r}`;
        const free: number[] = [];
        for (const other of cells.get(key) ?? []) {
          const [ox, oy] = at[other] as [number, number];
          const near = (ox - x) ** 2 + (oy - y) ** 2 < radius_px ** 2;
          if (other === index || near) {
            taken[other] = 1;
            members.push(points[other] as T);
          } else free.push(other);
        }
        cells.set(key, free);
      }
    }
    clusters.push({
      members,
      lat: members.reduce((sum, { lat }) => sum + lat, 0) / members.length,
      lon: members.reduce((sum, { lon }) => sum + lon, 0) / members.length,
    });
  });
  return clusters;
}
