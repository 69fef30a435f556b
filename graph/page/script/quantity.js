// Quantities: a target as the way from where things stand to where they are to be, never as a bar that looks like something done.
/** A year, a span of years or a named time (基期) as the page's language writes it. */
const whenWords = (when) => (S.lang !== 'en' ? when : D.units[when]?.[0] ?? when.replace(/^(\d{4})年?(?:\s*[-—–－~～至到]+\s*(\d{4}))?年?$/, (_, from, to) => (to ? `${from}–${to}` : from)));

/** "2025 年", or a named time as it is. */
const inYear = (when) => (/\d$/.test(whenWords(when)) ? t('year', whenWords(when)) : whenWords(when));

/** A target or observation in words, as the build says it: sign, number and unit. */
const amount = (node) => D.said[node]?.[S.lang === 'en' ? 1 : 0] ?? '';

const measured = (node, ...names) => names.map((name) => Number(D.attrs[node]?.[name] ?? NaN)).find((value) => Number.isFinite(value));
const whenOf = (node) => String(attrOf(node, 'yf:year') ?? attrOf(node, 'yf:period') ?? '');

/** Where a target starts from, as the build found: a known value, or -1. */
const baseOf = (target) => D.start[target] ?? -1;

/** What a quantity panel shows of a node: an indicator's targets and observations, or the one that it is. */
function quantity(node) {
  const cls = className(node);
  if (cls === 'Declaration') return declarationOf(node);
  const rows = cls === 'Indicator' ? [...D.out(node)].map((edge) => D.to[edge]).filter((other) => ['Target', 'Observation'].includes(className(other)))
    : ['Target', 'Observation'].includes(cls) ? [node] : [];
  if (!rows.some((row) => amount(row))) return null;
  return h('section', { class: 'quantities' }, quantityBars(rows));
}

const planOfTarget = (node) => [...D.out(node)].filter((edge) => relName(edge) === 'setBy').map((edge) => D.to[edge])[0] ?? D.plan[node];
const severalPlans = () => nodesOf('Plan').length > 1;

/** Targets as bullets; observations that are no target's base as plain figures. Figures of several plans name their plan. */
function quantityBars(rows) {
  const targets = rows.filter((row) => className(row) === 'Target');
  const bases = new Set(targets.map(baseOf));
  return rows.filter((row) => className(row) === 'Target' || !bases.has(row)).map((row) => {
    const goal = className(row) === 'Target';
    const base = goal ? baseOf(row) : -1;
    const year = whenOf(row);
    const plan = goal && severalPlans() ? planOfTarget(row) : -1;
    return h('div', { class: 'quantity' },
      h('p', {}, base >= 0 ? [h('span', { class: 'amount from' }, amount(base)), h('span', { class: 'soft' }, ` ${whenOf(base) ? `${inYear(whenOf(base))} ` : ''}${t('known')} `), h('span', { class: 'soft', 'aria-hidden': 'true' }, '→ ')] : null,
        h('span', { class: 'amount' }, amount(row)), h('span', { class: 'soft' }, ` ${year ? `${inYear(year)} ` : ''}${t(goal ? 'target' : 'observed')}`)),
      plan >= 0 ? h('p', { class: 'of-plan' }, nodeLink(plan)) : null,
      goal ? bulletOf(row, base) : null);
  });
}

/** One target on a scale: the base as a grey tick, the target as a green one, an arrow from one to the other, and what would satisfy it hatched. */
function bulletOf(target, base) {
  const changes = Boolean(attrOf(target, 'yf:change'));
  const [low, high] = [measured(target, 'yf:lower'), measured(target, 'yf:upper')];
  const value = measured(target, 'yf:value') ?? low ?? high;
  if (!D.scale[target]) return null;
  const [left, right, ...marks] = D.scale[target];
  const from = changes ? 0 : base >= 0 ? measured(base, 'yf:value', 'yf:lower', 'yf:upper') : undefined;
  const at = (number) => Math.max(0, Math.min(100, ((number - left) / (right - left)) * 100));
  const comparator = attrOf(target, 'yf:comparator');
  const band = low !== undefined && high !== undefined ? [at(low), at(high)] : low !== undefined || ['>', '>='].includes(comparator) ? [at(value), 100] : high !== undefined || ['<', '<='].includes(comparator) ? [0, at(value)] : null;
  const falls = from !== undefined && value < from;
  const words = falls ? t('falls') : from !== undefined && value > from ? t('rises') : '';
  const arrow = from === undefined || from === value ? null : [s('line', { class: 'way', x1: at(from), x2: at(value) + (falls ? 1.6 : -1.6), y1: 7, y2: 7 }),
    s('path', { class: 'tip', d: falls ? `M${at(value)} 7l2.4 -3v6z` : `M${at(value)} 7l-2.4 -3v6z` })];
  return [s('svg', { class: `bullet${falls ? ' falls' : ''}`, viewBox: '0 0 100 14', preserveAspectRatio: 'none', role: 'img', 'aria-label': [words, base >= 0 ? amount(base) : changes ? t('baseYear') : '', '→', amount(target)].filter(Boolean).join(' ') },
    s('rect', { class: 'ground', x: 0, y: 4.5, width: 100, height: 5 }),
    band ? s('rect', { class: 'fits', x: band[0], y: 4.5, width: Math.max(0.5, band[1] - band[0]), height: 5 }) : null,
    arrow, from === undefined ? null : s('rect', { class: 'base', x: Math.min(99.2, Math.max(0, at(from) - 0.4)), y: 2, width: 0.8, height: 10 }),
    s('rect', { class: 'edge', x: Math.min(98.9, Math.max(0, at(value) - 0.55)), y: 0.5, width: 1.1, height: 13 })),
  h('p', { class: 'ends', 'aria-hidden': 'true' }, marks[S.lang === 'en' ? 1 : 0].map((mark) => h('span', {}, mark)))];
}

/** The members of a declared count: the names that the text lists, else the members in the graph. */
function membersOf(node) {
  const labels = attrOf(node, 'yf:memberLabel');
  const edges = [...D.out(node)].filter((edge) => relName(edge) === 'member');
  const names = labels === undefined ? [] : Array.isArray(labels) ? labels : [labels];
  return { edges, names, count: Math.max(names.length, edges.length) };
}

function declarationOf(node) {
  const given = D.attrs[node] || {};
  const { names, count } = membersOf(node);
  return h('section', { class: 'quantities' }, h('p', {}, h('span', { class: 'amount' }, `${given['yf:count'] ?? ''} ${given['yf:noun'] ?? ''}`), ' ', h('span', { class: 'soft' }, t('found', count)), ' ', verdict(node)),
    names.length ? h('p', { class: 'soft', lang: 'zh-CN' }, names.join('、')) : null);
}

/** Whether a declared count holds, as the build found; what the text announces and does not list is no failure of its. */
function verdict(node) {
  const holds = attrOf(node, 'yf:holds');
  const { count } = membersOf(node);
  if (holds && count) return h('span', { class: 'holds' }, '✓ ', t('holds'));
  if (!count) return h('span', { class: 'soft' }, t('notListed'));
  if (attrOf(node, 'yf:listOpen')) return h('span', { class: 'soft' }, t('leftOpen', count));
  return h('span', { class: 'fails' }, '✗ ', t('fails'));
}
