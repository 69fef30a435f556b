// Routes: lines run in the gaps between cards and blocks, never under a card. Gaps are lanes, where two cross is a vertex, and each
// line is a shortest way with few turns over them (an orthogonal visibility graph; Wybrow, Marriott and Stuckey 2009), rounded at corners.
const PORT = 4;
const RING = 9;
const TURN = 16;

/** Merge numbers that are nearly the same; gives the sorted lanes and where each number went. */
function mergeLanes(numbers) {
  const sorted = [...new Set(numbers.map((value) => Math.round(value * 2) / 2))].sort((a, b) => a - b);
  const lanes = [];
  const to = new Map();
  for (const value of sorted) {
    if (!lanes.length || value - lanes[lanes.length - 1] > 2) lanes.push(value);
    to.set(value, lanes.length - 1);
  }
  return { lanes, of: (value) => to.get(Math.round(value * 2) / 2) };
}

const cardBox = (at, node) => {
  const { x, y } = at.get(node);
  const { w, h: high } = sizeOf(node);
  return { left: x - w / 2, right: x + w / 2, top: y - high / 2, bottom: y + high / 2 };
};

/** A graph of lanes between cards: vertices with places, neighbours along lanes, and the four ports of each card. */
function laneGraph({ at, regions }) {
  const vx = [], vy = [], near = [], ports = new Map();
  const rooms = regions.map(([name, nodes]) => ({ ...regionBox(at, name, nodes), nodes: nodes.filter((node) => at.has(node)) }));
  const roomed = new Set(rooms.flatMap((room) => room.nodes));
  const loose = [...at.keys()].filter((node) => !roomed.has(node));
  const known = new Map();
  const vertex = (x, y) => {
    const key = `${x},${y}`;
    if (!known.has(key)) { known.set(key, vx.length); vx.push(x); vy.push(y); near.push([]); }
    return known.get(key);
  };
  const join = (a, b, across, dear) => {
    const cost = (Math.abs(vx[a] - vx[b]) + Math.abs(vy[a] - vy[b])) * dear;
    near[a].push([b, across, cost]);
    near[b].push([a, across, cost]);
  };
  // One floor of lanes: all vertical by all horizontal ones, joined wherever no obstacle lies between two neighbours.
  const floor = (xs, ys, solid, dear, keep) => {
    const inside = (x1, y1, x2, y2) => solid.some((box) => x2 > box.left && x1 < box.right && y2 > box.top && y1 < box.bottom);
    let before = null;
    for (let j = 0; j < ys.length; j += 1) {
      const line = xs.map((x) => (inside(x - 0.5, ys[j] - 0.5, x + 0.5, ys[j] + 0.5) ? -1 : vertex(x, ys[j])));
      for (let i = 0; i < xs.length; i += 1) {
        if (line[i] < 0) continue;
        if (i && line[i - 1] >= 0 && !inside(xs[i - 1], ys[j] - 0.5, xs[i], ys[j] + 0.5)) join(line[i - 1], line[i], 0, dear);
        if (before && before[i] >= 0 && !inside(xs[i] - 0.5, ys[j - 1], xs[i] + 0.5, ys[j])) join(before[i], line[i], 1, dear);
      }
      keep?.(line, j);
      before = line;
    }
  };
  const put = (nodes, frame, solid, dear) => {
    const boxes = nodes.map((node) => cardBox(at, node));
    const xs = mergeLanes([...boxes.flatMap((box) => [box.left - PORT, box.right + PORT, (box.left + box.right) / 2]), ...frame.x]);
    const ys = mergeLanes([...boxes.flatMap((box) => [box.top - PORT, box.bottom + PORT, (box.top + box.bottom) / 2]), ...frame.y]);
    const grid = [];
    floor(xs.lanes, ys.lanes, [...boxes.map((box) => ({ left: box.left - 1, right: box.right + 1, top: box.top - 1, bottom: box.bottom + 1 })), ...solid], dear, (line) => grid.push(line));
    nodes.forEach((node, i) => {
      const { left, right, top, bottom } = boxes[i];
      const [cx, cy] = [(left + right) / 2, (top + bottom) / 2];
      ports.set(node, [[left, cy, left - PORT, cy, 0], [right, cy, right + PORT, cy, 0], [cx, top, cx, top - PORT, 1], [cx, bottom, cx, bottom + PORT, 1]]
        .map(([bx, by, px, py, across]) => ({ x: bx, y: by, across, at: grid[ys.of(py)][xs.of(px)] })).filter((port) => port.at >= 0));
    });
    return { xs: xs.lanes, ys: ys.lanes, grid };
  };
  const ringsX = rooms.flatMap((room) => [room.left - RING, room.right + RING]);
  const ringsY = rooms.flatMap((room) => [room.top - RING, room.bottom + RING]);
  const open = put(loose, { x: ringsX, y: ringsY }, rooms.map(({ left, right, top, bottom }) => ({ left, right, top, bottom })), 1);
  // The outermost lanes of a room lie on the open floor's lanes around it; between these a room's own ends are strung in.
  for (const room of rooms) {
    const inner = put(room.nodes, { x: [room.left, room.right], y: [room.top, room.bottom] }, room.title ? [room.title] : [], 1.8);
    for (const [sides, own, across] of [[[room.left, room.right], inner.xs, 0], [[room.top, room.bottom], inner.ys, 1]]) {
      sides.forEach((side, last) => {
        const index = last ? own.length - 1 : 0;
        const ring = side + (last ? RING : -RING);
        const lane = nearestLane(across ? open.ys : open.xs, ring);
        const ends = across ? inner.grid[index].map((v, i) => [inner.xs[i], v]) : inner.grid.map((line, j) => [inner.ys[j], line[index]]);
        const posts = [];
        for (const [place, v] of ends) {
          if (v < 0) continue;
          const post = across ? vertex(place, lane) : vertex(lane, place);
          join(v, post, across ? 1 : 0, 1);
          posts.push([place, post]);
        }
        // String the posts between the open floor's own vertices along this side.
        const along = (across ? open.xs : open.ys).map((place) => [place, known.get(across ? `${place},${lane}` : `${lane},${place}`)])
          .filter(([place, v]) => v !== undefined && place >= (across ? room.left : room.top) - RING - 3 && place <= (across ? room.right : room.bottom) + RING + 3);
        const string = [...along, ...posts].sort((p, q) => p[0] - q[0]);
        for (let i = 1; i < string.length; i += 1) if (string[i - 1][1] !== string[i][1]) join(string[i - 1][1], string[i][1], across ? 0 : 1, 1);
      });
    }
  }
  return { vx, vy, near, ports };
}

const nearestLane = (lanes, value) => lanes.reduce((best, lane) => (Math.abs(lane - value) < Math.abs(best - value) ? lane : best), lanes[0] ?? value);

/** Shortest ways from one card to several: Dijkstra over (vertex, direction), a turn costs as much as a detour of `TURN`. */
function waysFrom(graph, source, targets) {
  const { vx, near, ports } = graph;
  const cost = new Float64Array(vx.length * 2).fill(Infinity);
  const from = new Int32Array(vx.length * 2).fill(-1);
  const heap = [];
  const push = (key, value) => {
    let i = heap.length;
    heap.push([value, key]);
    while (i && heap[(i - 1) >> 1][0] > value) { heap[i] = heap[(i - 1) >> 1]; i = (i - 1) >> 1; }
    heap[i] = [value, key];
  };
  const pop = () => {
    const top = heap[0];
    const last = heap.pop();
    if (heap.length) {
      let i = 0;
      for (;;) {
        let child = 2 * i + 1;
        if (child >= heap.length) break;
        if (child + 1 < heap.length && heap[child + 1][0] < heap[child][0]) child += 1;
        if (heap[child][0] >= last[0]) break;
        heap[i] = heap[child];
        i = child;
      }
      heap[i] = last;
    }
    return top;
  };
  for (const port of ports.get(source) || []) {
    const key = port.at * 2 + port.across;
    if (cost[key] > 0) { cost[key] = 0; push(key, 0); }
  }
  const wanted = new Map();
  for (const target of targets) for (const port of ports.get(target) || []) {
    const key = port.at * 2 + port.across;
    if (!wanted.has(key)) wanted.set(key, []);
    wanted.get(key).push([target, port]);
  }
  const found = new Map();
  while (heap.length && found.size < targets.length) {
    const [value, key] = pop();
    if (value > cost[key]) continue;
    for (const [target, port] of wanted.get(key) || []) if (!found.has(target)) found.set(target, { key, port });
    const across = key & 1;
    // A line may turn at the very port of the card it leads to.
    if (wanted.has(key ^ 1) && value + TURN < cost[key ^ 1]) { cost[key ^ 1] = value + TURN; from[key ^ 1] = key; push(key ^ 1, value + TURN); }
    for (const [other, direction, length] of near[key >> 1]) {
      const next = other * 2 + direction;
      const total = value + length + (direction === across ? 0 : TURN);
      if (total < cost[next]) { cost[next] = total; from[next] = key; push(next, total); }
    }
  }
  const ways = new Map();
  for (const [target, { key, port }] of found) {
    const points = [{ x: port.x, y: port.y }];
    let last = key;
    for (let at = key; at >= 0; at = from[at]) { points.push({ x: graph.vx[at >> 1], y: graph.vy[at >> 1] }); last = at; }
    const start = ports.get(source).find((one) => one.at === last >> 1 && one.across === (last & 1));
    points.push({ x: start.x, y: start.y });
    ways.set(target, straightened(points.reverse()));
  }
  return ways;
}

/** Leave out points in the middle of a straight stretch, and steps of a pixel or two. */
function straightened(points) {
  const kept = [points[0]];
  for (let i = 1; i < points.length; i += 1) {
    const last = kept[kept.length - 1];
    const next = points[i];
    if (Math.abs(next.x - last.x) < 0.5 && Math.abs(next.y - last.y) < 0.5) continue;
    const before = kept[kept.length - 2];
    if (before && ((Math.abs(before.x - last.x) < 0.5 && Math.abs(last.x - next.x) < 0.5) || (Math.abs(before.y - last.y) < 0.5 && Math.abs(last.y - next.y) < 0.5))) kept.pop();
    kept.push(next);
  }
  return kept;
}

/** Where the line from a card's middle leaves the card. */
function leave(node, from, towards) {
  const { w, h: high } = sizeOf(node);
  const dx = towards.x - from.x || 0.01;
  const dy = towards.y - from.y || 0.01;
  const share = Math.min(w / 2 / Math.abs(dx), high / 2 / Math.abs(dy), 0.5);
  return { x: from.x + dx * share, y: from.y + dy * share };
}

const straightWay = (at, a, b) => [leave(a, at.get(a), at.get(b)), leave(b, at.get(b), at.get(a))];

/** A curve from the side of one card to the facing side of another, as points: for pictures in columns with wide gaps. */
const curvedWay = (at, a, b) => curvedBetween(cardBox(at, a), cardBox(at, b));

function curvedBetween(from, to) {
  const forwards = from.right <= to.left;
  if (!forwards && from.left < to.right) return null;
  const p = { x: forwards ? from.right : from.left, y: (from.top + from.bottom) / 2 };
  const q = { x: forwards ? to.left : to.right, y: (to.top + to.bottom) / 2 };
  const reach = Math.min(60, Math.abs(q.x - p.x) / 2);
  const side = forwards ? 1 : -1;
  const [c, d] = [{ x: p.x + side * reach, y: p.y }, { x: q.x - side * reach, y: q.y }];
  return Array.from({ length: 25 }, (_, i) => {
    const t_ = i / 24;
    const u = 1 - t_;
    const share = (k) => u * u * u * p[k] + 3 * u * u * t_ * c[k] + 3 * u * t_ * t_ * d[k] + t_ * t_ * t_ * q[k];
    return { x: share('x'), y: share('y') };
  });
}

/** Whether a way of many points touches a card other than its ends. */
function isFree(way, boxes, a, b) {
  return !way.some((point) => boxes.some(({ node, left, right, top, bottom }) => node !== a && node !== b && point.x > left && point.x < right && point.y > top && point.y < bottom));
}

/** Begin finding the ways of a picture's bundles; `routeSome` goes on until its time is up and says whether all are found. */
function startRoutes(scene) {
  scene.todo = null;
  scene.straight = ['force', 'free'].includes(scene.style);
  for (const bundle of scene.bundles) bundle.way = null;
}

function planRoutes(scene) {
  const { at, bundles, style } = scene;
  const left = new Map();
  const boxes = [...at.keys()].map((node) => ({ node, ...cardBox(at, node) }));
  const open = [];
  for (const bundle of bundles) {
    if (scene.straight) { bundle.way = straightWay(at, bundle.a, bundle.b); continue; }
    if (style === 'columns' && boxes.length < 900) {
      const way = curvedWay(at, bundle.a, bundle.b);
      if (way && isFree(way, boxes, bundle.a, bundle.b)) { bundle.way = way; bundle.curved = true; continue; }
    }
    open.push(bundle);
  }
  const degree = new Map();
  for (const { a, b } of open) for (const node of [a, b]) degree.set(node, (degree.get(node) || 0) + 1);
  // Each search starts at the end with more lines, so that few searches do.
  for (const bundle of open) {
    const source = degree.get(bundle.a) >= degree.get(bundle.b) ? bundle.a : bundle.b;
    if (!left.has(source)) left.set(source, []);
    left.get(source).push(bundle);
  }
  // Lines that rest are found last.
  const rests = (list) => (list.every(({ quiet }) => quiet) ? 1 : 0);
  scene.todo = [...left].sort((p, q) => rests(p[1]) - rests(q[1]));
}

function routeSome(scene, milliseconds = Infinity) {
  const until = performance.now() + milliseconds;
  if (!scene.todo) planRoutes(scene);
  if (!scene.todo.length) return true;
  scene.lanes ??= laneGraph(scene);
  while (scene.todo.length) {
    const [source, bundles] = scene.todo.shift();
    const ends = bundles.map(({ a, b }) => (a === source ? b : a));
    const ways = waysFrom(scene.lanes, source, ends);
    bundles.forEach((bundle, i) => {
      const way = ways.get(ends[i]);
      bundle.way = way ? (bundle.a === source ? way : way.slice().reverse()) : straightWay(scene.at, bundle.a, bundle.b);
    });
    if (performance.now() > until) return !scene.todo.length;
  }
  return true;
}
