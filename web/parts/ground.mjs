// An invented community for the style guide: twenty grids, a hundred and sixty micro-grids, two thousand buildings.
const WEST = 104.075, SOUTH = 30.65, WIDE = 0.02, HIGH = 0.016;
const TITLES = ["楼道灯不亮", "电动车飞线充电", "花园围栏松动", "垃圾桶满了", "停车位被占", "水管漏水"];
const TONES = [["hot", "吹哨中"], ["wait", "处理中"], ["info", "已派单"], ["plain", "已收到"], ["ok", "待确认"]];
const COUNTS = { grids: [5, 4], micro: [20, 8], buildings: [50, 40] };

/** Where a corner of a grid of columns by rows stands. */
const at = (c, r, columns, rows) => [WEST + (WIDE * c) / columns + 0.0012 * (r / rows), SOUTH + (HIGH * r) / rows + 0.0008 * Math.sin((3 * c) / columns)];

/** Round the whole community. */
function outline() {
  const steps = Array.from({ length: 21 }, (_, step) => step);
  return [...steps.map((c) => at(c, 0, 20, 1)), ...steps.map((c) => at(20 - c, 1, 20, 1)), at(0, 0, 20, 1)];
}

/** A slanted cell of a grid of columns by rows, `inset` of its side left free all round. */
function cell(column, row, columns, rows, inset) {
  const [w, e, s, n] = [column + inset, column + 1 - inset, row + inset, row + 1 - inset];
  return [[w, s], [e, s], [e, n], [w, n], [w, s]].map(([c, r]) => at(c, r, columns, rows));
}

export function areas(kind) {
  if (kind === "outline") return { type: "FeatureCollection", features: [{ type: "Feature", properties: { name: "锦江苑社区" }, geometry: { type: "Polygon", coordinates: [outline()] } }] };
  const [columns, rows] = COUNTS[kind];
  const features = [];
  for (let row = 0; row < rows; row += 1) for (let column = 0; column < columns; column += 1) {
    const grid = `${Math.floor((row * 4) / rows) * 5 + Math.floor((column * 5) / columns) + 1}`;
    const name = kind === "grids" ? `第 ${grid} 网格` : kind === "micro" ? `${grid}-${String((row % 2) * 4 + (column % 4) + 1).padStart(2, "0")}` : `${features.length + 1}`;
    features.push({ type: "Feature", properties: { name }, geometry: { type: "Polygon", coordinates: [cell(column, row, columns, rows, kind === "buildings" ? 0.22 : 0)] } });
  }
  return { type: "FeatureCollection", features };
}

export function pins() {
  let seed = 7;
  const next = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const features = Array.from({ length: 300 }, (_, index) => {
    const [tone, state] = TONES[Math.floor(next() * TONES.length)];
    const id = `QS-${index + 1}`;
    const coordinates = [WEST + 0.0012 + WIDE * 0.9 * next(), SOUTH + 0.001 + HIGH * 0.9 * next()];
    return { type: "Feature", properties: { id, title: `${1 + Math.floor(next() * 60)} 栋${TITLES[Math.floor(next() * TITLES.length)]}`, tone, state, href: `/requests/${id}` }, geometry: { type: "Point", coordinates } };
  });
  return { type: "FeatureCollection", features };
}

export function locate(lat, lon) {
  const inside = lon > WEST && lon < WEST + WIDE && lat > SOUTH && lat < SOUTH + HIGH;
  return inside ? { id: "m1", name: "2-07 微网格" } : { id: null, name: null };
}
