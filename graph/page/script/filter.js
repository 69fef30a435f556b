// Which nodes and edges pass the filters, which of those are drawn, and how many of each class remain.
const V = { pass: null, edgePass: null, drawn: null, opened: new Set() };

const basisBit = BASES.map((_, i) => 1 << i);
/** Whether nothing but another tool's proposal says an edge: it is drawn and listed, and nothing is counted or concluded by it. */
const onlyProposed = (edge) => D.bases[edge] === basisBit[PROPOSED];

function edgePasses(edge) {
  if (S.relations.has(D.rel[edge])) return false;
  if (!S.bases.size) return true;
  let allowed = 2 ** BASES.length - 1;
  for (const basis of S.bases) allowed &= ~basisBit[basis];
  return (D.bases[edge] & allowed) !== 0;
}

function* edgesAt(node) { yield* D.out(node); yield* D.into(node); }
const otherEnd = (edge, node) => (D.from[edge] === node ? D.to[edge] : D.from[edge]);

/** The nodes within so many steps of a node, over edges that pass, with their distance. */
function within(centre, steps, passes = (edge) => V.edgePass[edge]) {
  const far = new Map([[centre, 0]]);
  let rim = [centre];
  for (let step = 1; step <= steps; step += 1) {
    const next = [];
    for (const node of rim) {
      for (const edge of edgesAt(node)) {
        const other = otherEnd(edge, node);
        if (passes(edge) && !far.has(other)) { far.set(other, step); next.push(other); }
      }
    }
    rim = next;
  }
  return far;
}

/** Reckon what passes the filters; folding is a matter of drawing and not of filtering. */
function filter() {
  const { count, edgeCount } = D;
  const edgePass = new Uint8Array(edgeCount);
  for (let edge = 0; edge < edgeCount; edge += 1) edgePass[edge] = edgePasses(edge) ? 1 : 0;
  const pass = new Uint8Array(count).fill(1);
  const keepOnly = (kept) => { for (let i = 0; i < count; i += 1) if (!kept.has(i)) pass[i] = 0; };
  V.edgePass = edgePass;
  if (S.focus >= 0) keepOnly(within(S.focus, S.steps));
  if (asking()) keepOnly(answerNow().kept);
  for (let i = 0; i < count; i += 1) if (S.classes.has(D.cls[i])) pass[i] = 0;
  for (const node of S.hidden) pass[node] = 0;
  for (let edge = 0; edge < edgeCount; edge += 1) if (!pass[D.from[edge]] || !pass[D.to[edge]]) edgePass[edge] = 0;
  if (S.relations.size || S.bases.size) {
    // With edges filtered away, a node that has none left says nothing any more.
    const joined = new Uint8Array(count);
    for (let edge = 0; edge < edgeCount; edge += 1) if (edgePass[edge]) joined[D.from[edge]] = joined[D.to[edge]] = 1;
    for (let i = 0; i < count; i += 1) if (pass[i] && !joined[i] && (D.out(i).length || D.into(i).length)) pass[i] = 0;
  }
  V.pass = pass;
}

/** What is open: what the reader opened, and whatever must be open for the selection or the path to be seen. */
function openNodes() {
  const opened = new Set(S.open);
  const reveal = (node) => { for (let up = D.fold[node]; up >= 0; up = D.fold[up]) opened.add(up); };
  S.nodes.forEach(reveal);
  // Many relations of one line stay one line until they are asked for one by one.
  if (S.edges.length === 1 || S.text) S.edges.forEach((edge) => { reveal(D.from[edge]); reveal(D.to[edge]); });
  if (S.tab === 'path' && chain) chain.nodes.forEach(reveal);
  return opened;
}

function countsByClass(mask) {
  const counts = new Array(D.classes.length).fill(0);
  for (let i = 0; i < D.count; i += 1) if (!mask || mask[i]) counts[D.cls[i]] += 1;
  return counts;
}
