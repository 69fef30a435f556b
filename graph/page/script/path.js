// The shortest chain of edges between two nodes, told as a chain of quotes.
let chain = null;

/** Breadth first over the edges that pass, whichever way they point; among equals the first in the graph's order. */
function shortest(from, to) {
  if (from < 0 || to < 0 || from === to) return null;
  const via = new Map([[from, -1]]);
  let rim = [from];
  while (rim.length && !via.has(to)) {
    const next = [];
    for (const node of rim) {
      for (const edge of edgesAt(node)) {
        const other = otherEnd(edge, node);
        if (edgePasses(edge) && !onlyProposed(edge) && !via.has(other) && !S.hidden.includes(other)) { via.set(other, edge); next.push(other); }
      }
    }
    rim = next;
  }
  if (!via.has(to)) return null;
  const nodes = [to];
  const edges = [];
  for (let node = to; node !== from;) {
    const edge = via.get(node);
    edges.unshift(edge);
    node = otherEnd(edge, node);
    nodes.unshift(node);
  }
  return { nodes, edges };
}

function findChain() { chain = S.tab === 'path' && S.panel ? shortest(...S.path) : null; }

function picker(words, node, pick) {
  const id = `pick-${words}`;
  const input = h('input', { id, type: 'text', role: 'combobox', 'aria-expanded': 'false', 'aria-controls': `${id}-list`, 'aria-autocomplete': 'list', autocomplete: 'off', placeholder: t('choose'), value: node >= 0 ? labelOf(node) : '' });
  const list = h('ul', { id: `${id}-list`, role: 'listbox', 'aria-label': t(words), hidden: true });
  combobox(input, list, (query) => findNodes(query, 8).map((hit) => nodeChoice(hit, () => pick(hit.node))));
  return h('div', { class: 'picker' }, h('label', { for: id }, t(words)), input, list);
}

function renderPath(body) {
  const [from, to] = S.path;
  show(body,
    h('p', { class: 'soft' }, t('pathHint')),
    h('div', { class: 'pickers' }, picker('pathA', from, (node) => change({ path: [node, to] })), picker('pathB', to, (node) => change({ path: [from, node] })),
      button(t('swap'), () => change({ path: [to, from] }))),
    from >= 0 && to >= 0 ? (chain ? [
      h('h3', {}, t('pathIs', chain.edges.length)),
      h('ol', { class: 'chain' }, chain.edges.map((edge, i) => h('li', {},
        h('p', { class: 'triple' }, nodeLink(chain.nodes[i]), h('span', { class: 'verb' }, D.from[edge] === chain.nodes[i] ? `${relLabel(D.rel[edge])} →` : `← ${relLabel(D.rel[edge])}`), nodeLink(chain.nodes[i + 1])),
        proofOf(edge)))),
    ] : h('p', {}, t('noPath'))) : null);
}
