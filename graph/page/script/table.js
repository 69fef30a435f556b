// The same graph as tables: what passes the filters, sortable, each row in step with the picture.
const PAGE = 200;
const T = { which: 'nodes', sort: 'order', down: false, shown: PAGE, key: '' };

const COLUMNS = {
  nodes: [
    ['name', (node) => labelOf(node), (node) => nodeLink(node)],
    ['otherName', (node) => (S.lang === 'en' ? D.zh[node] : D.en[node]), (node) => h('span', { lang: S.lang === 'en' ? 'zh-CN' : 'en', dir: 'auto' }, S.lang === 'en' ? D.zh[node] : D.en[node])],
    ['cls', (node) => D.cls[node], (node) => classLabel(D.cls[node])],
    ['degree', (node) => -(D.out(node).length + D.into(node).length), (node) => String(D.out(node).length + D.into(node).length)],
  ],
  edges: [
    ['subject', (edge) => labelOf(D.from[edge]), (edge) => nodeLink(D.from[edge])],
    ['relation', (edge) => D.rel[edge], (edge) => h('button', { type: 'button', class: 'node-link', onclick: () => select([], [edge]) }, relLabel(D.rel[edge]))],
    ['object', (edge) => labelOf(D.to[edge]), (edge) => nodeLink(D.to[edge])],
    ['basis', (edge) => D.bases[edge], (edge) => basisTags(edge)],
    ['quote', null, (edge) => quoteCell(edge)],
  ],
};

function quoteCell(edge) {
  const statement = statementsOf(edge).find((one) => proofs.at[one] >= 0);
  if (statement === undefined) return '';
  const doc = proofs.documents[proofs.doc[statement]];
  const [[from, to]] = proofs.passages[proofs.at[statement]];
  return h('q', { lang: 'zh-CN', dir: 'auto' }, cut(doc, from, to));
}

function renderTable() {
  const view = $('#view-table');
  if (!proofs) { show(view, h('p', { class: 'soft' }, t('loading'))); evidence().then(() => { if (S.view === 'table') renderTable(); }); return; }
  const mask = T.which === 'nodes' ? V.pass : V.edgePass;
  let rows = [];
  for (let i = 0; i < mask.length; i += 1) if (mask[i]) rows.push(i);
  const columns = COLUMNS[T.which];
  const sorted = columns.find(([name]) => name === T.sort);
  if (sorted) {
    const collator = new Intl.Collator(S.lang === 'en' ? 'en' : 'zh-CN', { numeric: true });
    const keys = new Map(rows.map((row) => [row, sorted[1](row)]));
    rows.sort((a, b) => (typeof keys.get(a) === 'number' ? keys.get(a) - keys.get(b) : collator.compare(keys.get(a), keys.get(b))) || a - b);
    if (T.down) rows.reverse();
  }
  const total = rows.length;
  rows = rows.slice(0, T.shown);
  const head = columns.map(([name, key]) => h('th', { scope: 'col', 'aria-sort': T.sort === name ? (T.down ? 'descending' : 'ascending') : null },
    key ? h('button', { type: 'button', title: t('sortBy'), 'data-keep': `sort-${name}`, onclick: () => { T.down = T.sort === name && !T.down; T.sort = name; renderTable(); } }, t(name), h('span', { 'aria-hidden': 'true' }, T.sort === name ? (T.down ? ' ▾' : ' ▴') : '')) : t(name)));
  const chosen = new Set(T.which === 'nodes' ? S.nodes : S.edges);
  const focused = document.activeElement?.dataset?.keep;
  const scrolled = $('.scroll', view)?.scrollTop ?? 0;
  show(view,
    h('div', { class: 'table-head' },
      h('div', { role: 'group', class: 'segments', 'aria-label': t('table') }, [['nodes', 'nodes'], ['edges', 'edgesT']].map(([which, words]) =>
        button(t(words), () => { Object.assign(T, { which, sort: 'order', down: false, shown: PAGE }); renderTable(); }, { 'aria-pressed': String(T.which === which), 'data-keep': `table-${which}` }))),
      h('p', { class: 'soft', role: 'status' }, t('rows', total.toLocaleString('en')))),
    h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': t(T.which === 'nodes' ? 'tableNodes' : 'tableEdges') },
      h('table', {}, h('caption', { class: 'hidden' }, t(T.which === 'nodes' ? 'tableNodes' : 'tableEdges')), h('thead', {}, h('tr', {}, head)),
        h('tbody', {}, rows.map((row) => h('tr', { 'aria-current': chosen.has(row) ? 'true' : null, class: `of-${T.which}` },
          columns.map(([name, , cell], i) => h(i ? 'td' : 'th', { scope: i ? null : 'row', class: `col-${name}` }, cell(row))))))),
      total > T.shown ? button(t('showMore', Math.min(PAGE, total - T.shown)), () => { T.shown += PAGE; renderTable(); }, { class: 'more' }) : null));
  if (focused) $(`[data-keep="${CSS.escape(focused)}"]`, view)?.focus();
  $('.scroll', view).scrollTop = scrolled;
}
