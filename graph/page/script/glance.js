// The plan at a glance: counts, domains with industries, indicators with targets, declared counts checked, shares by basis.
const relEdges = (edges, name) => [...edges].filter((edge) => relName(edge) === name && V.edgePass[edge]);
const nodesOf = (name) => Array.from(V.pass.keys()).filter((node) => V.pass[node] && className(node) === name);

function card(title, ...content) {
  const id = `glance-${title}`;
  return h('section', { class: `card card-${title}`, 'aria-labelledby': id }, h('h2', { id }, t(title)), content);
}

function bars(rows, most) {
  return h('ul', { class: 'bars' }, rows.map(([name, value, mark]) => h('li', {}, mark, h('span', { class: 'bar-name' }, name),
    h('span', { class: 'bar-line', 'aria-hidden': 'true' }, h('span', { class: 'bar-fill', style: { width: `${(value / most) * 100}%` } })), h('span', { class: 'bar-value' }, value.toLocaleString('en')))));
}

function renderGlance() {
  const view = $('#view-glance');
  const counts = countsByClass(V.pass).map((count, cls) => [cls, count]).filter(([, count]) => count);
  const most = Math.max(1, ...counts.map(([, count]) => count));
  const plans = nodesOf('Plan');
  const main = plans.find((plan) => D.zh[plan] === $('#title').dataset.zh) ?? (plans.length === 1 ? plans[0] : undefined);
  show(view, h('div', { class: 'glance' }, inColumns([
    main === undefined ? null : planCard(main, plans.length),
    targetsCard(), card('counts', bars(counts.map(([cls, count]) => [classLabel(cls), count, markOf(D.classes[cls].name)]), most)),
    domainsCard(), declaredCard(), textsCard(), actionsCard(), sharesCard()])));
  if (!proofs) evidence().then(() => { if (S.view === 'glance') renderGlance(); });
}

function planCard(plan, plans) {
  const given = D.attrs[plan] || {};
  const facts = [given['dcterms:identifier'], given['dcterms:issued'] && valueText('dcterms:issued', given['dcterms:issued']), given['yf:startYear'] && given['yf:endYear'] ? `${given['yf:startYear']}–${given['yf:endYear']}` : null].filter(Boolean);
  return h('section', { class: 'card card-plan' }, h('p', { class: 'chip' }, markOf('Plan'), classLabel(D.classIndex.Plan)),
    h('h2', {}, nodeLink(plan)), S.lang !== 'en' && D.en[plan] ? h('p', { lang: 'en', class: 'soft' }, D.en[plan]) : null,
    h('p', { class: 'facts' }, facts.map((fact) => h('span', {}, String(fact)))), plans > 1 ? h('p', { class: 'soft' }, `${classLabel(D.classIndex.Plan)} × ${plans}`) : null);
}

/** Shares by basis, counted as the legend counts them: a relation that stands on two bases counts for both. */
function sharesCard() {
  const names = BASES.slice(0, PROPOSED);
  const totals = names.map(() => 0);
  let all = 0;
  let proposed = 0;
  for (let edge = 0; edge < D.edgeCount; edge += 1) {
    if (!V.edgePass[edge]) continue;
    if (onlyProposed(edge)) { proposed += 1; continue; }
    all += 1;
    names.forEach((_, i) => { if (D.bases[edge] & basisBit[i]) totals[i] += 1; });
  }
  const share = (count) => (all ? `${((count / all) * 100).toFixed(count === all ? 0 : 1)}%` : '0%');
  return card('shares', h('div', { class: 'shares', 'aria-hidden': 'true' }, names.map((name, i) => (totals[i] ? h('span', { class: `share ${name}`, style: { 'flex-grow': totals[i] } }) : null))),
    h('ul', { class: 'share-list' }, names.map((name, i) => h('li', {}, basisTag(name), h('strong', {}, ` ${totals[i].toLocaleString('en')} `), h('span', { class: 'soft' }, `${share(totals[i])} · ${t(`${name}Why`)}`)))),
    totals[0] + totals[1] + totals[2] > all ? h('p', { class: 'soft' }, t('severalBases', all.toLocaleString('en'))) : null,
    proposed ? h('p', { class: 'soft' }, basisTag('proposed'), ' ', t('proposals', proposed.toLocaleString('en'))) : null);
}

const MOST_MEASURED = 60;

function targetsCard() {
  const measured = nodesOf('Indicator').map((indicator) => [indicator, [...relEdges(D.out(indicator), 'hasTarget'), ...relEdges(D.out(indicator), 'hasObservation')].map((edge) => D.to[edge]).filter((node) => amount(node))]);
  if (!measured.length) return null;
  if (severalPlans()) {
    // In a folder what several plans set can be compared, and what has a known value shows a way: these come first.
    const rank = new Map(measured.map(([indicator, rows]) => [indicator, [new Set(rows.map((node) => D.plan[node])).size, rows.some((node) => className(node) === 'Observation' || D.start[node] !== undefined)]]));
    measured.sort(([a], [b]) => rank.get(b)[0] - rank.get(a)[0] || rank.get(b)[1] - rank.get(a)[1] || a - b);
  }
  return card('targets', fillBySteps(h('ul', { class: 'targets' }), measured, severalPlans() && !printing ? MOST_MEASURED : Infinity, ([indicator, rows]) => {
    const plans = severalPlans() && !rows.length ? [...D.into(indicator)].filter((edge) => relName(edge) === 'hasIndicator').map((edge) => D.from[edge]) : [];
    return h('li', {}, nodeLink(indicator), rows.length ? quantityBars(rows) : h('p', { class: 'soft' }, t('noTarget')), plans.map((plan) => h('p', { class: 'of-plan' }, nodeLink(plan))));
  }, (count) => t('showMoreOf', count)));
}

function domainsCard() {
  const domains = nodesOf('Domain');
  const industries = nodesOf('Industry');
  if (!industries.length) return null;
  const inDomain = new Map(domains.map((domain) => [domain, relEdges(D.into(domain), 'inDomain').map((edge) => D.from[edge])]));
  const placed = new Set([...inDomain.values()].flat());
  const rest = industries.filter((industry) => !placed.has(industry));
  const group = (head, members) => h('li', {}, h('p', { class: 'group-head' }, head, h('span', { class: 'soft' }, ` ${t('perIndustry', members.length)}`)),
    h('p', { class: 'chips' }, members.slice(0, 60).map((node) => nodeLink(node))));
  return card('byDomains', h('ul', { class: 'groups' }, [...inDomain].slice(0, 40).map(([domain, members]) => group(nodeLink(domain), members)), rest.length ? group(t('noDomain'), rest) : null));
}

function actionsCard() {
  const actions = [...nodesOf('Action'), ...nodesOf('Project')].slice(0, 60);
  if (!actions.length) return null;
  const reach = (action) => {
    const found = new Set();
    const visit = (node) => {
      for (const edge of relEdges(D.into(node), 'advancedBy')) found.add(D.from[edge]);
      for (const edge of relEdges(D.out(node), 'concerns')) if (className(D.to[edge]) === 'Industry') found.add(D.to[edge]);
      (D.children.get(node) || []).forEach(visit);
    };
    visit(action);
    return found;
  };
  const details = (node) => (D.children.get(node) || []).reduce((sum, child) => sum + 1 + details(child), 0);
  return card('byActions', h('table', { class: 'small' }, h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('name')), h('th', { scope: 'col' }, t('industry')), h('th', { scope: 'col' }, t('tasks')))),
    h('tbody', {}, actions.map((action) => {
      const found = [...reach(action)];
      return h('tr', {}, h('th', { scope: 'row' }, nodeLink(action)), h('td', {}, found.length ? h('span', { class: 'chips' }, h('strong', {}, `${found.length} `), found.slice(0, 20).map((node) => nodeLink(node))) : '–'), h('td', {}, String(details(action))));
    }))));
}

/** The document in which a count is declared, and the place of the sentence; null before the texts are open. */
function declaredIn(node) {
  for (const edge of D.into(node)) {
    if (!proofs || relName(edge) !== 'declares') continue;
    for (const statement of statementsOf(edge)) if (proofs.at[statement] >= 0) return { doc: proofs.doc[statement], place: proofs.passages[proofs.at[statement]][0] };
  }
  return null;
}

/** Declared counts, under the document in which they stand. */
function declaredCard() {
  const declared = nodesOf('Declaration').slice(0, 200);
  if (!declared.length) return null;
  const byDocument = new Map();
  for (const node of declared) {
    const where = declaredIn(node);
    const key = where ? where.doc : -1;
    if (!byDocument.has(key)) byDocument.set(key, []);
    byDocument.get(key).push([node, where]);
  }
  return card('declared', [...byDocument].map(([doc, list]) => h('table', { class: 'small' },
    h('caption', {}, doc >= 0 ? [`${t('declaredAt')}${colon()}`, h('span', { lang: 'zh-CN' }, proofs.documents[doc].name)] : ''),
    h('thead', {}, h('tr', {}, ['name', 'declaredCount', 'foundCount', 'verdict'].map((name) => h('th', { scope: 'col' }, t(name))))),
    h('tbody', {}, list.map(([node, where]) => h('tr', {}, h('th', { scope: 'row' }, nodeLink(node), where ? h('button', { type: 'button', class: 'quiet', 'aria-label': `${t('showText')} ${labelOf(node)}`, title: t('showText'), onclick: () => change({ tab: 'source', panel: true, text: [where.doc, ...where.place] }) }, '§') : null),
      h('td', {}, String(attrOf(node, 'yf:count') ?? '')), h('td', {}, membersOf(node).count ? String(membersOf(node).count) : '–'), h('td', {}, verdict(node))))))));
}

/** What became of the sentences of each text, those of which most was not understood first. */
function textsCard() {
  const rows = (proofs?.documents || []).map((doc, which) => [which, doc, tally(doc)]).filter(([, , counts]) => counts);
  if (!rows.length) return null;
  const share = ([, doc, counts]) => counts[2] / Math.max(1, doc.sentences.length);
  rows.sort((a, b) => share(b) - share(a) || a[0] - b[0]);
  const item = ([which, doc, counts]) => h('li', {}, h('button', { type: 'button', class: 'quiet', lang: 'zh-CN', onclick: () => change({ tab: 'source', panel: true, text: [which, 0, 0], nodes: [], edges: [], fate: counts[2] ? 'open' : '' }) }, doc.name),
    fateBar(counts), h('p', { class: 'soft' }, listed(STATES.map((state, i) => (counts[i] ? `${stateWords(state)} ${counts[i]}` : '')))));
  const list = fillBySteps(h('ul', { class: 'texts' }), rows, FEW, item, (count) => t('showMore', count));
  return card('texts', h('p', { class: 'facts' }, STATES.map((state) => h('span', {}, fateSample(state), ' ', stateWords(state)))), list);
}

/** Set cards in columns of about the same height, in reading order; no card is ever broken over two of them. */
function inColumns(cards) {
  const width = $('#view-glance').clientWidth || innerWidth;
  const count = Math.max(1, Math.min(3, Math.floor(width / 360)));
  const columns = Array.from({ length: count }, () => h('div', { class: 'glance-column' }));
  const heights = new Array(count).fill(0);
  for (const one of cards.filter(Boolean)) {
    const at = heights.indexOf(Math.min(...heights));
    columns[at].append(one);
    heights[at] += 4 + one.querySelectorAll('li, tr').length + one.querySelectorAll('svg.bullet').length;
  }
  return columns;
}
