// Start: unpack the graph, take the state from the address, draw.

/** Bring everything in step with the state. */
function refresh() {
  filter();
  findChain();
  V.opened = openNodes();
  renderTop();
  renderFilters();
  renderBars();
  renderAnswer();
  renderFoot();
  for (const view of ['net', 'shelf', 'table', 'matrix', 'glance']) $(`#view-${view}`).hidden = S.view !== view;
  $('#net').hidden = wholeShown();
  $('#whole').hidden = !wholeShown();
  renderPanel();
  if (S.view === 'net') { if (wholeShown()) drawWhole(); else syncNetwork(); }
  if (S.view === 'shelf') renderShelf();
  if (S.view === 'table') renderTable();
  if (S.view === 'matrix') renderMatrix();
  if (S.view === 'glance') renderGlance();
}

function fromAddress() {
  fromFragment(location.hash);
  N.key = '';
  refresh();
}

async function start() {
  await Promise.all([unpack(), loadLibrary()]);
  fromFragment(location.hash);
  startSearch();
  startKeys();
  startPrinting();
  refresh();
  addEventListener('popstate', fromAddress);
  addEventListener('hashchange', () => { if (location.hash !== `#${toFragment()}` && !(location.hash === '' && toFragment() === '')) fromAddress(); });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => refresh());
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
  // The first search should not wait for its index.
  (window.requestIdleCallback || setTimeout)(prepareHaystack);
}

start().catch((fault) => {
  const hint = $('#hint');
  hint.hidden = false;
  hint.textContent = typeof DecompressionStream === 'undefined'
    ? '此浏览器过旧，打不开图谱：请用 2020 年之后的浏览器。 This browser is too old for the graph: please use one from 2020 or later.'
    : `图谱打不开：${fault.message} The graph cannot be opened.`;
  throw fault;
});
