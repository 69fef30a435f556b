// The source text beside the network: every sentence shows what became of it, and those that state something choose what they state.
const sentenceCache = new Map();

/** For a document: the stretches that statements quote as their sentence, each with its statements, in reading order. */
function sentencesOf(doc) {
  if (!sentenceCache.has(doc)) {
    const found = new Map();
    proofs.doc.forEach((which, statement) => {
      if (which !== doc || proofs.at[statement] < 0 || proofs.basis[statement] === PROPOSED) return;
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

/** The edges that quoted stretches within [from, to) state; where there are none, those that a heading there completes. */
function edgesWithin(doc, from, to) {
  const inside = sentencesOf(doc).filter((sentence) => sentence.from < to && sentence.to > from);
  const narrow = inside.filter((sentence) => sentence.from >= from && sentence.to <= to);
  const statements = (narrow.length ? narrow : inside.slice(0, 1)).flatMap((sentence) => sentence.statements);
  if (!statements.length) {
    const heads = (spans) => spans.slice(1).some(([a, b]) => a < to && b > from);
    proofs.doc.forEach((which, statement) => { if (which === doc && proofs.at[statement] >= 0 && heads(proofs.passages[proofs.at[statement]])) statements.push(statement); });
  }
  return [...new Set(statements.map((statement) => proofs.edgeOf[statement]))];
}

/** Choose everything that quoted stretches within [from, to) state. */
function chooseText(doc, from, to) {
  const edges = edgesWithin(doc, from, to);
  const nodes = [...new Set(edges.flatMap((edge) => [D.from[edge], D.to[edge]]))];
  change({ nodes, edges, text: [doc, from, to], tab: 'source', panel: true });
  say(t('sentence', edges.length));
}

/** The nodes whose sentences are shown: those chosen, else what the picture is about. */
const shownNodes = () => (S.nodes.length || S.edges.length || S.text ? S.nodes : S.about >= 0 ? [S.about] : []);

/** The document that belongs to what is chosen: of the sentence shown last, or of the chosen node or edge. */
function documentShown() {
  if (S.text && proofs.documents[S.text[0]]) return S.text[0];
  const [node] = shownNodes();
  const edges = S.edges.length ? S.edges : node !== undefined ? [...D.into(node), ...D.out(node)] : asking() ? answerNow().edges : [];
  for (const edge of edges) {
    const statement = statementsOf(edge).find((one) => proofs.doc[one] >= 0 && proofs.at[one] >= 0);
    if (statement !== undefined) return proofs.doc[statement];
  }
  return 0;
}

/** The texts to choose from, each with how many of its sentences were not understood. */
function textPicker(which) {
  const words = (doc) => { const counts = tally(doc); return counts && counts[2] ? `${doc.name} · ${stateWords('open')} ${counts[2]}` : doc.name; };
  return h('select', { 'aria-label': t('source'), onchange: (event) => change({ text: [Number(event.target.value), 0, 0], nodes: [], edges: [] }) },
    proofs.documents.map((one, i) => h('option', { value: String(i), selected: i === which }, words(one))));
}

/** Goes through sorted stretches once, as a text is read: gives those that touch the line asked for. */
function passing(stretches) {
  let next = 0;
  const open = [];
  return (line) => {
    while (next < stretches.length && stretches[next].from < line.to) open.push(stretches[next++]);
    for (let i = open.length - 1; i >= 0; i -= 1) if (open[i].to <= line.from) open.splice(i, 1);
    return open;
  };
}

function renderText(body) {
  if (!proofs.documents.length) { show(body, h('p', { class: 'soft' }, t('nothing'))); return; }
  const which = documentShown();
  const doc = proofs.documents[which];
  const chosen = S.text && S.text[0] === which ? S.text : null;
  // Of a chosen node its own sentences are shown: where it is named as what something leads to, else wherever it is named.
  const nodes = shownNodes();
  const own = nodes.length === 1 && !S.edges.length && !S.text ? [...D.into(nodes[0])] : [];
  const asked = asking() && S.about < 0 && !S.edges.length && !S.text ? answerNow().edges : S.edges;
  const chosenEdges = new Set(S.edges.length || !nodes.length ? asked : own.length ? own : [...D.out(nodes[0])]);
  const quotesIn = passing(sentencesOf(which));
  const sentencesAt = passing(doc.sentences || []);
  const text = h('div', { class: 'text', lang: 'zh-CN' });
  for (const line of doc.lines) {
    const quotes = quotesIn(line);
    const sentences = sentencesAt(line);
    const cuts = new Set([line.from, line.to]);
    for (const { from, to } of [...quotes, ...sentences]) {
      if (from > line.from && from < line.to) cuts.add(from);
      if (to < line.to) cuts.add(to);
    }
    const places = [...cuts].sort((a, b) => a - b);
    const holds = (from, to) => (one) => one.from <= from && to <= one.to;
    const parts = places.slice(0, -1).map((from, i) => {
      const to = places[i + 1];
      const around = quotes.filter(holds(from, to)).sort((a, b) => (a.to - a.from) - (b.to - b.from))[0];
      const sentence = sentences.find(holds(from, to));
      if (!around && !sentence) return cut(doc, from, to);
      const code = around ? 0 : sentence.code;
      const edges = new Set(around ? around.statements.map((statement) => proofs.edgeOf[statement]) : []);
      const here = chosen ? chosen[1] < to && chosen[2] > from : [...edges].some((edge) => chosenEdges.has(edge));
      const [low, high] = around ? [around.from, around.to] : [sentence.from, sentence.to];
      const pick = () => { if (getSelection().isCollapsed) { if (code === 0) chooseText(which, low, high); else change({ nodes: [], edges: [], text: [which, low, high] }); } };
      const words = around ? t('sentence', edges.size) : `${stateWords(stateOf(code))} · ${whyOf(code)}`;
      return h('span', { class: `fate ${stateOf(code)}${around ? ' said' : ''}${here ? ' here' : ''}${from === low ? ' begins' : ''}`, role: 'button', tabindex: '0', 'aria-pressed': String(here), title: words, 'data-from': low, 'data-to': high,
        onclick: pick, onkeydown: (event) => { if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); pick(); } } }, cut(doc, from, to));
    });
    text.append(h(line.kind === 'h' ? 'h3' : 'p', { class: { h: null, p: null, i: 'item', r: 'row', b: 'bold' }[line.kind] }, parts));
    if (chosen && chosen[2] > line.from && chosen[2] <= line.to) text.append(verdictOf(which, chosen[1], chosen[2]));
  }
  text.addEventListener('mouseup', () => {
    const marked_ = getSelection();
    if (marked_.isCollapsed || !text.contains(marked_.anchorNode)) return;
    const touched = [...text.querySelectorAll('.said')].filter((one) => marked_.containsNode(one, true));
    if (!touched.length) return;
    marked_.removeAllRanges();
    chooseText(which, Math.min(...touched.map((one) => Number(one.dataset.from))), Math.max(...touched.map((one) => Number(one.dataset.to))));
  });
  show(body, proofs.documents.length > 1 ? textPicker(which) : h('h2', { lang: 'zh-CN' }, doc.name), ledgerOf(which), h('p', { class: 'soft text-hint' }, t('textHint')), text);
  const target = $('.fate.here', text);
  if (target) requestAnimationFrame(() => { body.scrollTop = Math.max(0, target.offsetTop - body.clientHeight / 3); });
}
