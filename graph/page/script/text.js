// The source text beside the network: sentences that state something can be chosen, and choose what they state.
const sentenceCache = new Map();

/** For a document: the stretches that statements quote as their sentence, each with its statements, in reading order. */
function sentencesOf(doc) {
  if (!sentenceCache.has(doc)) {
    const found = new Map();
    proofs.doc.forEach((which, statement) => {
      if (which !== doc || proofs.at[statement] < 0) return;
      const [[from, to]] = proofs.passages[proofs.at[statement]];
      const key = `${from}-${to}`;
      if (!found.has(key)) found.set(key, { from, to, statements: [] });
      found.get(key).statements.push(statement);
    });
    sentenceCache.set(doc, [...found.values()].sort((a, b) => a.from - b.from || b.to - a.to));
  }
  return sentenceCache.get(doc);
}

/** The narrowest quoted stretch around a place, or its line: where it begins, where it ends, how many edges it states. */
function sentenceAround(doc, place) {
  const around = sentencesOf(doc).filter(({ from, to }) => from <= place && place < to).sort((a, b) => (a.to - a.from) - (b.to - b.from));
  if (around.length) return [around[0].from, around[0].to, around[0].statements.length];
  const line = proofs.documents[doc].lines.find((one) => one.from <= place && place < one.to);
  return line ? [line.from, line.to, 0] : [place, place + 1, 0];
}

/** Choose everything that quoted stretches within [from, to) state. */
function chooseText(doc, from, to) {
  const inside = sentencesOf(doc).filter((sentence) => sentence.from < to && sentence.to > from);
  const narrow = inside.filter((sentence) => sentence.from >= from && sentence.to <= to);
  const chosen = narrow.length ? narrow : inside.slice(0, 1);
  const edges = [...new Set(chosen.flatMap(({ statements }) => statements.map((statement) => proofs.edgeOf[statement])))];
  const nodes = [...new Set(edges.flatMap((edge) => [D.from[edge], D.to[edge]]))];
  change({ nodes, edges, text: [doc, from, to], tab: 'source', panel: true });
  say(t('sentence', edges.length));
}

/** The document that belongs to what is chosen: of the sentence shown last, or of the chosen node or edge. */
function documentShown() {
  if (S.text && proofs.documents[S.text[0]]) return S.text[0];
  const edges = S.edges.length ? S.edges : S.nodes.length ? [...D.into(S.nodes[0]), ...D.out(S.nodes[0])] : [];
  for (const edge of edges) {
    const statement = statementsOf(edge).find((one) => proofs.doc[one] >= 0 && proofs.at[one] >= 0);
    if (statement !== undefined) return proofs.doc[statement];
  }
  return 0;
}

function renderText(body) {
  if (!proofs.documents.length) { show(body, h('p', { class: 'soft' }, t('nothing'))); return; }
  const which = documentShown();
  const doc = proofs.documents[which];
  const chosen = S.text && S.text[0] === which ? S.text : null;
  // Of a chosen node its own sentences are shown: where it is named as what something leads to, else wherever it is named.
  const own = S.nodes.length === 1 && !S.edges.length && !S.text ? [...D.into(S.nodes[0])] : [];
  const chosenEdges = new Set(S.edges.length || !S.nodes.length ? S.edges : own.length ? own : [...D.out(S.nodes[0])]);
  const stretches = sentencesOf(which);
  const picker = proofs.documents.length > 1
    ? h('select', { 'aria-label': t('source'), onchange: (event) => change({ text: [Number(event.target.value), 0, 0], nodes: [], edges: [] }) },
      proofs.documents.map((one, i) => h('option', { value: String(i), selected: i === which }, one.name)))
    : h('h2', { lang: 'zh-CN' }, doc.name);
  const text = h('div', { class: 'text', lang: 'zh-CN' });
  let next = 0;
  const open = [];
  for (const line of doc.lines) {
    const cuts = new Set([line.from, line.to]);
    while (next < stretches.length && stretches[next].from < line.to) open.push(stretches[next++]);
    for (let i = open.length - 1; i >= 0; i -= 1) if (open[i].to <= line.from) open.splice(i, 1);
    for (const { from, to } of open) {
      if (from > line.from) cuts.add(from);
      if (to < line.to) cuts.add(to);
    }
    const places = [...cuts].sort((a, b) => a - b);
    const parts = places.slice(0, -1).map((from, i) => {
      const to = places[i + 1];
      const around = open.filter((one) => one.from <= from && to <= one.to).sort((a, b) => (a.to - a.from) - (b.to - b.from));
      if (!around.length) return cut(doc, from, to);
      const edges = new Set(around[0].statements.map((statement) => proofs.edgeOf[statement]));
      const here = chosen ? chosen[1] < to && chosen[2] > from : [...edges].some((edge) => chosenEdges.has(edge));
      const pick = () => { if (getSelection().isCollapsed) chooseText(which, around[0].from, around[0].to); };
      return h('span', { class: `said${here ? ' here' : ''}`, role: 'button', tabindex: '0', 'aria-pressed': String(here), title: t('sentence', edges.size), 'data-from': around[0].from, 'data-to': around[0].to,
        onclick: pick, onkeydown: (event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); pick(); } } }, cut(doc, from, to));
    });
    text.append(h(line.kind === 'h' ? 'h3' : 'p', { class: { h: null, p: null, i: 'item', r: 'row', b: 'bold' }[line.kind] }, parts));
  }
  text.addEventListener('mouseup', () => {
    const marked_ = getSelection();
    if (marked_.isCollapsed || !text.contains(marked_.anchorNode)) return;
    const touched = [...text.querySelectorAll('.said')].filter((one) => marked_.containsNode(one, true));
    if (!touched.length) return;
    marked_.removeAllRanges();
    chooseText(which, Math.min(...touched.map((one) => Number(one.dataset.from))), Math.max(...touched.map((one) => Number(one.dataset.to))));
  });
  show(body, picker, h('p', { class: 'soft' }, t('textHint')), text);
  const target = $('.said.here', text);
  if (target) requestAnimationFrame(() => { body.scrollTop = Math.max(0, target.offsetTop - body.clientHeight / 3); });
}
