// What became of every sentence of a text: evidence of relations, context for a named reason, or not understood.
const STATES = ['evidence', 'context', 'open'];
/** The state that a code stands for, as a place in `STATES`. */
const stateAt = (code) => (code === 0 ? 0 : code > 0 ? 1 : 2);
const stateOf = (code) => STATES[stateAt(code)];
const stateWords = (state) => inLang(...proofs.ledger.words[state]);
/** What an open sentence holds that a reader would want to know of, in words. */
const signsOf = (code) => proofs.ledger.signs.filter((_, bit) => code < 0 && (-1 - code) & (1 << bit)).map((words) => inLang(...words));
const reasonOf = (code) => (code > 0 ? inLang(...proofs.ledger.reasons[code - 1]) : '');
/** Why a sentence is what it is: the reason, or what it holds. */
const whyOf = (code) => (code > 0 ? reasonOf(code) : signsOf(code).length ? t('holdsSigns', listed(signsOf(code))) : inLang(...proofs.ledger.words[`${stateOf(code)}.why`]));

/** How many sentences of a document are evidence, context and open; null where no ledger is known. */
function tally(doc) {
  if (!doc.sentences) return null;
  const counts = [0, 0, 0];
  for (const { code } of doc.sentences) counts[stateAt(code)] += 1;
  return counts;
}

/** A sample of how a state is marked in the text: the letter stands on the same ground, over the same line. */
const fateSample = (state) => h('span', { class: `fate ${state} sample`, 'aria-hidden': 'true', lang: 'zh-CN' }, '文');

function fateBar(counts) {
  return h('div', { class: 'fate-bar', 'aria-hidden': 'true' }, STATES.map((state, i) => (counts[i] ? h('span', { class: state, style: { 'flex-grow': counts[i] } }) : null)));
}

/** The three states with how many sentences each has and their share; what is not understood can be listed, what holds most first. */
function ledgerOf(which) {
  const doc = proofs.documents[which];
  const counts = tally(doc);
  if (!counts) return null;
  const all = Math.max(1, doc.sentences.length);
  const row = (i) => [fateSample(STATES[i]), h('span', { class: 'fate-name' }, stateWords(STATES[i])), h('span', { class: 'count' }, `${t('sentencesN', counts[i])} · ${Math.round((counts[i] / all) * 100)}%`)];
  const opened = (state, content) => {
    const i = STATES.indexOf(state);
    if (!counts[i]) return h('p', { class: 'fate-row' }, row(i));
    const box = h('details', { name: 'fates', open: S.fate === state }, h('summary', { class: 'fate-row', 'data-keep': `fate-${state}` }, row(i)), content());
    box.addEventListener('toggle', () => { if (box.open !== (S.fate === state) && (box.open || S.fate === state)) change({ fate: box.open ? state : '' }, { silent: true }); });
    return box;
  };
  return h('section', { class: 'ledger', 'aria-label': t('fates') }, h('h3', {}, t('fates')), fateBar(counts),
    h('p', { class: 'fate-row' }, row(0)), opened('context', () => reasonList(doc)), opened('open', () => openList(which)));
}

function reasonList(doc) {
  const counts = new Map();
  for (const { code } of doc.sentences) if (code > 0) counts.set(code, (counts.get(code) || 0) + 1);
  return h('ul', { class: 'reasons' }, [...counts].sort((a, b) => b[1] - a[1]).map(([code, count]) => h('li', {}, reasonOf(code), ' ', h('span', { class: 'count' }, count))));
}

function openList(which) {
  const doc = proofs.documents[which];
  const open = doc.sentences.filter(({ code }) => code < 0);
  const weight = ({ code }) => signsOf(code).length;
  open.sort((a, b) => weight(b) - weight(a) || a.from - b.from);
  const item = (sentence) => h('li', {}, h('button', { type: 'button', class: 'open-one', onclick: () => change({ text: [which, sentence.from, sentence.to], nodes: [], edges: [] }) },
    signsOf(sentence.code).map((sign_) => h('span', { class: 'sign-tag' }, sign_)), h('span', { lang: 'zh-CN' }, cut(doc, sentence.from, sentence.to))));
  const list = fillBySteps(h('ol', { class: 'open-list' }), open, FEW, item, (count) => t('moreSentences', count));
  return [h('p', { class: 'soft' }, t('openFirst')), list];
}

/** What became of the chosen stretch of the text, below its paragraph: its relations as links, or why there are none. */
function verdictOf(which, from, to) {
  const doc = proofs.documents[which];
  const edges = edgesWithin(which, from, to);
  const touched = (doc.sentences || []).filter((one) => one.from < to && one.to > from);
  const codes = touched.length ? touched.map(({ code }) => code) : [0];
  const item = (edge) => h('li', {}, h('button', { type: 'button', class: 'said-edge', onclick: () => select([], [edge]) },
    h('span', {}, labelOf(D.from[edge])), h('span', { class: 'verb' }, `${relLabel(D.rel[edge])} →`), h('span', {}, labelOf(D.to[edge]))));
  const list = fillBySteps(h('ul', {}), edges, 12, item, (count) => t('moreEdges', count));
  return h('aside', { class: 'verdict', 'aria-label': t('fateOfThis') },
    edges.length ? h('p', {}, fateSample('evidence'), t('sentence', edges.length)) : [...new Set(codes)].map((code) => h('p', {}, fateSample(stateOf(code)), h('strong', {}, stateWords(stateOf(code))), ` · ${whyOf(code)}`)), edges.length ? list : null);
}
