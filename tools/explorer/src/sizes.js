// How large the dots are drawn: in proportion to what is wanted, together over a small part of the picture's area, and
// none over another as far as the places allow; the larger come first. O(n log n) with a grid of the largest size.

const LARGEST = 24; // pixels of a radius, before zooming in
const COVERED = 0.035; // of the area, by all dots together
const GAP = 1.5;

/** places: [{x, y}] in pixels; wanted: sizes in any unit; gives radii in pixels. */
export function radii(places, wanted, area) {
  const smallest = places.length < 500 ? 3 : places.length < 3000 ? 2.4 : 1.8;
  const discs = wanted.reduce((sum, r) => sum + Math.PI * r * r, 0) || 1;
  const scale = Math.min(Math.sqrt((COVERED * area) / discs), LARGEST / Math.max(1e-9, ...wanted));
  const found = wanted.map((r) => Math.max(smallest, r * scale));
  const order = found.map((_, i) => i).sort((a, b) => found[b] - found[a] || a - b);
  const cell = 2 * Math.max(1, ...found) + GAP;
  const grid = new Map();
  for (const i of order) {
    const { x, y } = places[i];
    const [column, row] = [Math.floor(x / cell), Math.floor(y / cell)];
    for (let near = 0; near < 9; ++near)
      for (const j of grid.get(`${column + (near % 3) - 1}:${row + Math.floor(near / 3) - 1}`) ?? [])
        found[i] = Math.min(found[i], Math.hypot(places[j].x - x, places[j].y - y) - found[j] - GAP);
    found[i] = Math.max(smallest, found[i]);
    const key = `${column}:${row}`;
    if (!grid.has(key)) grid.set(key, []);
    grid.get(key).push(i);
  }
  return found;
}
