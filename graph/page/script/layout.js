// Positions: those reckoned at build time, room made for what is unfolded, and the layouts that depend on what is asked for.
const GAP = 9;
// With more details out than this a board is laid out anew instead of being pushed apart.
const MOST_UNFOLDED = 30;

/** Set cards in rows of at most `width`, as wide as the widest in each column; gives places from the top left and the size. */
function gridOf(nodes, width) {
  const sizes = nodes.map(sizeOf);
  let columns = 1;
  let widths = [Math.max(...sizes.map((size) => size.w))];
  for (let count = 2; count <= nodes.length; count += 1) {
    const tried = Array.from({ length: count }, (_, c) => Math.max(...sizes.filter((_s, i) => i % count === c).map((size) => size.w)));
    if (tried.reduce((sum, w) => sum + w + GAP, -GAP) > width) break;
    columns = count;
    widths = tried;
  }
  const places = [];
  let top = 0;
  for (let start = 0; start < nodes.length; start += columns) {
    const line = sizes.slice(start, start + columns);
    const height = Math.max(...line.map((size) => size.h));
    let left = 0;
    line.forEach((size, i) => {
      places.push([nodes[start + i], left + size.w / 2, top + height / 2]);
      left += widths[i] + GAP;
    });
    top += height + GAP;
  }
  return { places, w: widths.reduce((sum, w) => sum + w + GAP, -GAP), h: top - GAP };
}

/** Open a gap below a node and set its unfolded details there; everything lower moves down, so that nothing is covered. */
function unfoldBelow(at, node, children, region) {
  const { x, y } = at.get(node);
  const box = region ? boundsOf(at, region.filter((other) => at.has(other))) : null;
  const block = gridOf(children, Math.max(300, box ? box.right - box.left : 440));
  let left = x - block.w / 2;
  if (box) left = block.w > box.right - box.left ? (box.left + box.right - block.w) / 2 : Math.min(Math.max(left, box.left), box.right - block.w);
  let cut = y + sizeOf(node).h / 2;
  for (let moved = true; moved;) {
    moved = false;
    for (const [other, place] of at) {
      const size = sizeOf(other);
      const top = place.y - size.h / 2;
      const besides = place.x + size.w / 2 < left - GAP || place.x - size.w / 2 > left + block.w + GAP;
      if (!besides && top < cut && top + size.h > cut + 0.5) { cut = top + size.h; moved = true; }
    }
  }
  for (const [other, place] of at) {
    if (other !== node && place.y - sizeOf(other).h / 2 >= cut - 0.5) place.y += block.h + 2 * GAP;
  }
  for (const [child, px, py] of block.places) at.set(child, { x: left + px, y: cut + GAP + py });
}

/** A node and its neighbourhood: what points at it to the left, what it points at to the right, further steps further out. */
function neighbourhood(nodes, centre) {
  const inside = new Set(nodes);
  const side = new Map([[centre, 0]]);
  let rim = [centre];
  while (rim.length) {
    const next = [];
    for (const node of rim) {
      for (const edge of edgesAt(node)) {
        const other = otherEnd(edge, node);
        if (!V.edgePass[edge] || !inside.has(other) || side.has(other)) continue;
        const from = side.get(node);
        side.set(other, from ? from + Math.sign(from) : D.from[edge] === node ? 1 : -1);
        next.push(other);
      }
    }
    rim = next;
  }
  const columns = new Map();
  for (const node of nodes) {
    const column = side.get(node) ?? 9;
    if (!columns.has(column)) columns.set(column, []);
    columns.get(column).push(node);
  }
  const at = new Map([[centre, { x: 0, y: 0 }]]);
  for (const direction of [1, -1]) {
    let reach = sizeOf(centre).w / 2 + 90;
    for (const column of [...columns.keys()].filter((c) => c * direction > 0).sort((a, b) => direction * (a - b))) {
      const members = columns.get(column).sort((a, b) => D.cls[a] - D.cls[b] || a - b);
      const widest = Math.max(...members.map((node) => sizeOf(node).w));
      const perRow = Math.max(1, Math.ceil(members.length / 14));
      const block = gridOf(members, perRow * (widest + GAP));
      for (const [node, px, py] of block.places) {
        at.set(node, { x: direction > 0 ? reach + px : -reach - block.w + px, y: py - block.h / 2 });
      }
      reach += block.w + 90;
    }
  }
  return at;
}

/** Force-directed layout (Fruchterman and Reingold 1991, repulsion within cells), from a spiral; the same every time. */
function forces(nodes) {
  const count = nodes.length;
  const index = new Map(nodes.map((node, i) => [node, i]));
  const ideal = 120;
  const cell = 3 * ideal;
  const x = Float64Array.from(nodes, (_, i) => ideal * 0.8 * Math.sqrt(i) * Math.cos(2.39996 * i));
  const y = Float64Array.from(nodes, (_, i) => ideal * 0.5 * Math.sqrt(i) * Math.sin(2.39996 * i));
  const degree = new Float64Array(count);
  const springs = [];
  for (const { a, b } of bundlesOf(nodes, standIns(nodes, false))) {
    const ends = [index.get(a), index.get(b)];
    springs.push(ends);
    ends.forEach((end) => { degree[end] += 1; });
  }
  const rounds = count > 800 ? 100 : 200;
  const dx = new Float64Array(count);
  const dy = new Float64Array(count);
  for (let round = 0; round < rounds; round += 1) {
    const heat = ideal * 0.6 * (1 - round / rounds) + 0.5;
    const cells = new Map();
    const column = Int32Array.from(x, (value) => Math.floor(value / cell));
    const line = Int32Array.from(y, (value) => Math.floor(value / cell));
    const key = (cx, cy) => cx * 65536 + cy;
    for (let i = 0; i < count; i += 1) {
      const at = key(column[i], line[i]);
      if (cells.has(at)) cells.get(at).push(i); else cells.set(at, [i]);
      dx[i] = -x[i] * 0.02;
      dy[i] = -y[i] * 0.05;
    }
    for (let i = 0; i < count; i += 1) {
      for (let ox = -1; ox <= 1; ox += 1) {
        for (let oy = -1; oy <= 1; oy += 1) {
          for (const j of cells.get(key(column[i] + ox, line[i] + oy)) || []) {
            if (j === i) continue;
            const gapX = x[i] - x[j];
            const gapY = (y[i] - y[j]) * 1.7;
            const square = gapX * gapX + gapY * gapY + 1;
            if (square > cell * cell) continue;
            const push = (ideal * ideal) / square;
            dx[i] += gapX * push;
            dy[i] += gapY * push;
          }
        }
      }
    }
    for (const [a, b] of springs) {
      const gapX = x[a] - x[b];
      const gapY = y[a] - y[b];
      const pull = Math.sqrt(gapX * gapX + gapY * gapY) / ideal / (1 + Math.sqrt(Math.min(degree[a], degree[b])) * 0.5);
      dx[a] -= gapX * pull; dy[a] -= gapY * pull;
      dx[b] += gapX * pull; dy[b] += gapY * pull;
    }
    for (let i = 0; i < count; i += 1) {
      const length = Math.sqrt(dx[i] * dx[i] + dy[i] * dy[i]) || 1;
      x[i] += (dx[i] / length) * Math.min(length, heat);
      y[i] += (dy[i] / length) * Math.min(length, heat);
    }
  }
  // Drawn together until the cards take a third of the room, so that their words can be read when all of it is fitted.
  const area = nodes.reduce((sum, node) => sum + (sizeOf(node).w + GAP) * (sizeOf(node).h + GAP), 0);
  const spread = (values) => { const sorted = Float64Array.from(values).sort(); return (sorted[Math.floor(count * 0.95)] - sorted[Math.floor(count * 0.05)]) * 1.1 || 1; };
  const [wide, high] = [Math.sqrt(area * 2.2 * 1.75), Math.sqrt(area * 2.2 / 1.75)];
  const squeeze = [wide / spread(x), high / spread(y)];
  const inside = (value, half) => Math.sign(value) * Math.min(Math.abs(value), half + Math.sqrt(Math.max(0, Math.abs(value) - half)) * 3);
  const at = new Map(nodes.map((node, i) => [node, { x: inside(x[i] * squeeze[0], wide / 2), y: inside(y[i] * squeeze[1], high / 2) }]));
  pushApart(at);
  return at;
}

/** Move cards that cover each other apart, along the shorter way, until none does. */
function pushApart(at) {
  const items = [...at].map(([node, place]) => ({ place, w: sizeOf(node).w + GAP, h: sizeOf(node).h + GAP }));
  for (let round = 0; round < 200; round += 1) {
    items.sort((a, b) => (a.place.x - a.w / 2) - (b.place.x - b.w / 2));
    let touched = false;
    for (let i = 0; i < items.length; i += 1) {
      const a = items[i];
      for (let j = i + 1; j < items.length; j += 1) {
        const b = items[j];
        if (b.place.x - b.w / 2 >= a.place.x + a.w / 2) break;
        const overX = (a.w + b.w) / 2 - Math.abs(a.place.x - b.place.x);
        const overY = (a.h + b.h) / 2 - Math.abs(a.place.y - b.place.y);
        if (overX <= 0.5 || overY <= 0.5) continue;
        touched = true;
        if (overX < overY) {
          const way = (a.place.x <= b.place.x ? -1 : 1) * overX * 0.51;
          a.place.x += way; b.place.x -= way;
        } else {
          const way = (a.place.y <= b.place.y ? -1 : 1) * overY * 0.51;
          a.place.y += way; b.place.y -= way;
        }
      }
    }
    if (!touched) break;
  }
}

/** The layout that is asked for, or the one that says most of this scene: by domain where a plan has domains. */
const layoutOf = (scene) => S.layout || scene.first || 'structure';

/** The build's positions of a scene in the layout and language of the page. */
function basePlaces(scene, layout) {
  const chosen = scene.layouts[layout] || scene.layouts.structure;
  const drawing = chosen[S.lang] || chosen.zh;
  const at = new Map();
  drawing.of.forEach((node, i) => at.set(node, { x: drawing.x[i], y: drawing.y[i] }));
  return { at, regions: drawing.regions };
}

/** What filters leave of a board, or a board with much unfolded: its blocks with what is in them now, drawn together into the shape of
 * the window; what is unfolded stands in a block of its own below the card that holds it. */
function drawnTogether(drawn, regions, opened) {
  const left = new Set(drawn);
  const blocks = [];
  const withDetails = (node) => {
    const own = descendants(node).filter((child) => left.has(child));
    if (!opened.has(node) || !own.length) return false;
    left.delete(node);
    own.forEach((child) => left.delete(child));
    blocks.push([`node:${node}`, [node, ...own]]);
    return true;
  };
  for (const [name, nodes] of regions) {
    const bare = nodes.filter((node) => left.has(node) && !withDetails(node));
    const own = bare.filter((node) => left.delete(node));
    if (own.length) blocks.push([name, own]);
  }
  [...left].forEach((node) => { if (left.has(node)) withDetails(node); });
  const loose = [...left].sort((a, b) => D.cls[a] - D.cls[b] || a - b);
  const { clientWidth, clientHeight } = $('#net');
  const area = [...drawn].reduce((sum, node) => sum + (sizeOf(node).w + 2 * GAP) * (sizeOf(node).h + 2 * GAP), 0);
  const at_ = (width) => {
    const pieces = [...(loose.length ? [['', loose]] : []), ...blocks].map(([name, nodes]) => {
      const own = nodes.reduce((sum, node) => sum + (sizeOf(node).w + GAP) * (sizeOf(node).h + GAP), 0);
      return { name, nodes, ...gridOf(nodes, Math.min(width, Math.max(240, Math.sqrt(own * 2.2)))) };
    });
    // Each piece goes to the lowest shelf that is wide enough; shelves are columns of 40 pixels (a skyline).
    const sky = new Float64Array(Math.ceil(width / 40) + 1);
    const places = new Map();
    let [wide, high] = [0, 0];
    for (const piece of pieces.sort((p, q) => q.w * q.h - p.w * p.h)) {
      const need = Math.max(1, Math.ceil((piece.w + 46) / 40));
      let best = null;
      for (let i = 0; i + need <= sky.length || i === 0; i += 1) {
        const top = Math.max(...sky.subarray(i, i + need));
        if (!best || top < best.top) best = { i, top };
      }
      for (let k = best.i; k < Math.min(sky.length, best.i + need); k += 1) sky[k] = best.top + piece.h + 58;
      for (const [node, px, py] of piece.places) places.set(node, { x: best.i * 40 + px, y: best.top + py });
      wide = Math.max(wide, best.i * 40 + piece.w);
      high = Math.max(high, best.top + piece.h);
    }
    return { places, zoom: Math.min(clientWidth / (wide + 60), clientHeight / (high + 120), 1.4) };
  };
  const best = [0.7, 0.9, 1.1, 1.3, 1.6, 2, 2.6].map((share) => at_(Math.max(280, Math.sqrt(area * 1.7) * share * 1.3))).reduce((a, b) => (b.zoom > a.zoom ? b : a));
  return { at: best.places, regions: blocks, style: 'board' };
}

/** Where everything drawn stands, and the named regions behind it. */
function arrange(scene, drawn, opened) {
  const members = new Set(drawn);
  if (S.focus >= 0 && members.has(S.focus)) return { at: neighbourhood(drawn, S.focus), regions: [], style: 'columns' };
  const layout = layoutOf(scene);
  const base = basePlaces(scene, layout === 'force' ? 'structure' : layout);
  if (layout === 'force') return { at: forces(drawn), regions: [], style: 'force' };
  const { at } = base;
  const kept = [...at.keys()].filter((node) => members.has(node)).length;
  if ((kept < at.size * 0.6 && layout !== 'tree') || drawn.length - kept > MOST_UNFOLDED) return drawnTogether(drawn, base.regions, opened);
  const regionOf = new Map(base.regions.flatMap(([, nodes]) => nodes.map((node) => [node, nodes])));
  const unfold = (node, region = regionOf.get(node)) => {
    const children = (D.children.get(node) || []).filter((child) => members.has(child));
    if (!opened.has(node) || !children.length || !at.has(node)) return;
    unfoldBelow(at, node, children, region);
    children.forEach((child) => unfold(child, region));
  };
  for (const node of [...at.keys()]) if (members.has(node)) unfold(node);
  for (const node of [...at.keys()]) if (!members.has(node)) at.delete(node);
  const loose = drawn.filter((node) => !at.has(node));
  if (loose.length) {
    const bottom = Math.max(0, ...[...at].map(([node, place]) => place.y + sizeOf(node).h / 2));
    const block = gridOf(loose, Math.max(900, Math.sqrt(loose.length) * 200));
    for (const [node, px, py] of block.places) at.set(node, { x: px - block.w / 2, y: bottom + 60 + py });
  }
  const regions = base.regions.map(([name, nodes]) => [name, nodes.flatMap((node) => [node, ...descendants(node)]).filter((node) => at.has(node))]);
  return { at, regions: regions.filter(([, nodes]) => nodes.length), style: layout === 'tree' ? 'columns' : 'board' };
}

const descendants = (node) => (D.children.get(node) || []).flatMap((child) => [child, ...descendants(child)]);

/** The rectangle around cards, with a margin. */
function boundsOf(at, nodes = [...at.keys()], margin = 0) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const node of nodes) {
    const place = at.get(node);
    const { w, h: high } = sizeOf(node);
    left = Math.min(left, place.x - w / 2); right = Math.max(right, place.x + w / 2);
    top = Math.min(top, place.y - high / 2); bottom = Math.max(bottom, place.y + high / 2);
  }
  return { left: left - margin, top: top - margin, right: right + margin, bottom: bottom + margin };
}
