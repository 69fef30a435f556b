// The whole of a large graph on one canvas of our own. What is drawn is kept as a picture a little larger than the window: moving
// and zooming only shift that picture, and the lines are drawn anew, a slice a frame, once the view rests.
const W = { k: 0, x: 0, y: 0, keep: null, done: 0, timer: 0, grid: null, rested: true };
const SLICE = 6000;
const SPARE = 0.25;

function startWhole() {
  const canvas = $('#whole');
  W.canvas = canvas;
  W.ctx = canvas.getContext('2d', { alpha: false });
  W.X = Float32Array.from(D.overview.whole.x);
  W.Y = Float32Array.from(D.overview.whole.y);
  new ResizeObserver(() => { if (!canvas.hidden && (W.w !== canvas.clientWidth || W.h !== canvas.clientHeight)) { sizeWhole(); redrawWhole(); } }).observe(canvas);
  canvas.addEventListener('pointerdown', wholeDown);
  canvas.addEventListener('pointermove', wholeMove);
  canvas.addEventListener('pointerup', wholeUp);
  canvas.addEventListener('pointercancel', (event) => { W.hold?.delete(event.pointerId); });
  canvas.addEventListener('pointerleave', hideTip);
  canvas.addEventListener('wheel', (event) => {
    event.preventDefault();
    const box = canvas.getBoundingClientRect();
    wholeZoom(Math.exp(-event.deltaY * 0.0015), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });
  W.hold = new Map();
}

function sizeWhole() {
  W.dpr = Math.min(2, devicePixelRatio || 1);
  W.w = W.canvas.clientWidth;
  W.h = W.canvas.clientHeight;
  W.canvas.width = W.w * W.dpr;
  W.canvas.height = W.h * W.dpr;
}

/** Bring the whole-graph layer in step with the state. */
function drawWhole() {
  if (!W.ctx) startWhole();
  if (!W.w || W.w !== W.canvas.clientWidth || W.h !== W.canvas.clientHeight) sizeWhole();
  if (!W.k) { if (S.camera) [W.x, W.y, W.k] = S.camera; else { wholeFit(); return; } }
  const key = `${[...S.classes]}|${[...S.relations]}|${[...S.bases]}|${S.about}|${S.year}|${S.hidden}|${S.lang}|${isDark()}`;
  if (key !== W.key) { W.key = key; redrawWhole(); } else showWhole();
}

/** Begin a new kept picture: marks at once, lines beneath them slice by slice. */
function redrawWhole() {
  const wide = Math.ceil(W.w * (1 + 2 * SPARE) * W.dpr);
  const high = Math.ceil(W.h * (1 + 2 * SPARE) * W.dpr);
  W.keep ??= document.createElement('canvas');
  if (W.keep.width !== wide || W.keep.height !== high) { W.keep.width = wide; W.keep.height = high; }
  W.pen = W.keep.getContext('2d');
  W.pen.setTransform(1, 0, 0, 1, 0, 0);
  W.pen.globalCompositeOperation = 'source-over';
  W.pen.clearRect(0, 0, wide, high);
  W.kept = { x: W.x, y: W.y, k: W.k };
  W.pen.setTransform(W.k * W.dpr, 0, 0, W.k * W.dpr, wide / 2 - W.x * W.k * W.dpr, high / 2 - W.y * W.k * W.dpr);
  drawMarks();
  W.pen.globalCompositeOperation = 'destination-over';
  W.done = 0;
  // Fewer lines than there are edges say as much when all are smaller than a pixel apart.
  W.stride = Math.max(1, Math.round(D.edgeCount / (W.k < 0.5 ? 24000 : 120000)));
  showWhole();
  nextSlice();
}

const radiusOf = (node) => { const degree = D.out(node).length + D.into(node).length; return Math.min(16, 2 + Math.sqrt(degree) * 0.55); };

function drawMarks() {
  const { pen, X, Y } = W;
  const size = Math.max(1, 1.2 / W.k);
  W.radius ??= Float32Array.from(X, (_, node) => radiusOf(node));
  D.classes.forEach(({ name }, cls) => {
    pen.fillStyle = hueOf(name);
    for (let node = 0; node < D.count; node += 1) {
      if (D.cls[node] !== cls || !V.pass[node]) continue;
      const r = Math.max(size, W.radius[node]);
      if (r * W.k < 5) pen.fillRect(X[node] - r * 0.85, Y[node] - r * 0.85, r * 1.7, r * 1.7);
      else drawMark(pen, name, X[node], Y[node], r, pen.fillStyle);
    }
  });
}

function nextSlice() {
  cancelAnimationFrame(W.frame);
  W.frame = requestAnimationFrame(() => {
    if (!W.rested || W.done >= D.edgeCount) { if (W.rested) showWhole(); return; }
    const { pen, X, Y } = W;
    const until = performance.now() + 7;
    const colours = inks();
    pen.lineWidth = Math.max(0.5, 0.6 / W.k);
    pen.strokeStyle = colours.line;
    pen.globalAlpha = W.k < 0.5 ? 0.1 : 0.16;
    while (W.done < D.edgeCount && performance.now() < until) {
      pen.beginPath();
      const stop = Math.min(D.edgeCount, W.done + SLICE / 10 * W.stride);
      for (let edge = W.done; edge < stop; edge += W.stride) {
        if (!V.edgePass[edge]) continue;
        pen.moveTo(X[D.from[edge]], Y[D.from[edge]]);
        pen.lineTo(X[D.to[edge]], Y[D.to[edge]]);
      }
      pen.stroke();
      W.done = stop;
    }
    pen.globalAlpha = 1;
    showWhole();
    nextSlice();
  });
}

const toScreen = (node) => [(W.X[node] - W.x) * W.k + W.w / 2, (W.Y[node] - W.y) * W.k + W.h / 2];

/** Show the kept picture where the view is now, with what is chosen and the names above it. */
function showWhole() {
  const { ctx, kept, k } = W;
  if (!kept) return;
  const colours = inks();
  ctx.setTransform(W.dpr, 0, 0, W.dpr, 0, 0);
  ctx.fillStyle = colours.paper;
  ctx.fillRect(0, 0, W.w, W.h);
  const grown = k / kept.k;
  const wide = W.w * (1 + 2 * SPARE) * grown;
  const high = W.h * (1 + 2 * SPARE) * grown;
  ctx.imageSmoothingEnabled = grown !== 1;
  if (grown === 1) {
    // Whole pixels, so that the picture is copied and not resampled.
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.drawImage(W.keep, Math.round((W.w / 2 + (kept.x - W.x) * k) * W.dpr - W.keep.width / 2), Math.round((W.h / 2 + (kept.y - W.y) * k) * W.dpr - W.keep.height / 2));
    ctx.setTransform(W.dpr, 0, 0, W.dpr, 0, 0);
  } else ctx.drawImage(W.keep, W.w / 2 + (kept.x - W.x) * k - wide / 2, W.h / 2 + (kept.y - W.y) * k - high / 2, wide, high);
  drawChosen(ctx, colours);
  if (W.rested && W.done >= D.edgeCount) drawNames(ctx, colours);
}

function drawChosen(ctx, colours) {
  const lines = new Set(S.edges);
  if (S.tab === 'path' && S.panel && chain) chain.edges.forEach((edge) => lines.add(edge));
  for (const node of S.nodes.slice(0, 50)) for (const edge of edgesAt(node)) if (V.edgePass[edge]) lines.add(edge);
  ctx.strokeStyle = colours.accent;
  ctx.lineWidth = 1.2;
  ctx.beginPath();
  for (const edge of [...lines].slice(0, 3000)) {
    ctx.moveTo(...toScreen(D.from[edge]));
    ctx.lineTo(...toScreen(D.to[edge]));
  }
  ctx.stroke();
  for (const node of S.nodes) {
    const [x, y] = toScreen(node);
    ctx.beginPath();
    ctx.arc(x, y, Math.max(7, W.radius[node] * W.k + 3), 0, Math.PI * 2);
    ctx.fillStyle = colours.glow;
    ctx.fill();
    ctx.stroke();
    drawMark(ctx, className(node), x, y, Math.max(5, W.radius[node] * W.k));
  }
}

const FAR = 0.9;

/** What has a name at this zoom, foremost first: plans, then what most of them share; what is one plan's own only near by. */
function rankedNames() {
  if (!W.ranked) {
    const shared = (node) => new Set(edgesAt(node).map((edge) => otherEnd(edge, node)).map((other) => (className(other) === 'Plan' ? other : D.plan[other])).filter((plan) => plan >= 0)).size;
    const weight = Float32Array.from(W.radius, (r, node) => (className(node) === 'Plan' ? 1e6 + r : D.plan[node] < 0 ? 1e3 * Math.min(shared(node), 900) + r : r));
    const all = Array.from(weight.keys()).sort((a, b) => weight[b] - weight[a] || a - b);
    W.ranked = { all, far: all.filter((node) => weight[node] >= 2e3) };
  }
  return W.k < FAR ? W.ranked.far : W.ranked.all;
}

/** Names where there is room for them: of what is chosen, then in the order of their rank; plans bold, no line longer than a card's. */
function drawNames(ctx, colours) {
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.lineWidth = 3;
  ctx.lineJoin = 'round';
  ctx.strokeStyle = colours.paper;
  const taken = [];
  const near = new Set(S.nodes);
  const most = W.k < 0.6 ? 60 : 120;
  for (const node of [...S.nodes, ...rankedNames()]) {
    if (taken.length >= most) break;
    if (!V.pass[node]) continue;
    const [x, y] = toScreen(node);
    if (x < 0 || y < 0 || x > W.w || y > W.h) continue;
    const plan = className(node) === 'Plan';
    if (!near.has(node) && !plan && W.radius[node] * W.k < 0.8) continue;
    const lines = wrapLabel(labelOf(node), LIMITS[langOf(node) === 'en' ? 'en' : 'zh']);
    const wide = Math.max(...lines.map(emsOf)) * 6.2 + 4;
    const top = y + Math.max(5, W.radius[node] * W.k) + 9;
    const foot = top + (lines.length - 1) * 15;
    if (taken.some(([l, t_, r, d]) => x - wide < r && x + wide > l && top - 9 < d && foot + 9 > t_)) continue;
    taken.push([x - wide, top - 9, x + wide, foot + 9]);
    ctx.font = `${plan ? '600 ' : ''}12px ${faceOf(S.lang)}`;
    ctx.fillStyle = near.has(node) ? colours.accent : plan ? colours.ink : hueOf(className(node));
    lines.forEach((line, i) => { ctx.strokeText(line, x, top + i * 15); ctx.fillText(line, x, top + i * 15); });
  }
}

/** The view moves: show the kept picture at once, draw anew when it rests. */
function wholeMoved() {
  W.rested = false;
  cancelAnimationFrame(W.shift);
  W.shift = requestAnimationFrame(showWhole);
  clearTimeout(W.timer);
  W.timer = setTimeout(() => {
    if (W.hold.size) { wholeMoved(); return; }
    W.rested = true;
    redrawWhole();
    change({ camera: [W.x, W.y, W.k] }, { silent: true });
  }, 160);
}

function wholeFit() {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let node = 0; node < D.count; node += 1) {
    if (!V.pass[node]) continue;
    left = Math.min(left, W.X[node]); right = Math.max(right, W.X[node]);
    top = Math.min(top, W.Y[node]); bottom = Math.max(bottom, W.Y[node]);
  }
  if (left > right) return;
  Object.assign(W, { x: (left + right) / 2, y: (top + bottom) / 2, k: Math.min((W.w - 60) / (right - left + 1), (W.h - 90) / (bottom - top + 1), 3), key: '' });
  drawWhole();
}

function wholeZoom(factor, px = W.w / 2, py = W.h / 2) {
  const k = Math.min(8, Math.max(0.02, W.k * factor));
  W.x += (px - W.w / 2) * (1 / W.k - 1 / k);
  W.y += (py - W.h / 2) * (1 / W.k - 1 / k);
  W.k = k;
  wholeMoved();
}

function wholeCentre(node) {
  Object.assign(W, { x: W.X[node], y: W.Y[node], k: Math.max(W.k, 1.2) });
  wholeMoved();
}

/** The node at a place on the screen, or the edge, looked up in a grid of cells. */
function wholeAt(px, py) {
  const cell = 60;
  if (!W.grid) {
    W.grid = new Map();
    for (let node = 0; node < D.count; node += 1) {
      const key = Math.floor(W.X[node] / cell) * 100003 + Math.floor(W.Y[node] / cell);
      if (W.grid.has(key)) W.grid.get(key).push(node); else W.grid.set(key, [node]);
    }
  }
  const x = (px - W.w / 2) / W.k + W.x;
  const y = (py - W.h / 2) / W.k + W.y;
  const reach = Math.max(18, 7 / W.k);
  let best = -1;
  let far = Infinity;
  for (let cx = Math.floor((x - reach) / cell); cx <= Math.floor((x + reach) / cell); cx += 1) {
    for (let cy = Math.floor((y - reach) / cell); cy <= Math.floor((y + reach) / cell); cy += 1) {
      for (const node of W.grid.get(cx * 100003 + cy) || []) {
        const away = Math.hypot(W.X[node] - x, W.Y[node] - y);
        if (V.pass[node] && away < Math.max(W.radius[node] + 2 / W.k, 6 / W.k) && away < far) { best = node; far = away; }
      }
    }
  }
  return { node: best, x, y };
}

function wholeEdgeAt(x, y) {
  let best = -1;
  let far = 4 / W.k;
  for (let edge = 0; edge < D.edgeCount; edge += 1) {
    if (!V.edgePass[edge]) continue;
    const ax = W.X[D.from[edge]], ay = W.Y[D.from[edge]];
    const bx = W.X[D.to[edge]] - ax, by = W.Y[D.to[edge]] - ay;
    const share = Math.max(0, Math.min(1, ((x - ax) * bx + (y - ay) * by) / (bx * bx + by * by || 1)));
    const away = Math.hypot(x - ax - share * bx, y - ay - share * by);
    if (away < far) { far = away; best = edge; }
  }
  return best;
}

function wholeDown(event) {
  W.canvas.setPointerCapture(event.pointerId);
  W.hold.set(event.pointerId, [event.offsetX, event.offsetY]);
  W.moved = W.hold.size > 1 ? 99 : 0;
  hideTip();
}

function wholeMove(event) {
  const before = W.hold.get(event.pointerId);
  if (!before) {
    const { node } = W.rested ? wholeAt(event.offsetX, event.offsetY) : { node: -1 };
    if (node >= 0) tipFor(node, event); else hideTip();
    return;
  }
  const [px, py] = before;
  const [dx, dy] = [event.offsetX - px, event.offsetY - py];
  W.hold.set(event.pointerId, [event.offsetX, event.offsetY]);
  if (W.hold.size === 2) {
    const other = [...W.hold].find(([id]) => id !== event.pointerId)[1];
    const was = Math.hypot(px - other[0], py - other[1]);
    const now = Math.hypot(event.offsetX - other[0], event.offsetY - other[1]);
    if (was > 0 && now > 0) wholeZoom(now / was, (event.offsetX + other[0]) / 2, (event.offsetY + other[1]) / 2);
    return;
  }
  W.moved += Math.abs(dx) + Math.abs(dy);
  if (W.moved < 4) return;
  W.x -= dx / W.k;
  W.y -= dy / W.k;
  wholeMoved();
}

function wholeUp(event) {
  const held = W.hold.delete(event.pointerId);
  if (!held || W.moved >= 4) return;
  const { node, x, y } = wholeAt(event.offsetX, event.offsetY);
  const edge = node >= 0 ? -1 : wholeEdgeAt(x, y);
  if (node >= 0) select([node]);
  else if (edge >= 0) select([], [edge]);
  else if (S.nodes.length || S.edges.length) change({ nodes: [], edges: [], text: null });
}

/** Move the selection to the nearest neighbour in a direction. */
function wholeStep(dx, dy) {
  const from = S.nodes[0] ?? rankedNames()[0] ?? 0;
  let best = -1;
  let least = Infinity;
  for (const edge of edgesAt(from)) {
    const node = otherEnd(edge, from);
    const along = (W.X[node] - W.X[from]) * dx + (W.Y[node] - W.Y[from]) * dy;
    const aside = Math.abs((W.X[node] - W.X[from]) * dy) + Math.abs((W.Y[node] - W.Y[from]) * dx);
    if (V.pass[node] && along > 0 && along + 2 * aside < least) { least = along + 2 * aside; best = node; }
  }
  if (best >= 0) goTo(best, { panel: S.panel });
}
