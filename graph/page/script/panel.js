// The side panel: what is chosen, its attributes, its edges grouped by relation, and for each edge who says so.
const FEW = 40;
// A node with no more edges than this shows all their quotes at once.
const OPEN_QUOTES = 12;

function renderPanel() {
  const panel = $('#panel');
  panel.hidden = !S.panel;
  document.body.classList.toggle('with-panel', S.panel);
  if (!S.panel) { panel.replaceChildren(); return; }
  panel.setAttribute('aria-label', t('details'));
  const focused = document.activeElement?.dataset?.keep;
  const tabs = [['details', 'details'], ['source', 'source'], ['path', 'path']].map(([tab, words]) =>
    h('button', { type: 'button', role: 'tab', id: `tab-${tab}`, 'aria-selected': String(S.tab === tab), 'aria-controls': 'panel-body', tabindex: S.tab === tab ? '0' : '-1', 'data-keep': `tab-${tab}`,
      onclick: () => openTab(tab), onkeydown: (event) => tabKeys(event) }, t(words)));
  const body = h('div', { id: 'panel-body', role: 'tabpanel', 'aria-labelledby': `tab-${S.tab}`, tabindex: '0', 'data-keep': 'body' });
  show(panel,
    h('div', { class: 'panel-top' }, h('div', { role: 'tablist', 'aria-label': t('details') }, tabs),
      h('div', {}, sign('fit', t('expand'), () => document.body.classList.toggle('panel-wide'), { class: 'sign only-small' }), sign('close', t('close'), closePanel))), body);
  if (focused) $(`[data-keep="${CSS.escape(focused)}"]`)?.focus();
  if (!proofs) {
    show(body, h('p', { class: 'soft' }, t('loading')));
    evidence().then(() => { if (S.panel) renderPanel(); });
    return;
  }
  if (S.tab === 'source') renderText(body);
  else if (S.tab === 'path') renderPath(body);
  else if (S.nodes.length === 1 && !S.edges.length) show(body, nodeDetails(S.nodes[0]));
  else if (S.edges.length === 1 && !S.nodes.length) show(body, edgeDetails(S.edges[0]));
  else if (S.nodes.length || S.edges.length) show(body, severalDetails());
  else if (asking()) show(body, answerList(answerNow()));
  else show(body, h('p', { class: 'soft pick' }, t('pick')));
}

/** Open a tab of the panel; a path begins at what is chosen. */
function openTab(tab) {
  const [node] = S.nodes;
  change({ tab, ...(tab === 'path' && S.path[0] < 0 && node !== undefined && S.path[1] !== node ? { path: [node, S.path[1]] } : {}) });
}

function closePanel() { change({ panel: false }); $(wholeShown() ? '#whole' : '#net').focus(); }

function tabKeys(event) {
  const order = ['details', 'source', 'path'];
  const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!way) return;
  event.preventDefault();
  event.stopPropagation();
  const tab = order[(order.indexOf(S.tab) + way + 3) % 3];
  openTab(tab);
  $(`#tab-${tab}`).focus();
}

const chip = (node) => h('span', { class: 'chip' }, markOf(className(node)), h('span', {}, classLabel(D.cls[node])));

/** A node as a link that goes to it. */
function nodeLink(node, props = {}) {
  return h('button', { type: 'button', class: 'node-link', 'data-node': node, onclick: () => goTo(node), ...props }, markOf(className(node)), label(node));
}

const basisTag = (basis) => h('span', { class: `basis ${basis}`, title: t(`${basis}Why`) }, t(basis));

function valueText(curie, value) {
  if (Array.isArray(value)) return value.map((part) => valueText(curie, part)).join(comma());
  if (value && typeof value === 'object') {
    if (value.i === 'yf:ownTranslation') return t('own');
    if (value.i === 'yf:officialTranslation') return t('official');
    if (curie === 'yf:proposedClass') { const name = value.i.replace(/^yf:/, ''); return name in D.classIndex ? classLabel(D.classIndex[name]) : name; }
    return value.d ?? (D.terms[value.i] ? inLang(...D.terms[value.i]) : value.i.replace(/^unit:/, ''));
  }
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  return curie === 'yf:period' ? whenWords(String(value)) : String(value);
}

const SILENT = new Set(['yf:order', 'yf:comparator', 'yf:value', 'yf:lower', 'yf:upper', 'yf:unitText', 'qudt:hasUnit', 'yf:holds', 'yf:count', 'yf:noun', 'yf:perUnit', 'yf:change']);

function attributesOf(node) {
  const given = D.attrs[node] || {};
  const quantity = 'yf:value' in given || 'yf:lower' in given || 'yf:upper' in given || 'yf:count' in given;
  const rows = Object.entries(given).filter(([curie]) => curie !== 'yf:order' && !(quantity && SILENT.has(curie))).map(([curie, value]) => {
    const [zh, en] = D.attributes[curie] || [curie, curie];
    const text = valueText(curie, value);
    const web = /^https?:\/\//.test(text);
    const asserted = (proofs.curated[node] || []).filter(([about_]) => about_ === curie);
    return [h('dt', {}, inLang(zh, en)), h('dd', { lang: /[\u3400-\u9fff]/.test(text) ? 'zh-CN' : null, class: /^[0-9a-f]{64}$/.test(text) ? 'hash' : null, dir: 'auto' },
      web ? h('a', { href: text, rel: 'noreferrer noopener', target: '_blank' }, text) : text, asserted.map(assertedBy))];
  });
  for (const entry of proofs.curated[node] || []) {
    if (!(entry[0] in given)) rows.push([h('dt', {}, t('aliases')), h('dd', { dir: 'auto' }, valueText(entry[0], entry[1]), assertedBy(entry))]);
  }
  return rows.length ? h('dl', { class: 'attributes' }, rows) : null;
}

/** Who asserted an attribute: the source, its date and how good it is. */
function assertedBy([, , title, url, day, status, note]) {
  return h('p', { class: 'asserted' }, basisTag('curated'), ' ', sourceLink(title, url), ` · ${day}`, status ? ` · ${statusLabel(status)}` : '', note ? ` · ${note}` : '');
}

const sourceLink = (title, url) => (/^https?:\/\//.test(url) ? h('a', { href: url, rel: 'noreferrer noopener', target: '_blank' }, title) : title);

function nodeDetails(node) {
  const folded = badgeOf(node);
  const otherName = S.lang === 'en' && englishOf(node) ? D.zh[node] : D.en[node];
  const aliases = (D.alt[node] || []).map(([language, name]) => h('span', { lang: language === 'zh' ? 'zh-CN' : language, dir: 'auto' }, name));
  return [
    h('header', { class: 'node-head' }, chip(node), h('h2', { lang: langOf(node), dir: 'auto' }, labelOf(node)), glossLine(node),
      otherName ? h('p', { class: 'other', lang: S.lang === 'en' && englishOf(node) ? 'zh-CN' : 'en' }, otherName) : null,
      aliases.length ? h('p', { class: 'aliases' }, t('aliases'), colon(), aliases.flatMap((a, i) => (i ? [comma(), a] : [a]))) : null),
    h('div', { class: 'actions' },
      folded > 0 ? button(t('unfold', folded), () => toggle(node)) : folded < 0 ? button(t('foldUp'), () => toggle(node)) : null,
      canAsk(node) && S.about !== node ? button(t('askThis'), () => ask(node), { class: 'lead' }) : null,
      asking() ? button(t('backToList'), () => change({ nodes: [], edges: [] })) : null,
      D.overview && D.scenes.some((scene) => scene.plan === node) && S.scene !== `plan:${shortIri(node)}` ? button(t('expandPlan'), () => openPlan(node)) : null,
      h('span', { class: 'steps', role: 'group', 'aria-label': t('focus') }, h('span', {}, t('focus')), [1, 2, 3].map((steps) =>
        button(String(steps), () => change({ focus: node, steps, view: 'net', camera: null }), { 'aria-pressed': String(S.focus === node && S.steps === steps), 'aria-label': `${t('focus')} ${t('steps', steps)}` }))),
      S.focus >= 0 ? button(t('endFocus'), () => change({ focus: -1, camera: null })) : null,
      button(t('pathFrom'), () => change({ tab: 'path', path: [node, S.path[1] === node ? -1 : S.path[1]] })),
      button(t('hideNode'), () => change({ hidden: [...new Set([...S.hidden, node])], nodes: [] })),
      S.view === 'net' ? null : button(t('openIn'), () => { change({ view: 'net' }); goTo(node); })),
    quantity(node), attributesOf(node), edgeGroups(node),
    h('p', { class: 'iri' }, h('code', {}, iriOf(node)), button(t('copyIri'), () => navigator.clipboard?.writeText(iriOf(node)), { class: 'quiet' })),
  ];
}

/** All edges of a node by relation, forwards and backwards, each with its quote to unfold. */
function edgeGroups(node) {
  const groups = new Map();
  for (const [edges, backwards] of [[D.out(node), false], [D.into(node), true]]) {
    for (const edge of edges) {
      if (!V.edgePass[edge] && edgePasses(edge) === false) continue;
      const key = `${D.rel[edge]}${backwards ? '<' : '>'}`;
      if (!groups.has(key)) groups.set(key, { backwards, rel: D.rel[edge], edges: [] });
      groups.get(key).edges.push(edge);
    }
  }
  const opens = [...groups.values()].reduce((sum, { edges }) => sum + edges.length, 0) <= OPEN_QUOTES;
  const ordered = [...groups.values()].sort((a, b) => a.backwards - b.backwards || a.rel - b.rel);
  return h('section', { class: 'edge-groups', 'aria-label': t('edges') }, h('h3', {}, t('edges')), ordered.map(({ backwards, rel, edges }) => {
    const list = fillBySteps(h('ul', {}), edges, FEW, (edge) => edgeItem(edge, backwards, opens), (count) => t('moreEdges', count));
    return h('section', {}, h('h4', {}, h('span', { class: 'way', 'aria-hidden': 'true' }, backwards ? '←' : '→'), backwards ? backLabel(rel) : relLabel(rel), h('span', { class: 'count' }, edges.length)), list);
  }));
}

/** One edge in a list: the neighbour as a link, the basis, and the quote behind "who says so?". */
function edgeItem(edge, backwards, opens) {
  const neighbour = backwards ? D.from[edge] : D.to[edge];
  const words = backwards ? backLabel(D.rel[edge]) : relLabel(D.rel[edge]);
  const opened = opens || S.edges.includes(edge);
  const holder = h('div', { class: 'proof', id: `proof-${edge}`, hidden: !opened });
  if (opened) show(holder, proofOf(edge));
  const ask = h('button', { type: 'button', class: 'who', 'aria-expanded': String(opened), 'aria-controls': `proof-${edge}`,
    onclick: () => {
      const now = holder.hidden;
      if (now) show(holder, proofOf(edge));
      holder.hidden = !now;
      ask.setAttribute('aria-expanded', String(now));
    } }, basisTags(edge), h('span', { class: 'hidden' }, ` ${t('who')} ${words} ${labelOf(neighbour)}`));
  return h('li', {}, h('div', { class: 'edge-line' }, nodeLink(neighbour), ask), holder);
}

const basisTags = (edge) => BASES.filter((_, i) => D.bases[edge] & (1 << i)).map(basisTag);

function edgeDetails(edge) {
  return [
    h('header', { class: 'edge-head' }, h('p', { class: 'chip' }, t('relation')),
      h('h2', {}, nodeLink(D.from[edge]), h('span', { class: 'verb' }, relLabel(D.rel[edge]), ' →'), nodeLink(D.to[edge]))),
    h('div', { class: 'proof' }, proofOf(edge)),
  ];
}

/** What has to be opened for the ends of these relations to be seen each by itself. */
function foldedIn(edges) {
  const found = new Set();
  for (const edge of edges) for (const end of [D.from[edge], D.to[edge]]) for (let up = D.fold[end]; up >= 0; up = D.fold[up]) if (!V.opened.has(up)) found.add(up);
  return [...found];
}

/** The list beside an answer: by plan its tasks with their roles and dates, then targets with their values, each with who says so. */
function answerList(answer) {
  const planOf = (node) => (className(node) === 'Target' ? [...D.out(node)].filter((edge) => relName(edge) === 'setBy').map((edge) => D.to[edge])[0] : undefined) ?? D.plan[node];
  const item = (node, said, words) => {
    const first = said.find(({ edge }) => edge >= 0);
    const holder = h('div', { class: 'proof', hidden: true });
    const asked = first ? h('button', { type: 'button', class: 'who', 'aria-expanded': 'false', onclick: () => {
      if (holder.hidden) show(holder, said.filter(({ edge }) => edge >= 0).map(({ edge }) => proofOf(edge)));
      holder.hidden = !holder.hidden;
      asked.setAttribute('aria-expanded', String(!holder.hidden));
    } }, basisTags(first.edge), h('span', { class: 'hidden' }, ` ${t('who')} ${labelOf(node)}`)) : null;
    return h('li', {}, h('div', { class: 'edge-line' }, h('span', {}, nodeLink(node), words ? h('span', { class: 'soft role' }, words) : null), asked), holder);
  };
  const section = (head, list) => (list.length ? h('section', {}, h('h4', {}, head, h('span', { class: 'count' }, list.length)), h('ul', {}, list)) : null);
  const byPlan = [...answer.plans].map(([plan, said]) => h('section', { class: 'answer-plan' },
    h('h3', {}, nodeLink(plan), said.filter(({ rel }) => rel >= 0).map(({ rel }) => h('span', { class: 'soft role' }, relLabel(rel)))),
    [...byWords([...answer.tasks.keys()].filter((task) => D.plan[task] === plan), (task) => rolesOf(task, answer))].map(([role, tasks]) => section([t('tasks'), role].filter(Boolean).join(' · '), tasks.map((task) => item(task, answer.tasks.get(task), dueOf(task))))),
    section(t('targets'), [...answer.targets].filter(([target]) => planOf(target) === plan).map(([target, roles]) => item(target, roles, [amount(target), attrOf(target, 'yf:year')].filter(Boolean).join(' · '))))));
  const more = new Map();
  for (const [node, said] of answer.more) { const cls = D.cls[node]; if (!more.has(cls)) more.set(cls, []); more.get(cls).push([node, said]); }
  return [
    h('h2', {}, answer.title), h('div', { class: 'actions' }, S.about >= 0 ? button(t('aboutThis'), () => change({ nodes: [S.about] })) : null, button(t('leaveAnswer'), leaveAnswer)),
    byPlan,
    [...more].sort((a, b) => a[0] - b[0]).map(([cls, list]) => section(classLabel(cls), list.map(([node, said]) => item(node, said, said.filter(({ rel }) => rel >= 0).map(({ rel }) => relLabel(rel)).join(comma()))))),
  ];
}

function severalDetails() {
  return [
    h('h2', {}, t('several', S.nodes.length, S.edges.length)),
    foldedIn(S.edges).length ? h('div', { class: 'actions' }, button(t('unfoldThese'), () => change({ open: [...new Set([...S.open, ...foldedIn(S.edges)])] }))) : null,
    S.nodes.length ? h('ul', { class: 'plain' }, S.nodes.map((node) => h('li', {}, nodeLink(node)))) : null,
    S.edges.length ? h('ul', { class: 'chain' }, S.edges.slice(0, 200).map((edge) => h('li', {},
      h('p', { class: 'triple' }, nodeLink(D.from[edge]), h('span', { class: 'verb' }, relLabel(D.rel[edge]), ' →'), nodeLink(D.to[edge])), proofOf(edge)))) : null,
  ];
}

/** Who says so: every statement of an edge, with its quote in context, its place and its basis. */
function proofOf(edge) {
  const names = [D.from[edge], D.to[edge]].flatMap((node) => [D.zh[node], ...(D.alt[node] || []).map(([, name]) => name), attrOf(node, 'yf:alias')]).filter((name) => typeof name === 'string' && name);
  return statementsOf(edge).map((statement) => statementOf(statement, names));
}

function statementOf(statement, names, depth = 0) {
  const basis = BASES[proofs.basis[statement]];
  const rule = h('span', { class: 'rule' }, `${t('rule')} `, h('span', { title: proofs.rules[proofs.rule[statement]] }, ruleLabel(proofs.rules[proofs.rule[statement]])));
  const parts = [h('p', { class: 'grounds' }, basisTag(basis), rule)];
  const at = proofs.at[statement];
  if (at >= 0) parts.push(quoteOf(proofs.doc[statement], proofs.passages[at], names));
  if (proofs.wording[statement]) parts.push(h('p', { class: 'asserted' }, `${t('wording')}${colon()}`, h('q', { lang: 'zh-CN' }, proofs.wording[statement])));
  const source = proofs.source[statement];
  if (source) {
    const [title, url, day, status] = source;
    parts.push(basis === 'proposed' ? h('p', { class: 'asserted' }, `${t('proposedBy')}${colon()}${title}`) : h('p', { class: 'asserted' }, `${t('asserted')}${colon()}`, sourceLink(title, url), ` · ${day}`, status ? ` · ${statusLabel(status)}` : ''));
  }
  if (proofs.note[statement]) parts.push(h('p', { class: 'asserted' }, `${t('noted')}${colon()}`, proofs.note[statement]));
  const origins = proofs.from[statement] || [];
  if (origins.length && depth < 2) {
    parts.push(h('div', { class: 'origins' }, h('p', { class: 'soft' }, t('from')), origins.map((origin) => {
      const edge = proofs.edgeOf[origin];
      return h('div', {}, h('p', { class: 'triple' }, nodeLink(D.from[edge]), h('span', { class: 'verb' }, relLabel(D.rel[edge]), ' →'), nodeLink(D.to[edge])),
        statementOf(origin, [D.zh[D.from[edge]], D.zh[D.to[edge]]], depth + 1));
    })));
  }
  return h('div', { class: 'statement' }, parts);
}

/** How good a source is, in words. */
const statusLabel = (status) => (proofs.statusWords[status] ? inLang(...proofs.statusWords[status]) : status);

/** What a rule does, in words; a rule without words is shown by its name. */
function ruleLabel(rule) {
  const words = proofs.ruleWords?.[rule];
  return words ? inLang(words[0], words[1]) : rule;
}

/** A quote in its context: headings above it, the line it stands in, the words of both labels marked. */
function quoteOf(docIndex, spans, names) {
  const doc = proofs.documents[docIndex];
  const [[from, to], ...heads] = spans;
  const line = doc.lines.find((one) => one.from <= from && from < one.to) || { from, to };
  const before = cut(doc, Math.max(line.from, from - 48), from);
  const after = cut(doc, to, Math.min(Math.max(line.to, to), to + 48));
  return h('figure', { class: 'quote' },
    heads.length ? h('p', { class: 'heads', lang: 'zh-CN' }, heads.sort((a, b) => a[0] - b[0]).map(([a, b]) => h('span', {}, marked(cut(doc, a, b), names)))) : null,
    h('blockquote', { lang: 'zh-CN', dir: 'auto' }, before ? h('span', { class: 'context' }, (from - 48 > line.from ? '…' : '') + before) : null,
      h('span', { class: 'exact' }, marked(cut(doc, from, to), names)), after ? h('span', { class: 'context' }, after + (to + 48 < line.to ? '…' : '')) : null),
    h('figcaption', {}, h('span', { lang: 'zh-CN' }, doc.name), ` · ${t('place', from, to)} `,
      h('button', { type: 'button', class: 'quiet', onclick: () => change({ tab: 'source', panel: true, text: [docIndex, from, to] }) }, t('showText'))));
}

/** A text with every occurrence of the names marked, longest names first. */
function marked(text, names) {
  const wanted = [...new Set(names)].filter(Boolean).sort((a, b) => b.length - a.length);
  if (!wanted.length) return text;
  const escape = (name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = new RegExp(wanted.map(escape).join('|'), 'g');
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(text.slice(end, match.index), h('mark', {}, match[0]));
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}
