// The network itself: vis-network draws the cards and lines of one scene; physics stays off unless it is asked for.
const MOST_DRAWN = 1500;
/** What the picture leaves free when it is fitted: for the bars at its foot, and for lines that run above the uppermost cards. */
const DOCK = 52, ABOVE = 14;
const N = { vis: null, nodes: null, edges: null, at: new Map(), regions: [], bundles: [], list: [], near: null, lit: null, hover: null, key: '', version: 0, moves: 0, physics: false };

/** What the filters leave out, as one word: when it changes, what is left is fitted anew. */
const filterKey = () => `${[...S.classes]}|${[...S.relations]}|${[...S.bases]}`;

/** The scene that is shown: positions of a set of nodes. In a large graph the overview, or one plan's. */
function currentScene() {
  if (!D.large) return D.scenes[0];
  if (S.scene.startsWith('plan:')) {
    const plan = byShort(S.scene.slice(5));
    return D.scenes.find((scene) => scene.plan === plan) || D.overview;
  }
  return D.overview;
}
const wholeShown = () => D.large && S.scene === 'whole' && S.focus < 0 && !asking();

/** The nodes that are drawn: those of the scene that pass, without what is folded. */
function drawnNodes(scene) {
  if (S.focus >= 0) return Array.from(V.pass.keys()).filter((node) => V.pass[node]).slice(0, MOST_DRAWN);
  const seen = new Uint8Array(D.count);
  const visit = (node) => {
    if (seen[node] || !V.pass[node]) return;
    seen[node] = 1;
    if (V.opened.has(node)) (D.children.get(node) || []).forEach(visit);
  };
  const members = scene.layouts.structure.zh.of;
  members.forEach(visit);
  if (!D.large) {
    // What is folded into a node that the filters took away is drawn by itself.
    for (let i = 0; i < D.count; i += 1) if (D.fold[i] >= 0 && !V.pass[D.fold[i]]) visit(i);
  }
  return Array.from(seen.keys()).filter((node) => seen[node]).slice(0, MOST_DRAWN);
}

function startNetwork() {
  N.nodes = new vis.DataSet();
  N.edges = new vis.DataSet();
  const options = {
    ...D.options,
    autoResize: true,
    layout: { improvedLayout: false, randomSeed: 1 },
    interaction: { hover: true, keyboard: false, multiselect: true, selectConnectedEdges: false, hoverConnectedEdges: false, tooltipDelay: 600000 },
    nodes: {
      shape: 'custom',
      ctxRenderer: ({ ctx, id, x, y, state }) => {
        const { w, h: high } = sizeOf(id);
        const held = N.vis.body.nodes[id];
        // vis-network takes a card's size only when it is asked to look again.
        if (held.shape.width !== w || held.shape.height !== high) { held.needsRefresh(); N.stale = true; }
        const mood = moodOf(N, id, state.hover);
        return { drawNode: () => drawCard(ctx, id, x, y, mood, N.zoom), nodeDimensions: { width: w, height: high } };
      },
    },
    edges: { ...D.options.edges, hidden: true, physics: true },
  };
  N.vis = new vis.Network($('#net'), { nodes: N.nodes, edges: N.edges }, options);
  N.vis.on('beforeDrawing', (ctx) => {
    N.zoom = N.vis.getScale();
    paintRegions(ctx, N);
    if (N.physics) followPhysics();
    paintLines(ctx, N);
  });
  N.vis.on('afterDrawing', (ctx) => {
    N.view = N.vis.getViewPosition();
    if (N.stale) { N.stale = false; N.vis.redraw(); }
    if (!N.physics) paintPlates(ctx, N);
  });
  N.vis.on('click', clicked);
  N.vis.on('doubleClick', ({ nodes: [node] }) => {
    if (node === undefined) return;
    if (D.overview && className(node) === 'Plan') openPlan(node); else if (canAsk(node)) ask(node);
  });
  $('#net').addEventListener('pointermove', (event) => {
    if (event.buttons) return;
    const box = $('#net').getBoundingClientRect();
    const place = { x: event.clientX - box.left, y: event.clientY - box.top };
    const node = N.vis.getNodeAt(place);
    if (node !== N.quietTip) N.quietTip = null;
    const under = node === undefined ? linesAt(N.vis.DOMtoCanvas(place)) : [];
    hoverLine(under[0] || null);
    if (node !== undefined) { if (N.quietTip !== node) tipFor(node, event); } else if (under.length) tipForLines(under, event); else hideTip();
  });
  $('#net').addEventListener('pointerleave', () => { hoverLine(null); hideTip(); });
  N.vis.on('resize', () => {
    // Opening the panel takes room from the picture, and vis-network would shrink it to fit; what is read stays as large as it was.
    if (!N.view) return;
    const before = { position: N.view, scale: N.zoom, animation: false };
    const moves = N.moves;
    queueMicrotask(() => {
      // Something was fitted meanwhile, into the window as it is now.
      if (moves !== N.moves) return;
      N.vis.moveTo(before);
      if (S.nodes.length === 1) bringIn(S.nodes[0]); else if (S.edges.length && N.near) bringAllIn(N.near);
    });
  });
  N.vis.on('dragStart', hideTip);
  N.vis.on('dragEnd', ({ nodes }) => {
    for (const [id, place] of Object.entries(N.vis.getPositions(nodes))) N.at.set(Number(id), place);
    if (nodes.length) reroute();
    keepCamera();
  });
  N.vis.on('zoom', keepCameraLater);
}

function keepCameraNow() {
  if (wholeShown() || !N.vis) return;
  const { x, y } = N.vis.getViewPosition();
  change({ camera: [x, y, N.vis.getScale()] }, { silent: true });
}
const keepCameraLater = debounce(keepCameraNow, 250);
/** Put the view into the address: at once where nothing moves, else when it rests. */
const keepCamera = () => { if (calm()) keepCameraNow(); else keepCameraLater(); };

/** While physics runs, lines follow the cards. */
function followPhysics() {
  for (const node of N.list) { const { x, y } = N.vis.body.nodes[node]; N.at.set(node, { x, y }); }
  for (const bundle of N.bundles) bundle.way = straightWay(N.at, bundle.a, bundle.b);
}

/** Find the ways of the lines anew, a slice at a time, and draw when they are there. */
function reroute() {
  N.lanes = null;
  N.version += 1;
  startRoutes(N);
  clearTimeout(N.routing);
  const version = N.version;
  const go = () => {
    if (version !== N.version) return;
    const done = routeSome(N, 10);
    if (done && N.style === 'columns') settleTree(N);
    N.plateKey = '';
    N.vis.redraw();
    if (!done) N.routing = setTimeout(go, 0);
  };
  go();
}

/** In a tree only its own branches are drawn at rest: lines that would leave the gaps between columns wait until they are asked for. */
function settleTree(scene) {
  if (layoutOf(currentScene()) !== 'tree' || S.focus >= 0) return;
  const plans = scene.list.filter((node) => className(node) === 'Plan');
  const roomOf = new Map(scene.regions.flatMap(([, nodes], i) => nodes.map((node) => [node, i])));
  const side = (node) => (plans.length === 1 ? Math.sign(scene.at.get(node).x - scene.at.get(plans[0]).x) : 1);
  for (const bundle of scene.bundles) {
    const ofPlan = [[bundle.a, bundle.b], [bundle.b, bundle.a]].find(([plan]) => className(plan) === 'Plan');
    bundle.quiet = !bundle.curved || (ofPlan ? roomOf.has(ofPlan[1]) : side(bundle.a) !== side(bundle.b));
  }
  // The plan's branch to a block of leaves is one line to the block.
  scene.trunks = scene.regions.flatMap(([name, nodes]) => {
    const plan = plans.length === 1 ? plans[0] : D.plan[nodes[0]];
    if (!scene.at.has(plan)) return [];
    const way = curvedBetween(cardBox(scene.at, plan), regionBox(scene.at, name, nodes));
    return way ? [{ way, cls: className(nodes[0]) }] : [];
  });
}

/** All ways at once: for pictures that are saved. */
function finishRoutes() {
  routeSome(N);
  if (N.style === 'columns') settleTree(N);
  N.plateKey = '';
}

function hoverLine(bundle) {
  if (N.hover === bundle) return;
  N.hover = bundle;
  N.vis.redraw();
}

/** The lines that pass at a place of the picture, the nearest first; of a picture with something chosen only its lines. */
function linesAt({ x, y }) {
  // A plate belongs to one line, also where many run.
  const plate = (N.plates || []).find((one) => Math.abs(x - one.x) <= one.wide && Math.abs(y - one.y) <= one.high);
  if (plate) return [plate.bundle];
  const reach = Math.max(3, 5 / N.zoom);
  const found = [];
  for (const bundle of N.bundles) {
    if (!bundle.way || restsNow(N, bundle) || (N.lit && !N.lit.has(bundle))) continue;
    let least = Infinity;
    for (let i = 1; i < bundle.way.length; i += 1) {
      const [p, q] = [bundle.way[i - 1], bundle.way[i]];
      if (Math.min(p.x, q.x) - reach > x || Math.max(p.x, q.x) + reach < x || Math.min(p.y, q.y) - reach > y || Math.max(p.y, q.y) + reach < y) continue;
      const [dx, dy] = [q.x - p.x, q.y - p.y];
      const share = Math.max(0, Math.min(1, ((x - p.x) * dx + (y - p.y) * dy) / (dx * dx + dy * dy || 1)));
      least = Math.min(least, Math.hypot(x - p.x - share * dx, y - p.y - share * dy));
    }
    if (least <= reach) found.push([least, bundle]);
  }
  return found.sort((p, q) => p[0] - q[0]).map(([, bundle]) => bundle);
}

/** Bring the drawing in step with the state: what is drawn, where it stands, what is chosen. */
function syncNetwork() {
  if (!N.vis) startNetwork();
  const scene = currentScene();
  const key = `${S.scene}|${layoutOf(scene)}|${S.focus}|${S.steps}|${S.about}|${S.year}|${S.lang}|${filterKey()}`;
  const placed = asking() ? layoutAnswer(answerNow()) : arrange(scene, drawnNodes(scene), V.opened);
  const { at, regions, style } = placed;
  const list = asking() ? [...at.keys()] : drawnNodes(scene);
  const inside = new Set(list);
  N.edges.clear();
  N.nodes.remove(N.list.filter((node) => !inside.has(node)));
  N.nodes.update(list.map((node) => ({ id: node, ...at.get(node) })));
  const rep = standIns(list, D.large && scene === D.overview);
  const kept = N.key === key;
  Object.assign(N, { at, regions, list, rep, style, bundles: bundlesOf(list, rep), trunks: placed.trunks || [], tags: placed.tags || null, context: placed.context || null, hover: null });
  if (style === 'answer') for (const bundle of N.bundles) bundle.quiet = true;
  if (N.physics) springs();
  emphasise();
  reroute();
  if (!kept || !N.placed) {
    N.placed = true;
    if (S.camera && N.key === '') moveTo(S.camera); else fit(false);
  }
  if (kept && S.edges.length && N.near) bringAllIn(N.near);
  N.key = key;
  $('#hint').hidden = list.length > 0;
  $('#hint').textContent = t('noCanvas');
  N.vis.redraw();
}

/** Light what is chosen with its lines and what they lead to; everything else steps back. */
function emphasise() {
  const chosen = S.nodes.filter((node) => N.at.has(node));
  const edges = new Set(S.edges);
  const onPath = S.tab === 'path' && S.panel && chain ? chain : null;
  if (onPath) onPath.edges.forEach((edge) => edges.add(edge));
  N.lit = null;
  N.near = null;
  if (chosen.length || edges.size) {
    N.lit = new Set();
    N.near = new Set(chosen);
    for (const bundle of N.bundles) {
      const asked = edges.size ? bundle.edges.some((edge) => edges.has(edge)) : chosen.includes(bundle.a) || chosen.includes(bundle.b);
      if (asked) { N.lit.add(bundle); N.near.add(bundle.a); N.near.add(bundle.b); }
    }
  }
  N.litKey = N.lit ? `${S.nodes}|${[...edges]}` : '';
  N.vis.setSelection({ nodes: chosen, edges: [] }, { highlightEdges: false });
}

/** The node whose badge is at a point, give or take two pixels; none there. */
function badgeAt({ x, y }) {
  if (asking()) return undefined;
  for (const [node, place] of N.at) {
    const { w, h: high } = sizeOf(node);
    const [right, low] = [x - place.x - w / 2, y - place.y - high / 2];
    if (right > -24 && right < BADGE.out + 2 && low > -BADGE.up - 2 && low < BADGE.down + 2 && badgeOf(node)) return node;
  }
  return undefined;
}

function clicked({ nodes: [node], pointer, event }) {
  // What a click opens is not to lie under the label of what was clicked.
  N.quietTip = node ?? -1;
  hideTip();
  const badge = badgeAt(pointer.canvas);
  const lines = node === undefined ? linesAt(pointer.canvas) : [];
  if (badge !== undefined) toggle(badge);
  else if (node !== undefined) {
    const more = event.srcEvent && (event.srcEvent.ctrlKey || event.srcEvent.metaKey || event.srcEvent.shiftKey);
    if (more) select([...new Set([...S.nodes, node])]);
    else choose(node);
  } else if (lines.length) select([], lines.flatMap(({ edges }) => edges));
  else if (S.nodes.length || S.edges.length) change({ nodes: [], edges: [], text: null, panel: S.panel && S.tab !== 'details' });
  else emphasise();
}

/** Choose a node as a click does: show it and unfold what is folded into it (in a plan with few details). */
function choose(node) {
  const opens = badgeOf(node) > 0 && className(node) !== 'Plan';
  select([node], [], opens ? { open: [...S.open, node] } : {});
}

function toggle(node) {
  if (V.opened.has(node)) {
    const below = new Set(descendants(node));
    change({ open: S.open.filter((other) => other !== node && !below.has(other)), nodes: S.nodes.filter((other) => !below.has(other)), edges: [] });
  } else change({ open: [...S.open, node] });
}

/** Show a node wherever it is: in the scene that has it, in its plan's, or with its neighbourhood. */
function goTo(node, more = {}) {
  // From the shelf one goes to the picture; a table keeps its place.
  const patch = { view: S.view === 'shelf' ? 'net' : S.view, ...more };
  const hiddenNow = S.hidden.filter((other) => other !== node);
  if (!V.pass[node]) Object.assign(patch, { classes: new Set(), relations: new Set(), bases: new Set(), about: -1, year: '', hidden: hiddenNow, focus: -1 });
  if (asking() && !N.at.has(node)) Object.assign(patch, { about: -1, year: '' });
  if (D.large && patch.view === 'net' && !wholeShown() && !(S.view === 'net' && N.at.has(node))) {
    let up = node;
    while (D.fold[up] >= 0) up = D.fold[up];
    const scene = D.scenes.find(({ plan, layouts }) => plan === D.plan[node] || layouts.structure.zh.of.includes(up));
    if (scene) Object.assign(patch, { scene: `plan:${shortIri(scene.plan)}`, focus: -1 });
    else Object.assign(patch, { focus: node, steps: 1 });
  }
  select([node], [], patch);
  if (S.view !== 'net') return;
  if (wholeShown()) wholeCentre(node); else bringIn(node);
  say(t('selected', labelOf(node), classLabel(D.cls[node]), D.out(node).length + D.into(node).length));
}

/** Move the view so that a node is comfortably inside it. */
function bringIn(node) {
  const place = N.at.get(node);
  if (!place || !N.vis) return;
  const { clientWidth, clientHeight } = $('#net');
  const covered = coveredBelow();
  const dom = N.vis.canvasToDOM(place);
  const scale = N.vis.getScale();
  if (scale < 0.5) { N.vis.moveTo({ position: { x: place.x, y: place.y + covered / 1.5 }, scale: 0.75, animation: calm() ? false : { duration: 350 } }); keepCamera(); return; }
  const beyond = (value, low, high) => Math.min(0, value - low) || Math.max(0, value - high);
  const x = beyond(dom.x, 130, clientWidth - 130);
  const y = beyond(dom.y, 90, clientHeight - covered - 110);
  if (!x && !y) return;
  const here = N.vis.getViewPosition();
  N.vis.moveTo({ position: { x: here.x + x / scale, y: here.y + y / scale }, scale, animation: calm() ? false : { duration: 350 } });
  keepCamera();
}

/** Move the view, and draw back if it must, so that all of these cards are inside it. */
function bringAllIn(nodes) {
  const seen_ = [...nodes].filter((node) => N.at.has(node));
  if (!seen_.length) return;
  const { clientWidth, clientHeight } = $('#net');
  const covered = coveredBelow();
  const box = boundsOf(N.at, seen_, 20);
  const scale = N.vis.getScale();
  const [a, b] = [N.vis.canvasToDOM({ x: box.left, y: box.top }), N.vis.canvasToDOM({ x: box.right, y: box.bottom })];
  if (a.x >= 0 && a.y >= 0 && b.x <= clientWidth && b.y <= clientHeight - covered - 50) return;
  const fitting = Math.min(scale, clientWidth / (box.right - box.left), (clientHeight - covered - 60) / (box.bottom - box.top));
  N.vis.moveTo({ position: { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 + (covered / 2 + 20) / fitting }, scale: fitting, animation: false });
  keepCamera();
}

const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
function moveTo([x, y, scale]) {
  N.vis.moveTo({ position: { x, y }, scale, animation: false });
  // The window may change its size before the next drawing, and the view that is kept then is this one.
  Object.assign(N, { view: { x, y }, zoom: scale, moves: N.moves + 1 });
}

/** How much of the picture lies under the panel, which comes from below in a narrow window. */
function coveredBelow() {
  if (!narrow() || !S.panel) return 0;
  const { bottom, height } = $('#net').getBoundingClientRect();
  return Math.max(0, Math.min(height, bottom - $('#panel').getBoundingClientRect().top));
}

/** Fit the scene into the window; on a small screen no smaller than can be read, the plan in the middle. */
function fit(animate = true) {
  if (wholeShown()) { wholeFit(); return; }
  if (!N.at.size) return;
  const covered = coveredBelow();
  const { clientWidth } = $('#net');
  const clientHeight = Math.max(120, $('#net').clientHeight - covered);
  const box = boundsOf(N.at, undefined, 24);
  const head = $('#answer').hidden ? 0 : $('#answer').offsetHeight + 8;
  const scale = Math.min((clientWidth - 12) / (box.right - box.left), (clientHeight - DOCK - ABOVE - head) / (box.bottom - box.top), 1.4);
  // All of it on a wide screen, however small; on a small one, and of an answer with much in it, no smaller than can be read.
  const least = asking() ? LEAST_ZOOM : clientWidth < 700 ? 0.62 : 0.02;
  let zoom = scale;
  let position = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 + (DOCK - ABOVE - head) / 2 / scale };
  if (scale < least) {
    const chosen = N.list.find((node) => node === S.nodes[0]) ?? N.list.find((node) => node === S.focus);
    // Of several plans the one at the top left: a folder opens where it begins.
    const plans = N.list.filter((node) => className(node) === 'Plan').map((node) => [N.at.get(node).x + N.at.get(node).y, node]);
    const plan = plans.sort((a, b) => a[0] - b[0])[0]?.[1];
    zoom = asking() ? Math.max(least, Math.min(READ_ZOOM, (clientWidth - 12) / (box.right - box.left))) : least;
    if (asking()) position = { x: box.left + clientWidth / zoom / 2, y: box.top + (clientHeight / 2 - head) / zoom };
    else if (chosen !== undefined) position = { ...N.at.get(chosen) };
    else if (plan !== undefined) {
      // Around the plan, as large as fills the window's height, and no further than the picture reaches: half an empty window shows nothing.
      const high = clientHeight - DOCK - ABOVE;
      zoom = Math.min(1, Math.max(least, high / (box.bottom - box.top)));
      const within_ = (middle, low, end, room) => (end - low < room ? (low + end) / 2 : Math.max(low + room / 2, Math.min(end - room / 2, middle)));
      const { x, y } = N.at.get(plan);
      position = { x: within_(x, box.left, box.right, clientWidth / zoom), y: within_(y, box.top, box.bottom, high / zoom) + (DOCK - ABOVE) / 2 / zoom };
    }
  }
  position.y += covered / 2 / zoom;
  if (animate && !calm()) N.vis.moveTo({ position, scale: zoom, animation: { duration: 300 } });
  else moveTo([position.x, position.y, zoom]);
  if (animate) keepCamera();
}

function zoomBy(factor) {
  if (wholeShown()) { wholeZoom(factor); return; }
  N.vis.moveTo({ scale: Math.min(4, Math.max(0.08, N.vis.getScale() * factor)), animation: calm() ? false : { duration: 150 } });
  keepCamera();
}

/** The lines as springs, unseen: vis-network needs them only while physics runs. */
function springs() {
  N.edges.clear();
  N.edges.add(N.bundles.map(({ a, b }, id) => ({ id, from: a, to: b })));
}

function physics(on) {
  N.physics = on;
  if (on) springs(); else N.edges.clear();
  N.vis.setOptions({ physics: on ? { enabled: true, solver: 'forceAtlas2Based', stabilization: false, forceAtlas2Based: { avoidOverlap: 0.8, springLength: 140 } } : { enabled: false } });
  if (on) return;
  for (const [id, place] of Object.entries(N.vis.getPositions())) N.at.set(Number(id), place);
  // Where physics left the cards there are no blocks any more.
  Object.assign(N, { regions: [], style: 'free' });
  reroute();
}

function openPlan(plan) { change({ scene: `plan:${shortIri(plan)}`, nodes: [plan], edges: [], focus: -1, camera: null }); }

/** Move the selection to the nearest drawn node in a direction. */
function step(dx, dy) {
  const from = S.nodes.find((node) => N.at.has(node)) ?? N.list.find((node) => className(node) === 'Plan') ?? N.list[0];
  if (from === undefined) return;
  if (!S.nodes.includes(from)) { select([from], [], { panel: S.panel }); return; }
  const here = N.at.get(from);
  let best = null;
  for (const node of N.list) {
    if (node === from) continue;
    const gapX = N.at.get(node).x - here.x;
    const gapY = N.at.get(node).y - here.y;
    const along = gapX * dx + gapY * dy;
    const aside = Math.abs(gapX * dy) + Math.abs(gapY * dx);
    if (along <= 4) continue;
    const cost = along + aside * 2.2;
    if (!best || cost < best.cost) best = { node, cost };
  }
  if (best) {
    select([best.node], [], { panel: S.panel });
    bringIn(best.node);
    say(t('selected', labelOf(best.node), classLabel(D.cls[best.node]), D.out(best.node).length + D.into(best.node).length));
  }
}

// The label under the pointer, in both languages.
function placeTip(event) {
  const tip = $('#tip');
  tip.hidden = false;
  const x = event.clientX ?? event.center?.x ?? 0;
  const y = event.clientY ?? event.center?.y ?? 0;
  tip.style.left = `${Math.min(x + 14, innerWidth - tip.offsetWidth - 8)}px`;
  tip.style.top = `${y + 18 + tip.offsetHeight > innerHeight ? y - tip.offsetHeight - 10 : y + 18}px`;
}
function tipFor(node, event) {
  show($('#tip'), h('strong', { lang: 'zh-CN' }, D.zh[node]), D.en[node] ? h('span', { lang: 'en' }, D.en[node]) : null,
    h('em', {}, markOf(className(node)), D.classes[D.cls[node]].zh, ' · ', h('span', { lang: 'en' }, D.classes[D.cls[node]].en)));
  placeTip(event);
}
function tipForLines(lines, event) {
  const edges = lines.flatMap((line) => line.edges);
  show($('#tip'), lines.slice(0, 3).map(({ a, b, edges: own }) => [
    h('strong', { lang: langOf(a) }, `${labelOf(a)} → ${labelOf(b)}`), h('span', {}, bundleWords(own, 4))]),
  lines.length > 3 ? h('span', {}, t('moreLines', lines.length - 3)) : null,
  h('em', {}, edges.length > 1 ? t('relationsHere', edges.length) : t(BASES[basisOf(edges[0])])));
  placeTip(event);
}
function hideTip() { $('#tip').hidden = true; }
