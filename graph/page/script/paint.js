// Painting a whole scene on any pen: the picture on the screen behind the network, a PNG, or an SVG.

/** The frame of a region: around its cards, with room for its title, and where the title's words stand. */
function regionBox(at, name, nodes) {
  const box = boundsOf(at, nodes.filter((node) => at.has(node)), 7);
  const words = regionTitle(name);
  if (!words) return { ...box, top: box.top - (name.startsWith('band:') ? 10 : 0), words, title: null };
  const top = box.top - 14;
  const size = titleSize(name);
  return { ...box, top, words, title: { left: box.left + 6, right: box.left + 14 + emsOf(words) * (size + 0.5), top: top + 4, bottom: top + 22 } };
}

/** What holds a community together is read from further away than the name of a block. */
const titleSize = (name) => (name.startsWith('community:') ? 15 : 12);

/** Draw the named regions behind the cards. */
function paintRegions(ctx, scene) {
  const colours = inks();
  for (const [name, nodes] of scene.regions) {
    const { left, right, top, bottom, words } = regionBox(scene.at, name, nodes);
    roundRect(ctx, left, top, right - left, bottom - top, 12);
    ctx.fillStyle = colours.region;
    ctx.fill();
    ctx.lineWidth = 1;
    ctx.strokeStyle = colours.rim;
    ctx.stroke();
    if (!words) continue;
    ctx.fillStyle = colours.soft;
    const size = titleSize(name);
    ctx.font = `600 ${size}px ${FACE}`;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    ctx.fillText(fitted(ctx, words, right - left - 20, size), left + 10, top + 12.5);
  }
}

/** As much of the words as the width holds. */
function fitted(ctx, words, width, size) {
  if (emsOf(words) * size < width || ctx.measureText(words).width <= width) return words;
  let end = words.length;
  while (end > 1 && ctx.measureText(`${words.slice(0, end)}…`).width > width) end -= 1;
  return `${words.slice(0, end)}…`;
}

function regionTitle(name) {
  if (name.startsWith('node:') || name.startsWith('band:')) return '';
  if (name.startsWith('community:')) {
    const index = Number(name.slice(10));
    const [names, , plans] = D.overview.communities[index];
    if (plans.length < 2) return '';
    return names.length ? `${communityName(index)} · ${counted('plansN', plans.length)}` : counted('plansN', plans.length);
  }
  if (name.startsWith('class:')) return classLabel(D.classIndex[name.slice(6)]);
  if (name === 'tasks') return t('tasksBlock');
  if (WORDS[name]) return t(name);
  return name in D.classIndex ? classLabel(D.classIndex[name]) : name;
}

const DASHES = [[], [7, 4], [1.5, 4], [10, 3, 1.5, 3, 1.5, 3]];
/** The basis of a line that has some: stated, else curated, else inferred; proposed only where nothing else says it. */
const strongest = (bases) => (bases & 1 ? 0 : bases & 4 ? 2 : bases & 2 ? 1 : PROPOSED);
const basisOf = (edge) => strongest(D.bases[edge]);

/** Trace a way with rounded corners. */
function traceWay(ctx, way, curved) {
  ctx.beginPath();
  ctx.moveTo(way[0].x, way[0].y);
  for (let i = 1; i < way.length; i += 1) {
    const [p, q, r] = [way[i - 1], way[i], way[i + 1]];
    if (!r || curved) { ctx.lineTo(q.x, q.y); continue; }
    const before = Math.hypot(q.x - p.x, q.y - p.y);
    const after = Math.hypot(r.x - q.x, r.y - q.y);
    const round = Math.min(7, before / 2, after / 2);
    if (round < 0.5) { ctx.lineTo(q.x, q.y); continue; }
    ctx.lineTo(q.x - ((q.x - p.x) / before) * round, q.y - ((q.y - p.y) / before) * round);
    ctx.quadraticCurveTo(q.x, q.y, q.x + ((r.x - q.x) / after) * round, q.y + ((r.y - q.y) / after) * round);
  }
}

function paintArrow(ctx, way) {
  const end = way[way.length - 1];
  const before = way.slice(0, -1).reverse().find((point) => Math.hypot(end.x - point.x, end.y - point.y) > 1.5) || way[0];
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  ctx.beginPath();
  ctx.moveTo(end.x, end.y);
  ctx.lineTo(end.x - 6 * Math.cos(angle - 0.45), end.y - 6 * Math.sin(angle - 0.45));
  ctx.lineTo(end.x - 6 * Math.cos(angle + 0.45), end.y - 6 * Math.sin(angle + 0.45));
  ctx.closePath();
  ctx.fill();
}

const restsNow = (scene, bundle) => bundle.quiet && !scene.lit?.has(bundle);

/** Draw the lines of a scene: at rest in the hue of what they come from, those of what is chosen strong and the others faint. */
function paintLines(ctx, scene) {
  const colours = inks();
  for (const trunk of scene.trunks || []) {
    const { cls } = trunk;
    const block = trunk.block ? boundsOf(scene.at, trunk.block) : null;
    const way = trunk.way || (block ? curvedBetween(cardBox(scene.at, trunk.from), { ...block, left: block.left - 9 }) : curvedWay(scene.at, trunk.from, trunk.to));
    if (!way) continue;
    if (block) {
      ctx.beginPath();
      ctx.moveTo(block.left - 5, block.top);
      ctx.lineTo(block.left - 9, block.top + 4);
      ctx.lineTo(block.left - 9, block.bottom - 4);
      ctx.lineTo(block.left - 5, block.bottom);
      ctx.strokeStyle = mix(hueOf(cls), colours.paper, scene.lit ? 0.14 : 0.45);
      ctx.lineWidth = 1.4;
      ctx.stroke();
    }
    traceWay(ctx, way, true);
    ctx.strokeStyle = mix(hueOf(cls), colours.paper, scene.lit ? 0.14 : 0.45);
    ctx.lineWidth = 1.4;
    ctx.stroke();
  }
  for (const strong of [false, true]) {
    for (const bundle of scene.bundles) {
      const lit = Boolean(scene.lit?.has(bundle)) || bundle === scene.hover;
      if (!bundle.way || lit !== strong || restsNow(scene, bundle) && bundle !== scene.hover) continue;
      const count = bundle.edges.length;
      const colour = lit ? colours.accent : mix(bundleHue(bundle), colours.paper, 0.55);
      ctx.globalAlpha = lit ? 1 : scene.lit ? 0.16 : 0.62;
      ctx.strokeStyle = colour;
      ctx.lineWidth = (lit ? 1.8 : 1.1) + Math.min(2.2, Math.log2(count) * 0.55);
      ctx.setLineDash(bundle.dash);
      traceWay(ctx, bundle.way, bundle.curved);
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.fillStyle = colour;
      if (bundle.oneWay) paintArrow(ctx, bundle.way);
      ctx.globalAlpha = 1;
    }
  }
}

/** Where on a way a plate of this size covers nothing that is taken; its longest stretches first. */
function roomOn(way, wide, high, taken, atEnds = false) {
  const stretches = [];
  for (let i = 1; i < way.length; i += 1) stretches.push([way[i - 1], way[i], Math.hypot(way[i].x - way[i - 1].x, way[i].y - way[i - 1].y)]);
  if (way.length > 6) {
    // A curve has many short stretches: only its points count.
    for (const share of [0.5, 0.35, 0.65, 0.2, 0.8]) {
      const { x, y } = way[Math.round(share * (way.length - 1))];
      if (!hits(taken, x - wide, y - high, x + wide, y + high)) return { x, y };
    }
  }
  // A count belongs to one line, so it stands where that line is likely to be alone.
  const tried = atEnds ? [...stretches.slice(0, 2), ...stretches.slice(-2)] : stretches;
  tried.sort((p, q) => q[2] - p[2]);
  for (const [p, q, length] of tried.slice(0, 4)) {
    if (length < Math.min(2 * wide, 18)) break;
    for (const share of [0.5, 0.3, 0.7, 0.15, 0.85]) {
      const [x, y] = [p.x + (q.x - p.x) * share, p.y + (q.y - p.y) * share];
      if (!hits(taken, x - wide, y - high, x + wide, y + high)) return { x, y };
    }
  }
  return null;
}

/** Boxes in cells of a hundred pixels, so that asking whether a place is free looks at few of them. */
const takenBoxes = (limits = null) => ({ cells: new Map(), limits });
function take(taken, left, top, right, bottom) {
  const box = [left, top, right, bottom];
  for (let cx = Math.floor(left / 100); cx <= Math.floor(right / 100); cx += 1) {
    for (let cy = Math.floor(top / 100); cy <= Math.floor(bottom / 100); cy += 1) {
      const key = cx * 65536 + cy;
      if (taken.cells.has(key)) taken.cells.get(key).push(box); else taken.cells.set(key, [box]);
    }
  }
}
function hits(taken, left, top, right, bottom) {
  // Beyond the picture's edge a window would cut it.
  if (taken.limits && (left < taken.limits.left || right > taken.limits.right)) return true;
  for (let cx = Math.floor(left / 100); cx <= Math.floor(right / 100); cx += 1) {
    for (let cy = Math.floor(top / 100); cy <= Math.floor(bottom / 100); cy += 1) {
      if ((taken.cells.get(cx * 65536 + cy) || []).some((box) => left < box[2] && right > box[0] && top < box[3] && bottom > box[1])) return true;
    }
  }
  return false;
}

const MOST_NAMED = 60;

/** The plates on the lines: the relation of each chosen or hovered line; at rest each kind of relation between two blocks once, and counts. */
function platesOf(scene) {
  const limits = boundsOf(scene.at, undefined, 24);
  const [taken, everything] = [takenBoxes(limits), takenBoxes(limits)];
  for (const node of scene.at.keys()) {
    const { left, top, right, bottom } = cardBox(scene.at, node);
    for (const boxes of scene.near && !scene.near.has(node) ? [everything] : [taken, everything]) take(boxes, left - 1, top - 1, right + 1, bottom + (badgeOf(node) ? BADGE.down : 1));
  }
  if (!scene.near) for (const [name, nodes] of scene.regions) { const { title } = regionBox(scene.at, name, nodes); if (title) take(taken, title.left, title.top, title.right, title.bottom); }
  const plates = [];
  const put = (bundle, words, size, forced, atEnds = false) => {
    const [wide, high] = [emsOf(words) * size / 2 + 4, size * 0.72];
    // Best where it covers no card at all, else at least none that is lit.
    let place = null;
    for (const boxes of scene.near ? [everything, taken] : [taken]) place ||= roomOn(bundle.way, wide, high, boxes, true) || (atEnds ? null : roomOn(bundle.way, wide, high, boxes));
    if (!place && forced) place = bundle.way[Math.floor(bundle.way.length / 2)];
    if (!place) return false;
    for (const boxes of [taken, everything]) take(boxes, place.x - wide, place.y - high, place.x + wide, place.y + high);
    plates.push({ ...place, bundle, wide, high, words, size, strong: Boolean(scene.lit) || forced });
    return true;
  };
  if (scene.hover?.way) put(scene.hover, bundleWords(scene.hover.edges), 11.5, true);
  if (scene.lit) {
    for (const bundle of scene.lit) if (bundle.way && bundle !== scene.hover && plates.length < MOST_NAMED) put(bundle, bundleWords(bundle.edges), 11.5, false);
    return plates;
  }
  const roomOf = new Map(scene.regions.flatMap(([, nodes], i) => nodes.map((node) => [node, i])));
  const named = new Set();
  const shown = scene.bundles.filter((bundle) => bundle.way && !restsNow(scene, bundle) && !bundle.holds && ![bundle.a, bundle.b].some((node) => QUIET.has(className(node))));
  for (const bundle of shown) {
    const [[rel]] = relationsOf(bundle.edges);
    const ends = [roomOf.get(bundle.a) ?? -1, roomOf.get(bundle.b) ?? -1].sort((p, q) => p - q);
    const key = `${ends}|${rel}`;
    if (!named.has(key) && plates.length < MOST_NAMED && put(bundle, relLabel(rel), 10, false)) named.add(key);
  }
  for (const bundle of shown) if (bundle.edges.length > 1) put(bundle, String(bundle.edges.length), 10, false, true);
  return plates;
}

/** Draw the plates; they are reckoned anew only when what they depend on has changed. */
function paintPlates(ctx, scene) {
  const colours = inks();
  const key = `${scene.version}|${scene.litKey}|${scene.hover ? `${scene.hover.a}-${scene.hover.b}` : ''}|${S.lang}`;
  if (scene.plateKey !== key) { scene.plates = platesOf(scene); scene.plateKey = key; }
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  for (const { x, y, wide, high, words, size, strong } of scene.plates) {
    roundRect(ctx, x - wide, y - high, wide * 2, high * 2, Math.min(high, 6));
    ctx.fillStyle = strong ? colours.card : colours.paper;
    ctx.globalAlpha = strong ? 0.95 : 0.88;
    ctx.fill();
    ctx.globalAlpha = 1;
    ctx.fillStyle = strong ? colours.accent : colours.soft;
    ctx.font = `${size}px ${faceOf(S.lang)}`;
    ctx.fillText(words, x, y + 0.5);
  }
}

/** Whether a card is chosen, hovered over, or steps back: neither chosen nor joined to it, or there only to hold others. */
function moodOf(scene, node, hover = false) {
  return { chosen: S.nodes.includes(node), hover, dim: Boolean(scene.near && !scene.near.has(node)), back: Boolean(scene.context?.has(node)), tag: scene.tags?.get(node) || '' };
}

/** Draw a whole scene as it stands on the screen (for pictures; on the screen vis-network draws the cards). */
function paintScene(ctx, scene) {
  paintRegions(ctx, scene);
  paintLines(ctx, scene);
  for (const [node, { x, y }] of scene.at) drawCard(ctx, node, x, y, moodOf(scene, node));
  paintPlates(ctx, scene);
}
