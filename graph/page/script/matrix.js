// Who does what by when: tasks by bodies, roles as marks, deadlines beside them; for one plan, or for what is chosen. A folder begins with
// its plans by bodies, how many tasks each has as the size of a dot; a plan opens into its tasks.
const M = { bodies: 36, rows: 200, open: new Set() };
/** Of so few bodies the names are written across. */
const FEW_BODIES = 6;
const MARKS = { ledBy: '●', responsibleBody: '◆', supportedBy: '○', guidedBy: '◇' };
const markOfRole = (rel) => MARKS[D.relations[rel].name] || '□';

/** The duties that pass the filters: tasks in reading order under their plan and heading, bodies by how much is theirs. */
function duties() {
  const byTask = new Map();
  const weight = new Map();
  const roles = new Set();
  for (let edge = 0; edge < D.edgeCount; edge += 1) {
    if (!V.edgePass[edge] || !asserts(edge, 'responsibleBody')) continue;
    const [task, body] = [D.from[edge], D.to[edge]];
    if (!byTask.has(task)) byTask.set(task, new Map());
    if (!byTask.get(task).has(body)) byTask.get(task).set(body, []);
    // A body counts once for each of its tasks, in how many roles ever.
    if (!byTask.get(task).get(body).length) weight.set(body, (weight.get(body) || 0) + 1);
    byTask.get(task).get(body).push(edge);
    roles.add(D.rel[edge]);
  }
  for (let node = 0; node < D.count; node += 1) if (V.pass[node] && isA(node, 'Task') && !byTask.has(node) && dueOf(node)) byTask.set(node, new Map());
  const bodies = [...weight].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const headOf = (task) => { let head = -1; for (let up = parentTask(task); up >= 0 && isA(up, 'Task'); up = parentTask(up)) { if (up === head) break; head = up; } return head; };
  const order = new Map();
  const tasks = [...byTask.keys()].map((task) => ({ task, plan: D.plan[task], head: headOf(task) }));
  for (const { plan, head } of tasks.slice().sort((a, b) => a.task - b.task)) { const key = `${plan}|${head}`; if (!order.has(key)) order.set(key, order.size); }
  const plans = [...new Set(tasks.map(({ plan }) => plan))];
  tasks.sort((a, b) => plans.indexOf(a.plan) - plans.indexOf(b.plan) || order.get(`${a.plan}|${a.head}`) - order.get(`${b.plan}|${b.head}`) || a.task - b.task);
  return { byTask, bodies, tasks, roles: [...roles].sort((a, b) => a - b), plans };
}

/** Order a folder's plans and bodies so that what they share stands together at the upper left, and what one plan has alone beside its row. */
function orderFolder(plans, bodies, tasks, byTask) {
  const plansOf = new Map(bodies.map(([body]) => [body, new Set()]));
  for (const { task, plan } of tasks) for (const body of byTask.get(task).keys()) plansOf.get(body).add(plan);
  const shared = new Map(plans.map((plan) => [plan, 0]));
  for (const its of plansOf.values()) if (its.size > 1) for (const plan of its) shared.set(plan, shared.get(plan) + its.size);
  plans.sort((a, b) => shared.get(b) - shared.get(a) || a - b);
  const rank = new Map(plans.map((plan, i) => [plan, i]));
  const first = new Map([...plansOf].map(([body, its]) => [body, Math.min(...[...its].map((plan) => rank.get(plan)))]));
  const group = ([body]) => ([...plansOf.get(body)].some((plan) => M.open.has(plan)) ? 0 : plansOf.get(body).size > 1 ? 1 : 2);
  bodies.sort((a, b) => group(a) - group(b) || plansOf.get(b[0]).size - plansOf.get(a[0]).size || first.get(a[0]) - first.get(b[0]) || b[1] - a[1] || a[0] - b[0]);
}

/** Who issued the plans, where no text says who does what. */
function issuersLine() {
  const issuers = [...new Set(Array.from({ length: D.edgeCount }, (_, edge) => edge).filter((edge) => relName(edge) === 'issuedBy' && V.edgePass[edge]).map((edge) => D.to[edge]))].slice(0, 40);
  return issuers.length ? [h('h2', {}, t('issuers')), h('ul', { class: 'issuing' }, issuers.map((body) => h('li', {}, button(labelOf(body), () => ask(body), { title: t('askThis'), lang: langOf(body) }))))] : null;
}

function renderMatrix() {
  const view = $('#view-matrix');
  const { byTask, bodies, tasks, roles, plans } = duties();
  if (!tasks.length) { show(view, h('div', { class: 'pick' }, h('p', { class: 'soft' }, t('noDuties')), issuersLine())); return; }
  const several = plans.length > 1;
  const picked = new Set();
  if (several) {
    orderFolder(plans, bodies, tasks, byTask);
    // The marks of what is open are all to be seen.
    for (const { task, plan } of tasks) if (M.open.has(plan)) for (const one of byTask.get(task).keys()) picked.add(one);
  }
  bodies.slice(0, M.bodies).forEach(([body]) => picked.add(body));
  // A plan none of whose bodies has many tasks is not left without a mark: its first body stands with those that have the most.
  for (const plan of plans) {
    const its = new Set(tasks.filter((row) => row.plan === plan).flatMap(({ task }) => [...byTask.get(task).keys()]));
    if (its.size && ![...its].some((body) => picked.has(body))) picked.add(bodies.find(([body]) => its.has(body))[0]);
  }
  const shown = bodies.map(([body]) => body).filter((body) => picked.has(body));
  const unseen = bodies.length - shown.length;
  const scrolled = $('.scroll', view);
  const [top, left] = [scrolled?.scrollTop ?? 0, scrolled?.scrollLeft ?? 0];
  const due = new Map(tasks.map(({ task }) => [task, dueOf(task)]));
  const anyDue = [...due.values()].some(Boolean);
  const columns = shown.length + 1 + anyDue;
  const body = [];
  let [plan, head] = [-2, -2];
  // In a folder only what is open has rows of its own.
  const listed_ = several ? tasks.filter((row) => M.open.has(row.plan)) : tasks;
  const byPlan = new Map(plans.map((one) => [one, tasks.filter((row) => row.plan === one)]));
  const most = Math.max(1, ...[...byPlan.values()].flatMap((rows) => shown.map((one) => tasksWith(one, rows, byTask).length)));
  const put = (row) => {
    if (row.head >= 0 && (row.head !== head || row.plan !== plan)) body.push(h('tr', { class: 'head-row' }, h('th', { scope: 'rowgroup', colspan: columns }, h('span', { class: 'stuck' }, nodeLink(row.head)))));
    [plan, head] = [row.plan, row.head];
    const of = byTask.get(row.task);
    body.push(h('tr', { 'aria-current': S.nodes.includes(row.task) ? 'true' : null }, h('th', { scope: 'row' }, nodeLink(row.task)), anyDue ? h('td', { class: 'due' }, due.get(row.task)) : null,
      shown.map((one) => h('td', { class: 'cell' }, of.has(one) ? h('button', { type: 'button', class: 'duty', 'aria-label': `${labelOf(one)} ${rolesIn(of.get(one))} ${labelOf(row.task)}`, title: `${labelOf(one)} · ${rolesIn(of.get(one))}`, onclick: () => select([], of.get(one)) },
        [...new Set(of.get(one).map((edge) => markOfRole(D.rel[edge])))].join('')) : null))));
  };
  let left_ = M.rows;
  for (const [one, rows] of byPlan) {
    if (several) body.push(planRow(one, rows, { byTask, shown, due, anyDue, most }));
    if (several && !M.open.has(one)) continue;
    rows.slice(0, left_).forEach(put);
    left_ = Math.max(0, left_ - rows.length);
  }
  show(view,
    h('div', { class: 'table-head' }, h('h2', {}, t('matrixTitle', taskCounts(tasks.map(({ task }) => task)), bodies.length.toLocaleString('en'))),
      h('p', { class: 'marks' }, several ? h('span', {}, h('span', { class: 'dot-sample', 'aria-hidden': 'true' }, 'n'), ' ', h('span', {}, t('dotIs'))) : null, roles.map((rel) => h('span', {}, h('b', { 'aria-hidden': 'true' }, markOfRole(rel)), ` ${relLabel(rel)}`)))),
    h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': t('matrix') }, h('table', { class: shown.length <= FEW_BODIES ? 'matrix few' : 'matrix' }, h('caption', { class: 'hidden' }, t('matrix')),
      h('thead', {}, h('tr', {}, h('th', { scope: 'col', class: 'corner' }, several ? `${t('planIs')} ▸ ${t('taskIs')}` : t('taskIs')), anyDue ? h('th', { scope: 'col', class: 'due' }, t('deadline')) : null,
        bodies.filter(([one]) => picked.has(one)).map(([one, count]) => h('th', { scope: 'col', class: 'body' }, h('button', { type: 'button', class: 'body-name', title: t('askThis'), onclick: () => ask(one) }, h('span', { lang: langOf(one) }, labelOf(one))), h('span', { class: 'count' }, String(count))))))
      , h('tbody', {}, body)),
    h('p', { class: 'more' }, listed_.length > M.rows ? button(t('showMore', Math.min(200, listed_.length - M.rows)), () => { M.rows += 200; renderMatrix(); }) : null, ' ',
      unseen ? button(t('moreBodies', unseen), () => { M.bodies = Infinity; renderMatrix(); }) : null)));
  $('.scroll', view).scrollTo(left, top);
}

/** The roles that these duties give, each once. */
const rolesIn = (edges) => [...new Set(edges.map((edge) => relLabel(D.rel[edge])))].join(comma());

/** Those of some tasks that a body has a duty in. */
const tasksWith = (body, rows, byTask) => rows.map(({ task }) => task).filter((task) => byTask.get(task).has(body));

/** A plan of a folder in one row: how many of its tasks each body has, as dots whose area tells the number; it opens into its tasks. */
function planRow(plan, rows, { byTask, shown, due, anyDue, most }) {
  const opened = M.open.has(plan);
  const flip = () => { if (opened) M.open.delete(plan); else M.open.add(plan); renderMatrix(); $(`#view-matrix [data-plan="${plan}"]`)?.focus(); };
  const words = plan >= 0 ? labelOf(plan) : t('noPlan');
  const dates = rows.map(({ task }) => due.get(task)).filter(Boolean).length;
  return h('tr', { class: opened ? 'plan-row opened' : 'plan-row' },
    h('th', { scope: 'row' }, h('button', { type: 'button', class: 'flip', 'data-plan': plan, 'aria-expanded': String(opened), onclick: flip }, h('span', { 'aria-hidden': 'true' }, opened ? '▾' : '▸'), h('span', { lang: plan >= 0 ? langOf(plan) : null }, words)),
      h('span', { class: 'soft' }, plan >= 0 ? glossLine(plan) : null, taskCounts(rows.map(({ task }) => task)))),
    anyDue ? h('td', { class: 'due' }, dates ? t('datedN', dates) : '') : null,
    shown.map((body) => {
      const its = tasksWith(body, rows, byTask);
      if (!its.length) return h('td', { class: 'cell' });
      const edges = its.flatMap((task) => byTask.get(task).get(body));
      const says = `${labelOf(body)}${colon()}${taskCounts(its)} · ${rolesIn(edges)}`;
      return h('td', { class: 'cell' }, h('button', { type: 'button', class: 'many', title: says, 'aria-label': `${says} · ${words}`, onclick: () => select([], edges) }, h('span', { class: 'dot', style: { '--size': `${(8 + 16 * Math.sqrt(its.length / most)).toFixed(1)}px` } }), h('span', { class: 'n' }, String(its.length))));
    }));
}

/** The duties as rows for a file. */
function dutyRows() {
  const { byTask, tasks } = duties();
  const rows = tasks.flatMap(({ task, plan }) => {
    const said = [...byTask.get(task)].flatMap(([body, edges]) => edges.map((edge) => [plan >= 0 ? labelOf(plan) : '', labelOf(task), labelOf(body), relLabel(D.rel[edge]), dueOf(task), ...proofCells(edge)]));
    return said.length ? said : [[plan >= 0 ? labelOf(plan) : '', labelOf(task), '', '', dueOf(task)]];
  });
  return { rows: [['planIs', 'taskIs', 'bodyIs', 'role', 'deadline', 'quote', 'document', 'startAt', 'endAt', 'basis', 'rule'].map((word) => t(word)), ...rows], widths: [32, 40, 28, 10, 14, 60, 32, 8, 8, 12, 24] };
}
