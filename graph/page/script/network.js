// The network itself: vis-network draws the cards and lines of one scene; physics stays off unless it is asked for.
const MOST_DRAWN = 1500;
const N = { vis: null, nodes: null, edges: null, at: new Map(), regions: [], list: [], drawnEdges: [], near: null, hover: null, hoverEdge: null, key: '', physics: false, dimmed: false };

/** The scene that is shown: positions of a set of nodes. In a large graph the overview, or one plan's. */
function currentScene() {
  if (!D.large) return D.scenes[0];
  if (S.scene.startsWith('plan:')) {
    const plan = byShort(S.scene.slice(5));
    return D.scenes.find((scene) => scene.plan === plan) || D.overview;
  }
  return D.overview;
}
const wholeShown = () => D.large && S.scene === 'whole' && S.focus < 0;

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

function edgeLook(edge) {
  const colours = inks();
  const hub = className(D.from[edge]) === 'Plan' || className(D.to[edge]) === 'Plan';
  const bend = bendOf(edge);
  const dashes = DASHES[basisOf(edge)];
  const strength = N.near ? 0.22 : hub ? 0.42 : 0.75;
  return {
    id: edge, from: D.from[edge], to: D.to[edge], dashes: dashes.length ? dashes : false,
    color: { color: mix(colours.line, colours.paper, strength), highlight: colours.accent, hover: colours.accent, inherit: false },
    smooth: bend ? { enabled: true, type: bend > 0 ? 'curvedCW' : 'curvedCCW', roundness: Math.abs(bend) } : false,
  };
}

function startNetwork() {
  N.nodes = new vis.DataSet();
  N.edges = new vis.DataSet();
  const options = {
    ...D.options,
    autoResize: true,
    layout: { improvedLayout: false, randomSeed: 1 },
    interaction: { hover: true, keyboard: false, multiselect: true, selectConnectedEdges: false, hoverConnectedEdges: true, tooltipDelay: 600000 },
    nodes: {
      shape: 'custom',
      ctxRenderer: ({ ctx, id, x, y, state }) => {
        const { w, h: high } = sizeOf(id);
        const mood = { chosen: S.nodes.includes(id), hover: state.hover, dim: N.near !== null && !N.near.has(id) };
        return { drawNode: () => drawCard(ctx, id, x, y, mood, N.zoom), nodeDimensions: { width: w, height: high } };
      },
    },
    edges: {
      ...D.options.edges, width: 1, hoverWidth: 0.6, selectionWidth: 0.8, arrowStrikethrough: false,
      arrows: { to: { enabled: true, scaleFactor: 0.35 } }, chosen: { label: false },
    },
  };
  N.vis = new vis.Network($('#net'), { nodes: N.nodes, edges: N.edges }, options);
  N.vis.on('beforeDrawing', (ctx) => {
    N.zoom = N.vis.getScale();
    paintRegions(ctx, N);
  });
  N.vis.on('afterDrawing', paintNames);
  N.vis.on('click', clicked);
  N.vis.on('doubleClick', ({ nodes: [node] }) => { if (node !== undefined && D.overview && className(node) === 'Plan') openPlan(node); });
  N.vis.on('hoverNode', ({ node, event }) => { N.hover = node; tipFor(node, event); });
  N.vis.on('blurNode', () => { N.hover = null; hideTip(); });
  N.vis.on('hoverEdge', ({ edge, event }) => { N.hoverEdge = edge; if (N.hover === null) tipForEdge(edge, event); });
  N.vis.on('blurEdge', () => { N.hoverEdge = null; if (N.hover === null) hideTip(); });
  N.vis.on('resize', () => {
    // Opening the panel takes room from the picture, and vis-network would shrink it to fit; what is read stays as large as it was.
    if (!N.view) return;
    const before = { position: N.view, scale: N.zoom, animation: false };
    queueMicrotask(() => {
      N.vis.moveTo(before);
      if (S.nodes.length === 1) bringIn(S.nodes[0]);
    });
  });
  N.vis.on('dragStart', hideTip);
  N.vis.on('dragEnd', ({ nodes }) => {
    for (const [id, place] of Object.entries(N.vis.getPositions(nodes))) N.at.set(Number(id), place);
    keepCamera();
  });
  N.vis.on('zoom', keepCamera);
}

const keepCamera = debounce(() => {
  if (wholeShown() || !N.vis) return;
  const { x, y } = N.vis.getViewPosition();
  change({ camera: [x, y, N.vis.getScale()] }, { silent: true });
}, 250);

/** The names of chosen and hovered edges, where along the line there is room for them. */
function paintNames(ctx) {
  N.view = N.vis.getViewPosition();
  const edges = new Set(S.edges);
  if (N.hoverEdge !== null) edges.add(N.hoverEdge);
  if (S.nodes.length === 1 && N.near && N.near.size <= 14) for (const edge of N.drawnEdges) if (D.from[edge] === S.nodes[0] || D.to[edge] === S.nodes[0]) edges.add(edge);
  if (S.tab === 'path' && chain) chain.edges.forEach((edge) => edges.add(edge));
  if (!edges.size) return;
  const colours = inks();
  const zoom = Math.max(0.55, Math.min(1.4, N.zoom));
  ctx.font = `${11 / zoom}px ${faceOf(S.lang)}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  const taken = N.list.filter((node) => !N.near || N.near.has(node)).map((node) => {
    const { x, y } = N.at.get(node);
    const { w, h: high } = sizeOf(node);
    return [x - w / 2, y - high / 2, x + w / 2, y + high / 2];
  });
  const high = 9 / zoom;
  for (const edge of edges) {
    const a = N.at.get(D.from[edge]);
    const b = N.at.get(D.to[edge]);
    if (!a || !b) continue;
    const bend = bendOf(edge) / 2;
    const words = relLabel(D.rel[edge]);
    const wide = ctx.measureText(words).width / 2 + 5 / zoom;
    const places = [0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78].map((share) => {
      const out = 4 * share * (1 - share) * bend;
      return [a.x + (b.x - a.x) * share + (b.y - a.y) * out, a.y + (b.y - a.y) * share - (b.x - a.x) * out];
    });
    const [x, y] = places.find(([px, py]) => taken.every(([l, t_, r, d]) => px + wide < l || px - wide > r || py + high < t_ || py - high > d)) || (S.edges.includes(edge) || edge === N.hoverEdge ? places[0] : []);
    if (x === undefined) continue;
    taken.push([x - wide, y - high, x + wide, y + high]);
    roundRect(ctx, x - wide, y - high, wide * 2, high * 2, 5 / zoom);
    ctx.fillStyle = colours.card;
    ctx.globalAlpha = 0.94;
    ctx.fill();
    ctx.globalAlpha = 1;
    ctx.fillStyle = colours.accent;
    ctx.fillText(words, x, y);
  }
}

/** Bring the drawing in step with the state: what is drawn, where it stands, what is chosen. */
function syncNetwork() {
  if (!N.vis) startNetwork();
  const scene = currentScene();
  const list = drawnNodes(scene);
  const key = `${S.scene}|${S.layout}|${S.focus}|${S.steps}`;
  const { at, regions } = arrange(scene, list, V.opened);
  const inside = new Set(list);
  const edges = [];
  for (const node of list) for (const edge of D.out(node)) if (V.edgePass[edge] && inside.has(D.to[edge])) edges.push(edge);
  const mood = `${S.lang}|${isDark()}`;
  const gone = N.list.filter((node) => !inside.has(node));
  const stay = new Set(N.drawnEdges);
  const wanted = new Set(edges);
  if (mood !== N.mood) { N.edges.clear(); stay.clear(); }
  N.edges.remove([...stay].filter((edge) => !wanted.has(edge)));
  N.nodes.remove(gone);
  N.nodes.update(list.map((node) => ({ id: node, ...at.get(node) })));
  N.edges.update(edges.filter((edge) => !stay.has(edge)).map(edgeLook));
  const kept = N.key === key;
  Object.assign(N, { at, regions, list, drawnEdges: edges, mood });
  emphasise();
  if (!kept || !N.placed) {
    N.placed = true;
    if (S.camera && N.key === '') moveTo(S.camera); else fit(false);
  }
  N.key = key;
  $('#hint').hidden = list.length > 0;
  $('#hint').textContent = t('noCanvas');
  N.vis.redraw();
}

/** Dim what is neither chosen nor joined to it, and let vis-network mark the chosen lines. */
function emphasise() {
  const chosen = S.nodes.filter((node) => N.at.has(node));
  const lines = new Set(S.edges.filter((edge) => N.at.has(D.from[edge]) && N.at.has(D.to[edge])));
  const onPath = S.tab === 'path' && S.panel && chain ? chain : null;
  if (onPath) onPath.edges.forEach((edge) => lines.add(edge));
  if (!chosen.length && !lines.size) N.near = null;
  else {
    N.near = new Set(chosen);
    for (const edge of lines) { N.near.add(D.from[edge]); N.near.add(D.to[edge]); }
    if (!onPath && S.edges.length === 0) {
      for (const edge of N.drawnEdges) {
        if (chosen.includes(D.from[edge]) || chosen.includes(D.to[edge])) {
          lines.add(edge); N.near.add(D.from[edge]); N.near.add(D.to[edge]);
        }
      }
    }
  }
  if ((N.near !== null) !== N.dimmed) {
    N.dimmed = N.near !== null;
    if (N.drawnEdges.length <= 900) N.edges.update(N.drawnEdges.map(edgeLook));
  }
  const drawn = new Set(N.drawnEdges);
  N.vis.setSelection({ nodes: chosen, edges: [...lines].filter((edge) => drawn.has(edge)) }, { highlightEdges: false });
}

/** The node whose badge is at a point, give or take two pixels; none there. */
function badgeAt({ x, y }) {
  for (const [node, place] of N.at) {
    const { w, h: high } = sizeOf(node);
    const [right, low] = [x - place.x - w / 2, y - place.y - high / 2];
    if (right > -24 && right < BADGE.out + 2 && low > -BADGE.up - 2 && low < BADGE.down + 2 && badgeOf(node)) return node;
  }
  return undefined;
}

function clicked({ nodes: [node], edges: [edge], pointer, event }) {
  const badge = badgeAt(pointer.canvas);
  if (badge !== undefined) toggle(badge);
  else if (node !== undefined) {
    const more = event.srcEvent && (event.srcEvent.ctrlKey || event.srcEvent.metaKey || event.srcEvent.shiftKey);
    if (more) select([...new Set([...S.nodes, node])]);
    else choose(node);
  } else if (edge !== undefined) select([], [edge]);
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
  const patch = { view: S.view === 'net' ? 'net' : S.view, ...more };
  const hiddenNow = S.hidden.filter((other) => other !== node);
  if (!V.pass[node]) Object.assign(patch, { classes: new Set(), relations: new Set(), bases: new Set(), domain: -1, industry: -1, hidden: hiddenNow, focus: -1 });
  if (D.large && S.view === 'net' && !wholeShown() && !N.at.has(node)) {
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
  const covered = matchMedia('(max-width: 820px)').matches && S.panel ? clientHeight * 0.5 : 0;
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

const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
const moveTo = ([x, y, scale]) => N.vis.moveTo({ position: { x, y }, scale, animation: false });

/** Fit the scene into the window; on a small screen no smaller than can be read, the plan in the middle. */
function fit(animate = true) {
  if (wholeShown()) { wholeFit(); return; }
  if (!N.at.size) return;
  const { clientWidth, clientHeight } = $('#net');
  const box = boundsOf(N.at, undefined, 24);
  const scale = Math.min(clientWidth / (box.right - box.left), (clientHeight - 52) / (box.bottom - box.top), 1.4);
  const readable_ = clientWidth < 700 ? 0.62 : 0.2;
  let position = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 + 22 / scale };
  if (scale < readable_) {
    const anchor = N.list.find((node) => node === S.focus || className(node) === 'Plan');
    if (anchor !== undefined) position = { ...N.at.get(anchor) };
  }
  N.vis.moveTo({ position, scale: Math.max(scale, readable_), animation: animate && !calm() ? { duration: 300 } : false });
  if (animate) keepCamera();
}

function zoomBy(factor) {
  if (wholeShown()) { wholeZoom(factor); return; }
  N.vis.moveTo({ scale: Math.min(4, Math.max(0.08, N.vis.getScale() * factor)), animation: calm() ? false : { duration: 150 } });
  keepCamera();
}

function physics(on) {
  N.physics = on;
  N.vis.setOptions({ physics: on ? { enabled: true, solver: 'forceAtlas2Based', stabilization: false, forceAtlas2Based: { avoidOverlap: 0.8, springLength: 140 } } : { enabled: false } });
  if (!on) for (const [id, place] of Object.entries(N.vis.getPositions())) N.at.set(Number(id), place);
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
function tipForEdge(edge, event) {
  const relation = D.relations[D.rel[edge]];
  show($('#tip'), h('strong', { lang: 'zh-CN' }, `${D.zh[D.from[edge]]} → ${D.zh[D.to[edge]]}`), h('span', {}, relation.zh, ' · ', h('span', { lang: 'en' }, relation.en)),
    h('em', {}, t(['stated', 'inferred', 'curated'][basisOf(edge)])));
  placeTip(event);
}
function hideTip() { $('#tip').hidden = true; }
