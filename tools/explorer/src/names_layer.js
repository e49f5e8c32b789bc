// Writes names beside nodes and relations on edges so that nothing lies on anything: in order of importance, each at
// the first of its places that is still free, or not at all; names of large nodes may cover small dots. What is taken is kept in a grid of cells of 4 pixels.
// Cost: a few milliseconds for ten thousand nodes, since most fall to the first look into the grid.

const CELL = 4;
const MOST = 400; // names that anybody could read at once

export class Taken {
  constructor(width, height) {
    this.columns = Math.ceil(width / CELL);
    this.rows = Math.ceil(height / CELL);
    this.cells = new Uint8Array(this.columns * this.rows);
  }

  /** Calls with each cell of a rectangle until it gives true; a rectangle outside counts as taken. */
  each(x, y, width, height, visit) {
    const left = Math.floor(x / CELL);
    const top = Math.floor(y / CELL);
    const right = Math.floor((x + width) / CELL);
    const bottom = Math.floor((y + height) / CELL);
    if (left < 0 || top < 0 || right >= this.columns || bottom >= this.rows) return true;
    for (let row = top; row <= bottom; ++row)
      for (let column = left; column <= right; ++column) if (visit(row * this.columns + column)) return true;
    return false;
  }

  isTaken(x, y, width, height) {
    return this.each(x, y, width, height, (cell) => this.cells[cell] === 1);
  }

  take(x, y, width, height) {
    const left = Math.max(0, x);
    const top = Math.max(0, y);
    const right = Math.min(this.columns * CELL - 1, x + width);
    const bottom = Math.min(this.rows * CELL - 1, y + height);
    if (right > left && bottom > top)
      this.each(left, top, right - left, bottom - top, (cell) => {
        this.cells[cell] = 1;
        return false;
      });
  }

  /** A disc, as the square inside it: its corners are free. */
  takeDisc(x, y, radius) {
    const half = radius * 0.8;
    this.take(x - half, y - half, 2 * half, 2 * half);
  }
}

function places(item, width, height) {
  const gap = item.radius + 4;
  return [
    [item.x + gap, item.y - height / 2],
    [item.x - gap - width, item.y - height / 2],
    [item.x - width / 2, item.y + gap - 1],
    [item.x - width / 2, item.y - gap - height + 1],
  ];
}

function writeText(context, text, x, y, height, colors) {
  context.lineWidth = 3.5;
  context.lineJoin = "round";
  context.strokeStyle = colors.halo;
  context.fillStyle = colors.ink;
  context.strokeText(text, x, y + height / 2);
  context.fillText(text, x, y + height / 2);
}

/**
 * nodes: [{x, y, radius, text, size, strong, forced, faded}] in order of importance; edges: [{text, places}]; kept: a
 * rectangle that stays free. Returns how many names of nodes stand there.
 */
export function writeNames(context, width, height, nodes, edges, colors, family, kept = [0, 0, 0, 0]) {
  const taken = new Taken(width, height);
  const vital = new Taken(width, height); // names and large discs: what even the name of a large node keeps off
  context.clearRect(0, 0, width, height);
  context.textBaseline = "middle";
  context.textAlign = "left";
  const largest = nodes.reduce((most, node) => Math.max(most, node.radius), 0);
  const large = Math.max(5, largest * 0.3);
  for (const node of nodes) {
    taken.takeDisc(node.x, node.y, node.radius);
    if (node.radius >= large) vital.takeDisc(node.x, node.y, node.radius);
  }
  taken.take(...kept);
  vital.take(...kept);
  const write = (text, x, y, wide, high, inks) => {
    writeText(context, text, x, y, high, inks);
    for (const grid of [taken, vital]) grid.take(x - 2, y, wide + 4, high);
  };
  let written = 0;
  for (const node of nodes) {
    if (written >= MOST) break;
    context.font = `${node.strong ? 600 : 450} ${node.size}px ${family}`;
    const high = node.size * 1.25;
    const wide = context.measureText(node.text).width;
    const options = places(node, wide, high);
    const freeIn = (grid) => options.find(([x, y]) => !grid.isTaken(x - 2, y, wide + 4, high));
    const free = freeIn(taken) ?? (node.forced || node.radius >= large ? freeIn(vital) : null) ?? (node.forced ? options[0] : null);
    if (!free) continue;
    write(node.text, free[0], free[1], wide, high, node.faded ? { ...colors, ink: colors.faded } : colors);
    ++written;
  }
  context.font = `italic 450 11px ${family}`;
  for (const edge of edges) {
    const wide = context.measureText(edge.text).width;
    const free = edge.places.find(([x, y]) => !taken.isTaken(x - wide / 2 - 2, y - 7, wide + 4, 14));
    if (!free) continue;
    write(edge.text, free[0] - wide / 2, free[1] - 7, wide, 14, { halo: colors.halo, ink: colors.soft });
  }
  return written;
}
