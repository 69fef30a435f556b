// The controls around the picture: search, views, languages, legend with filters, the bars on the picture, the footer.

/** A text field with suggestions (ARIA 1.2 combobox): arrows move, Enter takes, Escape closes. */
function combobox(input, list, find) {
  let choices = [];
  let active = -1;
  const close = () => { list.hidden = true; active = -1; input.setAttribute('aria-expanded', 'false'); input.removeAttribute('aria-activedescendant'); };
  const mark = (next) => {
    active = next;
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === active)));
    if (active >= 0) { input.setAttribute('aria-activedescendant', list.children[active].id); list.children[active].scrollIntoView({ block: 'nearest' }); }
  };
  const update = () => {
    const query = input.value;
    choices = query.trim() ? find(query) : [];
    const words = query.trim() && !choices.length ? [h('li', { class: 'none', role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false', id: `${list.id}-none` }, t('nothing'))] : [];
    show(list, choices.map((choice, i) => h('li', { role: 'option', id: `${list.id}-${i}`, 'aria-selected': 'false', onmousedown: (event) => event.preventDefault(), onclick: () => take(i) }, choice.content)), words);
    list.hidden = !query.trim();
    input.setAttribute('aria-expanded', String(!list.hidden));
    if (choices.length) mark(0);
    if (input.id === 'search') say(t('suggestions', choices.length));
  };
  const take = (i) => { const choice = choices[i]; close(); if (choice) choice.pick(); };
  input.addEventListener('input', update);
  input.addEventListener('focus', () => { input.select(); });
  input.addEventListener('blur', () => setTimeout(() => { if (document.activeElement !== input) close(); }, 120));
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (list.hidden) update();
      else if (choices.length) mark((active + (event.key === 'ArrowDown' ? 1 : -1) + choices.length) % choices.length);
    } else if (event.key === 'Enter' && !list.hidden) { event.preventDefault(); take(active); } else if (event.key === 'Escape' && !list.hidden) { event.stopPropagation(); close(); }
  });
  // More to choose from has come: what is closed stays closed, and what is marked stays marked.
  const refresh = () => {
    if (list.hidden) return;
    const kept = active;
    update();
    if (kept > 0 && kept < choices.length) mark(kept);
  };
  return { refresh };
}

function nodeChoice(hit, pick) {
  const { node } = hit;
  const other = S.lang === 'en' && D.en[node] ? D.zh[node] : D.en[node];
  return { pick, content: [markOf(className(node)), h('span', { class: 'choice' }, label(node), hit.kind === 'alias' ? h('small', {}, hit.text) : other ? h('small', {}, other) : null), h('em', {}, classLabel(D.cls[node]))] };
}

function startSearch() {
  const input = $('#search');
  const box = combobox(input, $('#found'), (query) => {
    const nodes = findNodes(query, 10).map((hit) => nodeChoice(hit, () => { input.blur(); goTo(hit.node); }));
    const quotes = findQuotes(query, 4).map(({ doc, from, to, count }) => ({
      pick: () => { input.blur(); if (count) chooseText(doc, from, to); else change({ tab: 'source', panel: true, text: [doc, from, to] }); },
      content: [h('span', { class: 'choice quote-choice', lang: 'zh-CN' }, marked(cut(proofs.documents[doc], from, to), [query.trim()])), h('em', {}, t('inText'))],
    }));
    return [...nodes, ...quotes];
  });
  // Quotes are searched too, once the evidence is open; opening it begins when somebody is about to search.
  input.addEventListener('focus', () => evidence().then(box.refresh), { once: true });
}

const segments = (words, options, chosen, pick) => h('div', { class: 'segments', role: 'group', 'aria-label': words }, options.map(([value, text]) =>
  button(text, () => pick(value), { 'aria-pressed': String(chosen === value), 'data-keep': `${words}-${value}` })));

/** Segments, and where there is no room for them the same choice as a list to open. */
const choices = (words, options, chosen, pick) => [segments(words, options, chosen, pick),
  h('select', { class: 'only-small', 'aria-label': words, 'data-keep': `${words}-list`, onchange: (event) => pick(event.target.value) },
    options.some(([value]) => value === chosen) ? null : h('option', { value: '', disabled: true, selected: true }, words),
    options.map(([value, text]) => h('option', { value, selected: value === chosen }, text)))];

function setTheme(theme) { change({ theme }); }

function renderTop() {
  document.documentElement.lang = S.lang === 'en' ? 'en' : 'zh-CN';
  const dark = S.theme ? S.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  for (const element of document.querySelectorAll('[data-t]')) element.textContent = t(element.dataset.t);
  $('#search').placeholder = t('searchHint');
  $('#found').setAttribute('aria-label', t('search'));
  const title = $('#title');
  title.dataset.zh ??= title.textContent;
  const plan = mainPlan();
  const words = plan >= 0 ? labelOf(plan) : inLang(title.dataset.zh, t('plansTitle', title.dataset.zh.replace(/\D/g, '')));
  show(title, words, plan >= 0 ? glossLine(plan) : null);
  title.lang = plan >= 0 ? langOf(plan) : document.documentElement.lang;
  title.title = words;
  document.title = `${words} · ${t('app')}`;
  show($('#views'), [...segments(t('views'), [...(hasShelf() ? [['shelf', t('shelf')]] : []), ['net', t('net')], ['table', t('table')], ['matrix', t('matrix')], ['glance', t('glance')]], S.view, (view) => change({ view })).children]);
  $('#views').className = 'views segments';
  $('#views').setAttribute('aria-label', t('views'));
  // What to look at can be chosen from any view.
  show($('#drawer'), h('button', { type: 'button', class: 'only-small menu-button', 'aria-label': t('menu'), title: t('menu'), onclick: () => document.body.classList.add('with-filters') }, icon('filter')));
  const menu = h('details', { class: 'menu' }, h('summary', { 'aria-label': t('save'), title: t('save') }, icon('save'), h('span', {}, t('save'))),
    h('ul', {}, [['png', savePng], ['svg', saveSvg], ['pptx', savePptx], ['xlsx', saveXlsx], ['csvRows', saveRows], ['csvNodes', saveNodes], ['csvEdges', saveEdges], ['json', saveJson], ['turtle', saveTurtle], ['print', () => print()]]
      .filter(([what]) => !(wholeShown() && ['svg', 'pptx'].includes(what)) && !(what === 'csvRows' && !asking() && S.view !== 'matrix') && !(['matrix', 'shelf'].includes(S.view) && ['png', 'svg', 'pptx'].includes(what)))
      .map(([what, run]) => h('li', {}, button(t(what), () => { menu.open = false; run(); })))));
  const opened = $('#tools .menu')?.open;
  show($('#tools'),
    h('button', { type: 'button', class: 'text-button', lang: S.lang === 'en' ? 'zh-CN' : 'en', 'data-keep': 'lang', title: t('languageHint'), 'aria-label': t('language'), onclick: () => change({ lang: S.lang === 'en' ? 'zh' : 'en', camera: null }) }, h('span', { class: 'only-wide' }, t('language')), h('span', { class: 'only-small' }, t('languageShort'))),
    sign(dark ? 'light' : 'dark', t(dark ? 'toLight' : 'toDark'), () => setTheme(dark ? 'light' : 'dark'), { 'data-keep': 'theme', class: 'sign' }),
    sign('link', t('share'), share, { 'data-keep': 'share', class: 'sign' }), menu, sign('help', t('help'), openHelp, { 'data-keep': 'help', class: 'sign' }));
  menu.open = Boolean(opened);
}

function mainPlan() {
  const title = $('#title').dataset.zh;
  for (let i = 0; i < D.count; i += 1) if (D.zh[i] === title && className(i) === 'Plan') return i;
  return -1;
}

async function share() {
  change({}, { silent: true });
  try { await navigator.clipboard.writeText(location.href); } catch {
    // A file opened from disk may not write to the clipboard directly: the old way still works there.
    const field = h('textarea', { value: location.href, class: 'hidden' });
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }
  say(t('copied'));
  flash(t('copied'));
}

function flash(words) {
  const note = h('p', { class: 'flash', 'aria-hidden': 'true' }, words);
  document.body.append(note);
  setTimeout(() => note.remove(), 1800);
}

function filtered() { return S.classes.size || S.relations.size || S.bases.size || asking() || S.hidden.length || S.focus >= 0; }

/** A list of boxes to tick, with counts that follow the filters, and "only" to tick one alone. */
function ticks(name, items, off) {
  const all = items.map(([value]) => value);
  const set = (next) => change({ [name]: next });
  return h('ul', { class: 'ticks' }, items.map(([value, words, mark, count, total]) => h('li', { class: off.has(value) ? 'off' : null },
    h('label', {}, h('input', { type: 'checkbox', checked: !off.has(value), 'data-keep': `${name}-${value}`, onchange: (event) => { const next = new Set(off); if (event.target.checked) next.delete(value); else next.add(value); set(next); } }), mark, h('span', { class: 'tick-name' }, words)),
    h('button', { type: 'button', class: 'only', 'aria-label': `${words} ${t('only')}`, onclick: () => set(new Set(all.filter((other) => other !== value))) }, t('only')),
    h('span', { class: 'count', title: `${count} / ${total}` }, count === total ? count.toLocaleString('en') : `${count.toLocaleString('en')}/${total.toLocaleString('en')}`))));
}

const totals = {};

function renderFilters() {
  const bar = $('#filters');
  bar.setAttribute('aria-label', t('filters'));
  totals.classes ??= countsByClass(null);
  const counts = countsByClass(V.pass);
  const relTotals = new Array(D.relations.length).fill(0);
  const relCounts = new Array(D.relations.length).fill(0);
  const basisTotals = BASES.map(() => 0);
  const basisCounts = BASES.map(() => 0);
  for (let edge = 0; edge < D.edgeCount; edge += 1) {
    relTotals[D.rel[edge]] += 1;
    relCounts[D.rel[edge]] += V.edgePass[edge];
    for (let i = 0; i < BASES.length; i += 1) if (D.bases[edge] & (1 << i)) { basisTotals[i] += 1; basisCounts[i] += V.edgePass[edge]; }
  }
  const line = (basis) => s('svg', { viewBox: '0 0 26 8', class: `line ${basis}`, 'aria-hidden': 'true' }, s('path', { d: 'M1 4H25' }));
  const chooser = (classes) => {
    const kinds = classes.map((name) => D.classIndex[name]).filter((kind) => kind !== undefined);
    if (!kinds.length) return null;
    const words = kinds.length > 1 ? t('programmes') : classLabel(kinds[0]);
    const weight = (node) => D.out(node).length + D.into(node).length;
    const option = (node) => h('option', { value: String(node), selected: S.about === node, lang: langOf(node) }, labelOf(node));
    const select_ = h('select', { 'data-keep': `about-${classes[0]}`, onchange: (event) => { const node = Number(event.target.value); if (node >= 0) ask(node); else leaveAnswer(); } }, h('option', { value: '-1' }, t('any')));
    const options = () => Array.from({ length: D.count }, (_, node) => node).filter((node) => kinds.includes(D.cls[node])).sort((a, b) => weight(b) - weight(a) || a - b).slice(0, 500);
    // Long lists are filled when somebody is about to open them.
    if (!D.large) fill(select_, null, options().map(option));
    else {
      if (S.about >= 0 && kinds.includes(D.cls[S.about])) select_.append(option(S.about));
      for (const about_ of ['pointerdown', 'focus', 'keydown']) select_.addEventListener(about_, () => { if (select_.length < 3) fill(select_, null, options().filter((node) => node !== S.about).map(option)); }, { once: true });
    }
    return h('label', { class: 'choose' }, h('span', {}, words), select_);
  };
  const years = allYears();
  const yearChooser = years.length ? h('label', { class: 'choose' }, h('span', {}, t('yearIs')), h('select', { 'data-keep': 'about-year', onchange: (event) => { if (event.target.value) askYear(event.target.value); else leaveAnswer(); } },
    h('option', { value: '' }, t('any')), years.map(([year]) => h('option', { value: year, selected: S.year === year }, t('year', year))))) : null;
  const focused = document.activeElement?.dataset?.keep;
  const relOpen = $('#filters details.rels')?.open ?? false;
  const top = bar.scrollTop;
  const details = [...D.children.keys()];
  show(bar,
    h('div', { class: 'filters-top' }, h('h2', {}, t('filters')), filtered() ? button(t('reset'), () => change({ classes: new Set(), relations: new Set(), bases: new Set(), about: -1, year: '', hidden: [], focus: -1, camera: null }), { class: 'quiet', 'data-keep': 'reset' }) : null,
      sign('close', t('close'), () => document.body.classList.remove('with-filters'), { class: 'sign only-small' })),
    h('section', { class: 'choosers' }, h('h3', {}, t('askAbout')), ASKED.map(chooser), yearChooser),
    h('section', {}, h('h3', {}, t('classes')), ticks('classes', D.classes.map((cls, i) => [i, classLabel(i), markOf(cls.name), counts[i], totals.classes[i]]), S.classes)),
    h('section', {}, h('h3', {}, t('basis')), ticks('bases', BASES.map((basis, i) => [i, t(basis), line(basis), basisCounts[i], basisTotals[i]]).filter(([i]) => i !== PROPOSED || basisTotals[i]), S.bases)),
    h('details', { class: 'rels', open: relOpen || S.relations.size > 0 }, h('summary', {}, h('h3', {}, t('relations'))),
      ticks('relations', D.relations.map((rel, i) => [i, relLabel(i), null, relCounts[i], relTotals[i]]), S.relations)),
    details.length && !D.large ? h('div', { class: 'fold-all' }, button(t('unfoldAll'), () => { change({ open: details, camera: null }); fit(false); }, { class: 'quiet' }), button(t('foldAll'), () => { change({ open: [], nodes: [], edges: [], camera: null }); fit(false); }, { class: 'quiet' })) : null,
    S.hidden.length ? h('section', {}, h('h3', {}, t('hiddenNodes')), h('ul', { class: 'plain' }, S.hidden.map((node) => h('li', {}, button(labelOf(node), () => change({ hidden: S.hidden.filter((other) => other !== node) }), { class: 'quiet', title: t('restore') }))))) : null);
  if (focused) $(`[data-keep="${CSS.escape(focused)}"]`, bar)?.focus();
  bar.scrollTop = top;
}

/** The heading of an answer, above its picture. */
function renderAnswer() {
  const head = $('#answer');
  head.hidden = !asking() || S.view !== 'net';
  if (head.hidden) { head.replaceChildren(); return; }
  show(head, h('h2', {}, S.about >= 0 ? markOf(className(S.about)) : null, answerNow().title), sign('close', t('leaveAnswer'), leaveAnswer));
}

function renderBars() {
  const layouts = [['structure', t('structure')], ['domain', t('byDomain')], ['force', t('force')], ['tree', t('tree')]];
  const scenes = D.large ? choices(t('scene'), [['', t('overview')], ...(S.scene.startsWith('plan:') ? [[S.scene, labelOf(currentScene().plan ?? 0)]] : []), ['whole', t('whole')]], S.focus >= 0 || asking() ? null : S.scene, (scene) => change({ scene, focus: -1, about: -1, year: '', camera: null })) : null;
  show($('#bar'),
    scenes,
    wholeShown() || (D.large && !S.scene) ? null : choices(t('layout'), layouts, S.focus >= 0 || asking() ? null : layoutOf(currentScene()), (layout) => change({ layout: layout === (currentScene().first || 'structure') ? '' : layout, focus: -1, about: -1, year: '', camera: null })),
    S.focus >= 0 ? h('span', { class: 'focus-note' }, t('focus'), colon(), label(S.focus), ` · ${t('steps', S.steps)}`, sign('close', t('endFocus'), () => change({ focus: -1, camera: null }))) : null);
  show($('#low'),
    sign('undo', t('undo'), () => history.back(), { 'data-keep': 'undo', class: 'sign' }), sign('redo', t('redo'), () => history.forward(), { 'data-keep': 'redo', class: 'sign only-wide' }), h('span', { class: 'rule only-wide' }),
    sign('minus', t('zoomOut'), () => zoomBy(0.8), { class: 'sign only-wide' }), sign('plus', t('zoomIn'), () => zoomBy(1.25), { class: 'sign only-wide' }), sign('fit', t('fit'), () => fit()),
    wholeShown() ? null : [h('span', { class: 'rule only-wide' }), sign('physics', t(N.physics ? 'physicsOff' : 'physics'), () => { physics(!N.physics); renderBars(); }, { 'aria-pressed': String(N.physics), class: 'sign only-wide', 'data-keep': 'physics' })]);
  $('#net').setAttribute('aria-label', t('canvas'));
  $('#whole').setAttribute('aria-label', t('canvas'));
}

function renderFoot() {
  const { sources, licence, version } = D.colophon;
  const fact = (words, value, props = {}) => (value ? h('span', {}, `${t(words)}${colon()}`, h('span', props, value)) : null);
  const one = ({ title, number, url, hash }) => [fact('sourceIs', /^https?:/.test(url) ? h('a', { href: url, rel: 'noreferrer noopener', target: '_blank' }, title) : title, { lang: 'zh-CN' }), fact('number', number, { lang: 'zh-CN' }), fact('hash', hash ? h('code', { title: hash }, hash) : null)];
  const foot = $('#foot');
  // A phone has room for the source alone: the rest comes on request.
  const more = h('button', { type: 'button', class: 'only-small quiet', 'aria-expanded': String(foot.classList.contains('opened')), onclick: () => { foot.classList.toggle('opened'); renderFoot(); } }, t(foot.classList.contains('opened') ? 'lessFacts' : 'moreFacts'));
  show(foot, sources.length === 1 ? one(sources[0]) : sources.length ? h('details', {}, h('summary', {}, t('moreSources', sources.length)), h('ul', {}, sources.map((source) => h('li', {}, one(source))))) : null,
    fact('licence', licence), fact('version', `Yangfan ${version}`), more);
}
