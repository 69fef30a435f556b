// What the page shows, as one object that the address bar holds: a copied link opens the same view, back and forward undo and redo.
/** The language of who reads, as the browser says it: what the page speaks until the address says otherwise. */
const OWN_LANG = /^zh\b/i.test(navigator.language || 'zh') ? 'zh' : 'en';
const S = {
  view: 'net', lang: OWN_LANG, theme: '', layout: '', scene: '', tab: 'details', panel: false,
  nodes: [], edges: [], classes: new Set(), relations: new Set(), bases: new Set(), about: -1, year: '',
  focus: -1, steps: 1, open: [], hidden: [], path: [-1, -1], camera: null, text: null, fate: '',
};
const FRESH = Object.fromEntries(Object.entries(S).map(([key, value]) => [key, value instanceof Set ? [] : structuredClone(value)]));

/** A folder opens on its shelf, a plan on its picture. */
const firstView = () => (D.large && hasShelf() ? 'shelf' : 'net');

const shortIri = (node) => { const iri = iriOf(node); return iri.startsWith(D.base) ? iri.slice(D.base.length) : iri; };
const byShort = (short) => { const found = nodeOf(D.base + short); return found >= 0 ? found : nodeOf(short); };
const readable = (text) => encodeURIComponent(text).replace(/%(?:E[3-9A]%[89AB][0-9A-F]%[89AB][0-9A-F]|2F)/g, (code) => decodeURIComponent(code));
const edgeToken = (edge) => `${shortIri(D.from[edge])}|${D.relations[D.rel[edge]].name}|${shortIri(D.to[edge])}`;

function edgeOfToken(token) {
  const [from, rel, to] = token.split('|');
  const source = byShort(from);
  if (source < 0) return -1;
  return [...D.out(source)].find((edge) => D.relations[D.rel[edge]].name === rel && shortIri(D.to[edge]) === to) ?? -1;
}

/** The state as a fragment; what is as it was at first is left out. */
function toFragment() {
  const parts = [];
  const put = (key, value) => { if (value !== '' && value !== null && value !== undefined) parts.push(`${key}=${readable(String(value))}`); };
  const list = (key, items) => put(key, items.join('~'));
  put('v', S.view === firstView() ? '' : S.view);
  put('l', S.lang === OWN_LANG ? '' : S.lang);
  put('t', S.theme);
  put('y', S.layout);
  put('g', S.scene);
  put('p', S.panel ? (S.tab === 'details' ? 'd' : S.tab) : '');
  list('n', S.nodes.map(shortIri));
  list('e', S.edges.map(edgeToken));
  list('c', [...S.classes].map((i) => D.classes[i].name).sort());
  list('r', [...S.relations].map((i) => D.relations[i].name).sort());
  list('b', [...S.bases].sort().map((i) => BASES[i]));
  put('a', S.year ? `year:${S.year}` : S.about >= 0 ? shortIri(S.about) : '');
  if (S.focus >= 0) put('f', `${S.steps}~${shortIri(S.focus)}`);
  list('o', S.open.map(shortIri));
  list('h', S.hidden.map(shortIri));
  if (S.path[0] >= 0 || S.path[1] >= 0) put('w', S.path.map((node) => (node >= 0 ? shortIri(node) : '')).join('~'));
  if (S.text) put('s', S.text.join('~'));
  put('k', S.fate);
  if (S.camera) put('z', S.camera.map((value, i) => (i === 2 ? value.toFixed(3) : Math.round(value))).join('~'));
  return parts.join('&');
}

/** Take the state from a fragment; what it names and the graph has not is passed over. */
function fromFragment(fragment) {
  const given = {};
  for (const part of fragment.replace(/^#/, '').split('&')) {
    const at = part.indexOf('=');
    if (at > 0) {
      try { given[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1)); } catch { /* a broken link: this part is left out */ }
    }
  }
  const nodesIn = (text) => (text || '').split('~').map((short) => (short ? byShort(short) : -1)).filter((node) => node >= 0);
  const one = (text) => nodesIn(text)[0] ?? -1;
  const known = (value, allowed, otherwise) => (allowed.includes(value) ? value : otherwise);
  const names = (text, all) => new Set((text || '').split('~').map((name) => all[name]).filter((i) => i !== undefined));
  const focus = (given.f || '').split('~');
  const ends = (given.w || '~').split('~').map((short) => (short ? byShort(short) : -1));
  const camera = (given.z || '').split('~').map(Number);
  const text = (given.s || '').split('~').map(Number);
  Object.assign(S, {
    view: known(given.v, ['net', ...(hasShelf() ? ['shelf'] : []), 'table', 'matrix', 'glance'], 'gnefayw'.split('').some((key) => given[key]) ? 'net' : firstView()), lang: known(given.l, ['zh', 'en'], OWN_LANG), theme: known(given.t, ['light', 'dark'], ''),
    layout: known(given.y, ['structure', 'domain', 'force', 'tree'], ''), scene: given.g || '',
    panel: Boolean(given.p), tab: known(given.p, ['source', 'path'], 'details'), nodes: nodesIn(given.n),
    edges: (given.e || '').split('~').map((token) => (token ? edgeOfToken(token) : -1)).filter((edge) => edge >= 0),
    classes: names(given.c, D.classIndex), relations: names(given.r, D.relIndex), bases: names(given.b, Object.fromEntries(BASES.map((basis, i) => [basis, i]))),
    year: /^year:\d{4}$/.test(given.a || '') ? given.a.slice(5) : '',
    // Links of earlier versions named a domain or an industry by letters of their own.
    about: one(given.a || given.i || given.d), focus: one(focus[1]), steps: Math.min(3, Math.max(1, Number(focus[0]) || 1)),
    open: nodesIn(given.o), hidden: nodesIn(given.h), path: [ends[0] ?? -1, ends[1] ?? -1],
    camera: camera.length === 3 && camera.every(Number.isFinite) ? camera : null,
    text: text.length === 3 && text.every(Number.isInteger) ? text : null, fate: known(given.k, ['context', 'open'], ''),
  });
}

/** Change the state; each change is a step that Back undoes, unless it is only a movement of the view. */
function change(patch, { silent = false } = {}) {
  Object.assign(S, patch);
  const address = `#${toFragment()}`;
  // The whole address: in a notebook's frame (about:srcdoc) a fragment alone would be one of the notebook.
  if (address !== location.hash) history[silent ? 'replaceState' : 'pushState'](null, '', location.href.split('#')[0] + address);
  if (!silent) refresh();
}

const select = (nodes, edges = [], more = {}) => change({ nodes, edges, panel: true, tab: 'details', text: null, ...more });
