// Painting a whole scene on any pen: the picture on the screen behind the network, a PNG, or an SVG.

/** Draw the named regions behind the cards. */
function paintRegions(ctx, scene) {
  const colours = inks();
  for (const [name, nodes] of scene.regions) {
    const box = boundsOf(scene.at, nodes, 9);
    const words = regionTitle(name);
    roundRect(ctx, box.left, box.top - (words ? 14 : 0), box.right - box.left, box.bottom - box.top + (words ? 14 : 0), 12);
    ctx.fillStyle = colours.region;
    ctx.fill();
    ctx.lineWidth = 1;
    ctx.strokeStyle = colours.rim;
    ctx.stroke();
    if (!words) continue;
    ctx.fillStyle = colours.soft;
    ctx.font = `600 12px ${FACE}`;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    ctx.fillText(words, box.left + 10, box.top - 1);
  }
}

function regionTitle(name) {
  if (name.startsWith('node:')) return '';
  if (name.startsWith('community:')) {
    const [lead, count] = D.overview.communities[Number(name.slice(10))];
    return `${t('community', Number(name.slice(10)) + 1)} · ${labelOf(lead)} · ${t('members', count.toLocaleString('en'))}`;
  }
  if (name.startsWith('class:')) return classLabel(D.classIndex[name.slice(6)]);
  if (name === 'tasks') return t('tasksBlock');
  if (WORDS[name]) return t(name);
  return name in D.classIndex ? classLabel(D.classIndex[name]) : name;
}

const DASHES = [[], [7, 4], [1.5, 4]];
/** The strongest basis of an edge: 0 stated, 2 curated, 1 inferred. */
const basisOf = (edge) => (D.bases[edge] & 1 ? 0 : D.bases[edge] & 4 ? 2 : 1);

/** How far the parallel edges between two nodes are bent away from each other: 0 for a lone one. */
function bendOf(edge) {
  const [a, b] = [D.from[edge], D.to[edge]];
  let before = 0;
  let all = 0;
  for (const other of D.out(a)) if (D.to[other] === b && V.edgePass[other]) { all += 1; if (other < edge) before += 1; }
  for (const other of D.into(a)) if (D.from[other] === b && V.edgePass[other]) { all += 1; if (a > b) before += 1; }
  return all < 2 ? 0 : (before - (all - 1) / 2) * 0.22;
}

/** Where the line from a card's middle leaves the card. */
function leave(node, from, towards) {
  const { w, h: high } = sizeOf(node);
  const dx = towards.x - from.x || 0.01;
  const dy = towards.y - from.y || 0.01;
  const share = Math.min(w / 2 / Math.abs(dx), high / 2 / Math.abs(dy), 0.5);
  return { x: from.x + dx * share, y: from.y + dy * share };
}

/** Draw edges and cards of a scene, as they stand on the screen (for pictures; on the screen vis-network draws them). */
function paintScene(ctx, scene) {
  const colours = inks();
  paintRegions(ctx, scene);
  for (const edge of scene.edges) {
    const a = scene.at.get(D.from[edge]);
    const b = scene.at.get(D.to[edge]);
    const start = leave(D.from[edge], a, b);
    const end = leave(D.to[edge], b, a);
    const bend = bendOf(edge);
    const middle = { x: (start.x + end.x) / 2 - (end.y - start.y) * bend, y: (start.y + end.y) / 2 + (end.x - start.x) * bend };
    const chosen = S.edges.includes(edge);
    ctx.beginPath();
    ctx.moveTo(start.x, start.y);
    if (bend) ctx.quadraticCurveTo(middle.x, middle.y, end.x, end.y); else ctx.lineTo(end.x, end.y);
    ctx.setLineDash(DASHES[basisOf(edge)]);
    ctx.globalAlpha = chosen ? 1 : 0.5;
    ctx.strokeStyle = chosen ? colours.accent : colours.line;
    ctx.lineWidth = chosen ? 2 : 1;
    ctx.stroke();
    ctx.setLineDash([]);
    const angle = Math.atan2(end.y - (bend ? middle.y : start.y), end.x - (bend ? middle.x : start.x));
    ctx.beginPath();
    ctx.moveTo(end.x, end.y);
    ctx.lineTo(end.x - 6 * Math.cos(angle - 0.42), end.y - 6 * Math.sin(angle - 0.42));
    ctx.lineTo(end.x - 6 * Math.cos(angle + 0.42), end.y - 6 * Math.sin(angle + 0.42));
    ctx.closePath();
    ctx.fillStyle = chosen ? colours.accent : colours.line;
    ctx.fill();
    ctx.globalAlpha = 1;
  }
  for (const [node, { x, y }] of scene.at) drawCard(ctx, node, x, y, { chosen: S.nodes.includes(node) });
}
