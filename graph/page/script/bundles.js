// Bundles: every relation is drawn between what is seen. What is folded is stood for by its nearest visible parent, and all
// relations between two cards are one line with a count; the line of a plan to what stands in its own blocks says nothing and rests.
const QUIET = new Set(['Plan', 'SourceDocument']);

/** For each node the card that stands for it: itself, or what it is folded into; -1 where nothing of it is drawn. */
function standIns(list, inPlans) {
  const rep = new Int32Array(D.count).fill(-2);
  for (const node of list) rep[node] = node;
  const find = (node) => {
    const seen = [];
    let at = node;
    while (at >= 0 && rep[at] === -2) {
      seen.push(at);
      rep[at] = -1;
      at = D.fold[at] >= 0 ? D.fold[at] : inPlans && D.plan[at] !== at ? D.plan[at] : -1;
    }
    const found = at >= 0 ? rep[at] : -1;
    for (const one of seen) rep[one] = found;
    return found;
  };
  for (let node = 0; node < D.count; node += 1) if (rep[node] === -2) find(node);
  return rep;
}

/** The lines of a picture: for each pair of cards all relations between what they stand for, in the graph's order. */
function bundlesOf(list, rep) {
  const found = new Map();
  for (let edge = 0; edge < D.edgeCount; edge += 1) {
    if (!V.edgePass[edge]) continue;
    const a = rep[D.from[edge]];
    const b = rep[D.to[edge]];
    if (a < 0 || b < 0 || a === b) continue;
    const key = a < b ? a * D.count + b : b * D.count + a;
    let bundle = found.get(key);
    if (!bundle) found.set(key, bundle = { a, b, edges: [], oneWay: true, bases: 0 });
    if (bundle.a !== a) bundle.oneWay = false;
    bundle.edges.push(edge);
    bundle.bases |= D.bases[edge];
  }
  const plansAt = new Map();
  const bundles = [...found.values()];
  for (const { a, b } of bundles) {
    for (const [plan, other] of [[a, b], [b, a]]) if (className(plan) === 'Plan') plansAt.set(other, (plansAt.get(other) || 0) + 1);
  }
  for (const bundle of bundles) {
    bundle.quiet = [[bundle.a, bundle.b], [bundle.b, bundle.a]].some(([hub, other]) => QUIET.has(className(hub)) && !(className(hub) === 'Plan' && plansAt.get(other) > 1));
    bundle.dash = DASHES[strongest(bundle.bases)];
    bundle.holds = bundle.edges.some((edge) => D.fold[D.to[edge]] === D.from[edge]);
  }
  return bundles;
}

/** The relations of a bundle with how many edges each has, most first. */
function relationsOf(edges) {
  const counts = new Map();
  for (const edge of edges) counts.set(D.rel[edge], (counts.get(D.rel[edge]) || 0) + 1);
  return [...counts].sort((x, y) => y[1] - x[1] || x[0] - y[0]);
}

/** What a bundle is in words: its relations, with counts where they stand for several. */
function bundleWords(edges, most = 2) {
  const relations = relationsOf(edges);
  const words = relations.slice(0, most).map(([rel, count]) => (count > 1 ? `${relLabel(rel)} ${count}` : relLabel(rel)));
  return words.join(comma()) + (relations.length > most ? ' …' : '');
}

/** The hue of a bundle: of the end that is no task, since tasks are what most lines lead to. */
function bundleHue({ a, b }) {
  return hueOf(className(isA(a, 'Task') && !isA(b, 'Task') ? b : a));
}
