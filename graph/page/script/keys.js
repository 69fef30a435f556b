// Everything by keyboard. Single keys can be switched off (WCAG 2.1.4) and never act while somebody types.
let singleKeys = true;

function escape_() {
  const menu = $('details.menu[open]');
  if (menu) { menu.open = false; $('summary', menu).focus(); } else if (document.body.classList.contains('with-filters')) document.body.classList.remove('with-filters');
  else if (S.panel) { change({ panel: false, nodes: [], edges: [], text: null }); $(wholeShown() ? '#whole' : '#net').focus(); } else if (S.nodes.length || S.edges.length) change({ nodes: [], edges: [], text: null });
  else if (S.focus >= 0) change({ focus: -1, camera: null });
  else if (asking()) leaveAnswer();
}

const ACTS = {
  '/': () => $('#search').focus(), '?': openHelp,
  1: () => change({ view: 'net' }), 2: () => change({ view: 'table' }), 3: () => change({ view: 'matrix' }), 4: () => change({ view: 'glance' }),
  u: () => history.back(), r: () => history.forward(), '+': () => zoomBy(1.25), '=': () => zoomBy(1.25), '-': () => zoomBy(0.8), 0: () => fit(),
  l: () => change({ lang: S.lang === 'en' ? 'zh' : 'en', camera: null }), d: () => setTheme(isDark() ? 'light' : 'dark'),
  e: () => { if (S.nodes.length && badgeOf(S.nodes[0])) toggle(S.nodes[0]); },
  f: () => { const [node] = S.nodes; if (node !== undefined) change({ focus: node, steps: S.focus === node ? (S.steps % 3) + 1 : 1, view: 'net', camera: null }); },
  h: () => { if (S.nodes.length) change({ hidden: [...new Set([...S.hidden, ...S.nodes])], nodes: [] }); },
  p: () => { const [node] = S.nodes; change({ tab: 'path', panel: true, path: node === undefined ? S.path : [node, S.path[1]] }); },
  t: () => change({ tab: 'source', panel: true }),
};

function startKeys() {
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !$('#help').open) { escape_(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || $('#help').open) return;
    if (event.target.closest('input:not([type=checkbox]), select, textarea')) return;
    if (!singleKeys) return;
    const act = ACTS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (act) { event.preventDefault(); act(); }
  });
  for (const id of ['#net', '#whole']) {
    $(id).addEventListener('keydown', (event) => {
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (way) { event.preventDefault(); if (id === '#net') step(...way); else wholeStep(...way); }
      if (event.key === 'Enter' && S.nodes.length) { event.preventDefault(); change({ panel: true, tab: 'details' }); $('#panel-body')?.focus(); }
    });
  }
  $('#skip').addEventListener('click', () => $(S.view === 'net' ? (wholeShown() ? '#whole' : '#net') : `#view-${S.view}`).focus());
  document.addEventListener('click', (event) => { const menu = $('details.menu[open]'); if (menu && !menu.contains(event.target)) menu.open = false; });
}
