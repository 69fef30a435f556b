// The shelf of a folder: its plans as a list and on a line of years, with issuers, level, size, what they share, and who cites whom.
const ROW = 52;
const SH = { order: 'level', plan: -1 };
const LEVELS = ['national', 'province', 'prefecture', 'county', 'local', 'unknown'];

/** The plans of the graph that have something of their own, and whether there are enough of them for a shelf. */
function shelfPlans() {
  D.shelf ??= (() => {
    const own = new Map();
    for (let node = 0; node < D.count; node += 1) if (D.plan[node] >= 0 && D.plan[node] !== node) own.set(D.plan[node], (own.get(D.plan[node]) || 0) + 1);
    return Array.from({ length: D.count }, (_, node) => node).filter((node) => className(node) === 'Plan').map((plan) => ({ plan, own: own.get(plan) || 0 }));
  })();
  return D.shelf;
}
const hasShelf = () => shelfPlans().filter(({ own }) => own > 0).length > 1;

const ends = (edges, name, side) => [...edges].filter((edge) => asserts(edge, name) && edgePasses(edge)).map((edge) => D[side][edge]);

/** The places of a body: those that the text gives it, else one whose name its own begins with. */
function placesOf(body) {
  const given = ends(D.out(body), 'ofPlace', 'to');
  if (given.length) return given;
  D.places ??= Array.from({ length: D.count }, (_, node) => node).filter((node) => className(node) === 'Place');
  return D.places.filter((place) => D.zh[body].startsWith(D.zh[place]) && D.zh[body] !== D.zh[place]);
}

/** The level of a plan: that of the place of who issued it; a body of no place is a national one. */
function levelOf(issuers) {
  if (!issuers.length) return 'unknown';
  const kinds = issuers.flatMap((body) => placesOf(body).map((place) => String(attrOf(place, 'yf:placeKind') ?? 'local')));
  const kind = kinds.sort((a, b) => LEVELS.indexOf(a) - LEVELS.indexOf(b))[0];
  return kind === undefined ? 'national' : LEVELS.includes(kind) ? kind : 'local';
}

/** What the shelf says of each plan. */
function shelfRows() {
  const shared = new Map();
  const counts = new Map();
  for (let node = 0; node < D.count; node += 1) {
    const plan = D.plan[node];
    if (plan < 0 || plan === node || !V.pass[node]) continue;
    if (!counts.has(plan)) counts.set(plan, { tasks: [], targets: 0 });
    if (isA(node, 'Task')) counts.get(plan).tasks.push(node);
    if (className(node) === 'Target') counts.get(plan).targets += 1;
  }
  for (let edge = 0; edge < D.edgeCount; edge += 1) {
    if (!V.edgePass[edge] || onlyProposed(edge)) continue;
    for (const [end, other] of [[D.from[edge], D.to[edge]], [D.to[edge], D.from[edge]]]) {
      const plan = className(end) === 'Plan' ? end : D.plan[end];
      if (plan < 0 || D.plan[other] >= 0 || ['Plan', 'SourceDocument', 'Deadline', 'Frequency'].includes(className(other))) continue;
      if (!shared.has(other)) shared.set(other, new Set());
      shared.get(other).add(plan);
    }
  }
  const rows = shelfPlans().filter(({ plan }) => V.pass[plan]).map(({ plan, own }) => {
    const issuers = ends(D.out(plan), 'issuedBy', 'to');
    const issued = attrOf(plan, 'dcterms:issued')?.d ?? '';
    const [start, end] = [attrOf(plan, 'yf:startYear'), attrOf(plan, 'yf:endYear')].map((year) => (year === undefined ? NaN : Number(year)));
    return { plan, own, issuers, issued, start, end, level: levelOf(issuers), tasks: [], targets: 0, ...counts.get(plan), shares: [], neighbours: new Map() };
  });
  const of = new Map(rows.map((row) => [row.plan, row]));
  for (const [node, plans] of shared) {
    const here = [...plans].filter((plan) => of.has(plan));
    if (here.length < 2) continue;
    for (const plan of here) {
      of.get(plan).shares.push([node, here.length]);
      for (const other of here) if (other !== plan) of.get(plan).neighbours.set(other, (of.get(plan).neighbours.get(other) || 0) + 1);
    }
  }
  for (const row of rows) row.shares.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return rows;
}

/** The citations between plans of the shelf. */
function citations(rows) {
  const here = new Set(rows.map(({ plan }) => plan));
  const found = new Map();
  for (const { plan } of rows) {
    for (const edge of D.out(plan)) {
      if (!V.edgePass[edge] || onlyProposed(edge) || !here.has(D.to[edge]) || D.to[edge] === plan) continue;
      const key = `${plan}|${D.to[edge]}`;
      if (!found.has(key)) found.set(key, { from: plan, to: D.to[edge], edges: [] });
      found.get(key).edges.push(edge);
    }
  }
  return [...found.values()];
}

/** The groups of the shelf in its order: by level, by what plans share, or by time. */
function shelfGroups(rows) {
  const when = ({ start, issued }) => start || Number(issued.slice(0, 4)) || 9999;
  const byTime = (a, b) => when(a) - when(b) || a.issued.localeCompare(b.issued) || a.plan - b.plan;
  if (SH.order === 'time') return [['', rows.slice().sort(byTime)]];
  if (SH.order === 'theme' && D.overview) {
    const community = new Map(D.overview.communities.flatMap(([, , plans], i) => plans.map((plan) => [plan, i])));
    const groups = new Map();
    for (const row of rows.slice().sort(byTime)) { const key = community.get(row.plan) ?? -1; if (!groups.has(key)) groups.set(key, []); groups.get(key).push(row); }
    const [alone, several] = [[], []];
    for (const [key, list] of [...groups].sort((a, b) => a[0] - b[0])) (list.length > 1 ? several : alone).push([communityName(key), list]);
    return alone.length ? [...several, [t('alone'), alone.flatMap(([, list]) => list).sort(byTime)]] : several;
  }
  return LEVELS.map((level) => [t(`level_${level}`), rows.filter((row) => row.level === level).sort(byTime)]).filter(([, list]) => list.length);
}

/** What holds a community together, in words: what most of its plans share, and the words that their titles have in common. */
function communityName(index) {
  const [names] = D.overview.communities[index] || [[]];
  return names.length ? names.map((name) => (typeof name === 'number' ? labelOf(name) : inLang(...name))).join(comma()) : t('alone');
}

function renderShelf() {
  const view = $('#view-shelf');
  const rows = shelfRows();
  if (!rows.length) { show(view, h('p', { class: 'soft pick' }, t('noCanvas'))); return; }
  const groups = shelfGroups(rows);
  const years = rows.flatMap(({ start, end, issued }) => [start, end, Number(issued.slice(0, 4)) || NaN]).filter((year) => Number.isFinite(year) && year > 1900);
  const [first, last] = years.length ? [Math.min(...years), Math.max(...years)] : [0, 0];
  const at = (year) => ((year - first) / (last - first + 1)) * 100;
  const mostTasks = Math.max(1, ...rows.map(({ tasks }) => tasks.length));
  // As many years as can be written beside each other.
  const step = [1, 2, 5, 10, 20].find((years_) => (last - first) / years_ <= 7) ?? 50;
  const ticksAt = !first ? [] : Array.from({ length: last - first + 1 }, (_, i) => first + i).filter((year) => year % step === 0);
  const chosen = rows.find(({ plan }) => plan === SH.plan);
  const near = chosen ? chosen.neighbours : null;
  const order = groups.flatMap(([, list]) => list.map(({ plan }) => plan));
  let line = -1;
  const place = new Map();
  const body = groups.flatMap(([name, list]) => {
    if (name) line += 1;
    const head = name ? [h('tr', { class: 'shelf-head' }, h('th', { scope: 'rowgroup', colspan: 5 }, name, h('span', { class: 'count' }, ` ${list.length}`)))] : [];
    return [...head, ...list.map((row) => {
      line += 1;
      place.set(row.plan, line);
      const bar = Number.isFinite(row.start) && Number.isFinite(row.end) ? h('span', { class: 'span', style: { left: `${at(row.start)}%`, width: `${at(row.end + 1) - at(row.start)}%` } }, h('span', { class: 'hidden term' }, row.start === row.end ? String(row.start) : `${row.start}–${row.end}`)) : null;
      const issuedAt = row.issued && Number(row.issued.slice(0, 4)) > 1900 ? Number(row.issued.slice(0, 4)) + (Number(row.issued.slice(5, 7)) - 1 || 0) / 12 : NaN;
      const mark = Number.isFinite(issuedAt) ? h('span', { class: 'issued', title: `${t('issuedOn')} ${row.issued}`, style: { left: `${at(issuedAt)}%` } }, bar ? null : h('span', { class: 'hidden term' }, row.issued.slice(0, 7))) : null;
      const shares = near && row.plan !== SH.plan ? near.get(row.plan) || 0 : row.neighbours.size;
      return h('tr', { class: near && row.plan !== SH.plan && !near.has(row.plan) ? 'faint' : null, 'aria-current': row.plan === SH.plan ? 'true' : null },
        h('th', { scope: 'row' }, h('span', { class: 'two-lines' }, h('button', { type: 'button', class: 'node-link', title: D.zh[row.plan], onclick: () => openFromShelf(row.plan) }, markOf('Plan'), label(row.plan)), glossLine(row.plan))),
        h('td', { class: 'issuers' }, h('span', { class: 'two-lines' }, row.issuers.slice(0, 3).map((body_, i) => [i ? comma() : '', label(body_)]), row.issuers.length > 3 ? ` ${t('andMore', row.issuers.length - 3)}` : '')),
        h('td', { class: 'size' }, row.own ? [h('span', { class: 'bar-line', 'aria-hidden': 'true' }, h('span', { class: 'bar-fill', style: { width: `${(row.tasks.length / mostTasks) * 100}%` } })), h('span', {}, listed([taskCounts(row.tasks), row.targets ? counted('targetsN', row.targets) : '']).split(/(?<=[、,] ?)(?=\d)/).map((words) => h('span', { class: 'unbroken' }, words)))] : h('span', { class: 'soft' }, t('onlyCited'))),
        h('td', { class: 'shares' }, row.neighbours.size ? h('button', { type: 'button', class: 'quiet', 'aria-pressed': String(row.plan === SH.plan), title: t('sharesAre', row.neighbours.size, row.shares.length) + colon() + row.shares.slice(0, 8).map(([node]) => labelOf(node)).join(comma()), onclick: () => { SH.plan = SH.plan === row.plan ? -1 : row.plan; renderShelf(); } }, near && row.plan !== SH.plan ? (shares ? t('sharesN', shares) : '–') : t('sharesWith', row.neighbours.size, row.shares.length)) : h('span', { class: 'soft' }, '–')),
        h('td', { class: 'years' }, h('span', { class: 'track' }, ticksAt.map((year) => h('span', { class: 'tick', 'aria-hidden': 'true', style: { left: `${at(year)}%` } })), bar, mark)));
    })];
  });
  const links = citations(rows);
  const arcs = links.map(({ from, to, edges }) => {
    const [a, b] = [place.get(from), place.get(to)].map((index) => (index + 0.5) * ROW);
    const reach = Math.min(56, 12 + Math.abs(a - b) * 0.12);
    return s('path', { class: 'arc', d: `M0 ${a}C${reach} ${a} ${reach} ${b} 5 ${b}`, 'marker-end': 'url(#arc-end)', tabindex: '0', role: 'button', 'aria-label': `${labelOf(from)} ${bundleWords(edges)} ${labelOf(to)}`, onclick: () => select([], edges), onkeydown: (event) => { if (event.key === 'Enter') select([], edges); } },
      s('title', {}, `${labelOf(from)}\n${bundleWords(edges)} →\n${labelOf(to)}`));
  });
  const heading = [counted('plansN', rows.length), t('bodiesN', nodesOf('Organization').length.toLocaleString('en')), taskCounts(rows.flatMap(({ tasks }) => tasks)),
    counted('targetsN', rows.reduce((sum, { targets }) => sum + targets, 0)), links.length ? counted('citesN', links.length) : ''].filter(Boolean).join(' · ');
  const orders = [['level', t('byLevel')], ...(D.overview ? [['theme', t('byTheme')]] : []), ['time', t('byYears')]];
  const top = $('.scroll', view)?.scrollTop ?? 0;
  show(view,
    h('div', { class: 'table-head' }, h('h2', {}, heading), h('p', { class: 'marks' },
      years.length ? [h('span', {}, h('span', { class: 'span key-mark', 'aria-hidden': 'true' }), ` ${t('termIs')}`), h('span', {}, h('span', { class: 'issued key-mark', 'aria-hidden': 'true' }), ` ${t('issueIs')}`)] : null,
      links.length ? h('span', {}, h('span', { class: 'arc-sample', 'aria-hidden': 'true' }, '⤺'), ' ', h('span', {}, t('arcIs'))) : null), segments(t('order'), orders, SH.order, (next) => { SH.order = next; renderShelf(); })),
    chosen ? h('p', { class: 'shared-with' }, nodeLink(chosen.plan), ` ${t('sharedThings')}`, chosen.shares.slice(0, 14).map(([node, count]) => h('span', { class: 'chip-count' }, nodeLink(node), h('span', { class: 'count' }, String(count)))), button(t('close'), () => { SH.plan = -1; renderShelf(); }, { class: 'quiet' })) : null,
    h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': t('shelf') },
      h('div', { class: arcs.length ? 'shelf-sheet cites' : 'shelf-sheet' },
        h('table', { class: 'shelf' }, h('caption', { class: 'hidden' }, t('shelf')),
          h('thead', {}, h('tr', {}, ['planIs', 'issuerIs', 'sizeIs', 'sharedIs'].map((word) => h('th', { scope: 'col' }, t(word))), h('th', { scope: 'col', class: 'years' }, h('span', { class: 'track' }, ticksAt.map((year) => h('span', { class: 'year', style: { left: `${at(year)}%` } }, String(year))), h('span', { class: 'hidden' }, t('periodIs')))))),
          h('tbody', {}, body)),
        arcs.length ? s('svg', { class: 'arcs', width: 64, height: (line + 1) * ROW, viewBox: `0 0 64 ${(line + 1) * ROW}`, role: 'group', 'aria-label': t('citesIs') },
          s('defs', {}, s('marker', { id: 'arc-end', viewBox: '0 0 6 6', refX: 5, refY: 3, markerWidth: 6, markerHeight: 6, orient: 'auto' }, s('path', { d: 'M0 0L6 3L0 6z' }))), arcs) : null)));
  $('.scroll', view).scrollTop = top;
  return order;
}

/** Open a plan from the shelf: its own picture, with what it is beside it. */
function openFromShelf(plan) {
  const scene = D.large ? D.scenes.find((one) => one.plan === plan) : null;
  change({ view: 'net', scene: scene ? `plan:${shortIri(plan)}` : S.scene, nodes: scene ? [] : [plan], edges: [], focus: -1, camera: null, panel: !scene });
}
