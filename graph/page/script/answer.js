// Choose a body, an industry, a programme, a place or a year, and see what the plans say of it: plans, their tasks, their targets,
// laid out for themselves. What counts as a task or a role is read from the ontology's classes and relations.
const ASKED = [['Organization'], ['Domain'], ['Industry'], ['Technology'], ['Action', 'Project'], ['Place'], ['Programme']];
const MOST_IN_ANSWER = 240;
const MOST_IN_TREE = 32;
const A = { key: '', answer: null };

/** The relation that an edge asserts; empty for one that is only proposed. */
const relName = (edge) => (onlyProposed(edge) ? '' : D.relations[D.rel[edge]].name);
const asserts = (edge, name) => !onlyProposed(edge) && relIs(D.rel[edge], name);
const relIs = (rel, name) => D.relations[rel].name === name || D.relations[rel].above.includes(name);
const asking = () => S.about >= 0 || S.year !== '';
const canAsk = (node) => ASKED.some((classes) => classes.includes(className(node)));

/** The year of a value that is one: a calendar year, or a date. */
function yearsOf(node) {
  const found = new Set();
  for (const [curie, value] of Object.entries(D.attrs[node] || {})) {
    const datatype = (D.attributes[curie] || [])[2] || '';
    const text = String(value?.d ?? value);
    if (/#(gYear|date|gYearMonth)$/.test(datatype) && /^\d{4}/.test(text)) found.add(text.slice(0, 4));
  }
  return found;
}

/** Every year that the graph speaks of, with how many tasks and targets it is the year of. */
let yearList = null;
function allYears() {
  if (yearList) return yearList;
  const counts = new Map();
  for (let node = 0; node < D.count; node += 1) {
    const cls = className(node);
    if (!['Target', 'Deadline', 'Period'].includes(cls)) continue;
    const weight = cls === 'Target' ? 1 : D.into(node).length;
    const ends = cls === 'Period' ? [String(attrOf(node, 'yf:endDate')?.d ?? '').slice(0, 4)] : cls === 'Target' ? [String(attrOf(node, 'yf:year') ?? '')] : [...yearsOf(node)];
    for (const year of ends) if (/^\d{4}$/.test(year)) counts.set(year, (counts.get(year) || 0) + weight);
  }
  yearList = [...counts].sort((a, b) => a[0].localeCompare(b[0]));
  return yearList;
}

/** What a plan or task holds in a graph's order: the parent of a task over hasTask and what is under it, or includesProject. */
function parentTask(node) {
  let found = -1;
  for (const edge of D.into(node)) {
    if (!asserts(edge, 'hasTask') && relName(edge) !== 'includesProject') continue;
    if (isA(D.from[edge], 'Task') && D.from[edge] !== node) return D.from[edge];
    if (className(D.from[edge]) === 'Plan') found = D.from[edge];
  }
  return found;
}

/** The answer for what is asked: tasks with their roles, targets, plans, what else is joined, and the edges that say so. */
function answerNow() {
  if (!asking()) return null;
  const key = `${S.about}|${S.year}|${[...S.relations]}|${[...S.bases]}`;
  if (A.key === key) return A.answer;
  const answer = { tasks: new Map(), targets: new Map(), plans: new Map(), more: new Map(), edges: [], subject: S.about };
  const put = (kind, node, role, edge) => {
    if (!answer[kind].has(node)) answer[kind].set(node, []);
    if (edge >= 0) { answer[kind].get(node).push({ rel: role, edge }); answer.edges.push(edge); }
  };
  const classify = (node, rel, edge) => {
    if (isA(node, 'Task')) put('tasks', node, rel, edge);
    else if (className(node) === 'Plan') put('plans', node, rel, edge);
    else if (className(node) === 'Target') put('targets', node, rel, edge);
    else if (className(node) === 'Indicator') {
      const own = [...D.out(node)].filter((one) => relName(one) === 'hasTarget' && edgePasses(one));
      if (own.length) own.forEach((one) => put('targets', D.to[one], rel, edge)); else put('targets', node, rel, edge);
    } else if (className(node) !== 'SourceDocument') put('more', node, rel, edge);
  };
  const around = (node) => { for (const edge of edgesAt(node)) if (edgePasses(edge) && !onlyProposed(edge)) classify(otherEnd(edge, node), D.rel[edge], edge); };
  if (S.about >= 0) {
    const members = isA(S.about, 'Domain') ? [...D.into(S.about)].filter((edge) => relName(edge) === 'inDomain').map((edge) => D.from[edge]) : [];
    around(S.about);
    // What the text calls by the same name, as an industry here and as a technology there, belongs to the picture of that name.
    for (let node = 0; node < D.count; node += 1) if (node !== S.about && D.zh[node] === D.zh[S.about] && ['Industry', 'Technology', 'Scenario'].includes(className(node)) && ['Industry', 'Technology'].includes(className(S.about))) { around(node); put('more', node, -1, -1); }
    for (const member of members) {
      around(member);
      put('more', member, D.relIndex.inDomain, -1);
    }
    answer.more.delete(S.about);
    if (isA(S.about, 'Task')) {
      // A programme is its own task, with all that it holds.
      put('tasks', S.about, -1, -1);
      const seen = new Set([S.about]);
      for (let rim = [S.about]; rim.length;) {
        const held = rim.flatMap((node) => [...D.out(node)]).filter((edge) => (asserts(edge, 'hasTask') || relName(edge) === 'includesProject') && edgePasses(edge) && !seen.has(D.to[edge]));
        for (const edge of held) if (!(answer.tasks.get(D.to[edge]) || []).some((said) => said.edge === edge)) put('tasks', D.to[edge], D.rel[edge], edge);
        rim = [...new Set(held.map((edge) => D.to[edge]))];
        rim.forEach((node) => seen.add(node));
      }
    }
    // Whoever issues a plan answers for its targets.
    for (const [plan, said] of answer.plans) {
      if (!said.some(({ rel }) => rel >= 0 && relIs(rel, 'issuedBy'))) continue;
      for (const edge of D.into(plan)) if (relName(edge) === 'setBy' && edgePasses(edge)) put('targets', D.from[edge], D.rel[edge], edge);
    }
    // What tasks of the answer are to reach belongs to it.
    for (const task of [...answer.tasks.keys()]) for (const edge of D.into(task)) if (relName(edge) === 'setIn' && edgePasses(edge)) put('targets', D.from[edge], D.rel[edge], edge);
  } else {
    for (let node = 0; node < D.count; node += 1) {
      const cls = className(node);
      if (cls === 'Target' && String(attrOf(node, 'yf:year') ?? '') === S.year) put('targets', node, -1, -1);
      else if (cls === 'Observation' && String(attrOf(node, 'yf:year') ?? '') === S.year) put('more', node, -1, -1);
      else if (cls === 'Deadline' && yearsOf(node).has(S.year)) around(node);
      else if (cls === 'Period' && String(attrOf(node, 'yf:endDate')?.d ?? '').startsWith(S.year)) around(node);
    }
  }
  for (const node of [...answer.tasks.keys(), ...answer.targets.keys()]) {
    let plan = className(node) === 'Target' ? [...D.out(node)].filter((edge) => relName(edge) === 'setBy').map((edge) => D.to[edge])[0] ?? D.plan[node] : D.plan[node];
    if (className(node) === 'Indicator') plan = [...D.into(node)].filter((edge) => relName(edge) === 'hasIndicator').map((edge) => D.from[edge])[0] ?? -1;
    if (plan >= 0 && className(plan) === 'Plan') put('plans', plan, -1, -1);
  }
  answer.title = answerTitle(answer);
  answer.kept = new Set([...(S.about >= 0 ? [S.about] : []), ...answer.tasks.keys(), ...answer.targets.keys(), ...answer.plans.keys(), ...answer.more.keys()]);
  Object.assign(A, { key, answer });
  return answer;
}

const listed = (words) => words.filter(Boolean).join(comma());
const counted = (words, count) => t(count === 1 ? `${words}1` : words, count.toLocaleString('en'));

/** How many tasks and how many measures these are: counted apart, as the legend counts them. */
function taskCounts(nodes) {
  const measures = nodes.filter((node) => className(node) === 'Measure').length;
  return listed([nodes.length - measures ? counted('tasksN', nodes.length - measures) : '', measures ? counted('measuresN', measures) : '']);
}

/** The answer in one line: 工业和信息化部：3 份计划、14 项任务、6 个目标. */
function answerTitle({ plans, tasks, targets }) {
  const name = S.about >= 0 ? labelOf(S.about) : t('year', S.year);
  const counts = [plans.size ? counted('plansN', plans.size) : '', taskCounts([...tasks.keys()]), targets.size ? counted('targetsN', targets.size) : ''].filter(Boolean);
  return `${name}${colon()}${counts.length ? counts.join(comma()) : t('nothingSaid')}`;
}

const ask = (node, more = {}) => change({ about: node, year: '', nodes: [], edges: [], text: null, focus: -1, path: [-1, -1], tab: 'details', panel: !narrow(), view: 'net', camera: null, hidden: [], ...more });
const askYear = (year) => ask(-1, { year });
const leaveAnswer = () => change({ about: -1, year: '', nodes: [], edges: [], camera: null });
const narrow = () => matchMedia('(max-width: 820px)').matches;

/** When a task is due, in words; "" where no text says so. */
function dueOf(node) {
  const due = [...D.out(node)].filter((edge) => D.classes[D.cls[D.to[edge]]].name === 'Deadline' && edgePasses(edge)).map((edge) => labelOf(D.to[edge]));
  return [...new Set(due)].join(comma());
}

/** The roles of what is asked in a node of the answer, in words. */
function rolesOf(node, answer) {
  const said = answer.tasks.get(node) || answer.plans.get(node) || [];
  // Who leads is responsible too: of two roles the one that says more.
  const general = new Set(said.flatMap(({ rel }) => (rel >= 0 ? D.relations[rel].above : [])));
  const roles = [...new Set(said.map(({ rel }) => rel).filter((rel) => rel >= 0 && !relIs(rel, 'hasTask') && !general.has(D.relations[rel].name)))].map((rel) => relLabel(rel));
  return roles.join(comma());
}

/** The words above a card of the answer: the roles, and when it is due unless the card says so itself. */
const tagOf = (node, answer) => [rolesOf(node, answer), isA(node, 'Task') && !sizeOf(node).below.length ? dueOf(node) : ''].filter(Boolean).join(' · ');

/** Nodes by words that they have in common, in their order. */
function byWords(nodes, words) {
  const groups = new Map();
  for (const node of nodes) { const key = words(node); if (!groups.has(key)) groups.set(key, []); groups.get(key).push(node); }
  return groups;
}

/** The cards of the answer as trees: each plan with its tasks below the tasks that hold them, and targets at what they are set in. */
function answerTrees(answer) {
  const children = new Map();
  const add = (parent, node) => { if (!children.has(parent)) children.set(parent, []); if (!children.get(parent).includes(node)) children.get(parent).push(node); };
  const passes = (node) => V.pass[node];
  const placed = new Set();
  const context = new Set();
  const crowded = answer.tasks.size + answer.targets.size > MOST_IN_TREE;
  const place = (node, plan) => {
    if (placed.has(node)) return;
    placed.add(node);
    // Where there is much to show, tasks stand at their plan without the headings above them.
    const up = isA(node, 'Task') && !crowded ? parentTask(node) : -1;
    if (up < 0 || up === plan || className(up) === 'Plan') { add(plan, node); return; }
    if (!answer.tasks.has(up)) context.add(up);
    place(up, plan);
    add(up, node);
  };
  for (const task of [...answer.tasks.keys()].filter(passes).slice(0, MOST_IN_ANSWER)) place(task, D.plan[task]);
  for (const target of [...answer.targets.keys()].filter(passes).slice(0, MOST_IN_ANSWER)) {
    // On a phone there is no room for a third column.
    const within_ = crowded && narrow() ? undefined : [...D.out(target)].filter((edge) => relName(edge) === 'setIn').map((edge) => D.to[edge]).find((task) => placed.has(task));
    const plan = [...D.out(target)].filter((edge) => relName(edge) === 'setBy').map((edge) => D.to[edge])[0] ?? [...D.into(target)].filter((edge) => relName(edge) === 'hasIndicator').map((edge) => D.from[edge])[0] ?? D.plan[target];
    add(within_ ?? plan, target);
  }
  const plans = [...answer.plans.keys()].filter(passes);
  const rest = [...children.keys()].filter((node) => node < 0 || (!plans.includes(node) && !placed.has(node) && !context.has(node)));
  // What has nothing to show beside itself stands last.
  return { plans: [...plans, ...rest].sort((a, b) => children.has(b) - children.has(a)), children, context };
}

const TAG_ROOM = 17, TAG_FONT = 12;
/** To more leaves than these one line leads, and a bracket: many lines beside each other are a smear. */
const MOST_LINES = 8;
/** How small an answer may get before its words cannot be read, and how large it is where it goes on below the window instead. */
const LEAST_ZOOM = 0.6, READ_ZOOM = 0.74;

/** Lay the answer out: plans at the left, tasks beside them, targets at the right; leaves in as many columns as fit the window best. */
function layoutAnswer(answer) {
  const { plans, children, context } = answerTrees(answer);
  const said = new Map();
  const tag = (node) => { if (!said.has(node)) said.set(node, node >= 0 && !context.has(node) ? tagOf(node, answer) : ''); return said.get(node); };
  const tags = new Map();
  const width = [];
  const measure = (node, depth) => {
    if (node >= 0) width[depth] = Math.max(width[depth] || 0, sizeOf(node).w);
    for (const child of children.get(node) || []) measure(child, depth + 1);
  };
  plans.forEach((plan) => measure(plan, 0));
  const wideOf = (words) => (words ? emsOf(words) * TAG_FONT + 12 : 0);
  const roomFor = (node) => { const { w, h: high } = sizeOf(node); const words = tag(node); tags.set(node, words); return { w: Math.max(w, wideOf(words)), h: high + (words ? TAG_ROOM : 0), low: words ? TAG_ROOM : 0 }; };
  const put = (whole, piece, x, y) => { (whole.blocks ??= []).push(...(piece.blocks || [])); for (const [node, px, py] of piece.places) whole.places.push([node, px + x, py + y]); };
  const leaves = (nodes, columns) => {
    const per = Math.ceil(nodes.length / Math.min(columns, Math.ceil(nodes.length / 3)));
    const piece = { w: 0, h: 0, places: [], blocks: per < nodes.length || nodes.length > MOST_LINES ? [nodes] : [] };
    // What all of them have in common is said once, above the first.
    const head = nodes.length > 1 && tag(nodes[0]) ? `${tag(nodes[0])} · ${nodes.length}` : tag(nodes[0]);
    nodes.forEach((node, i) => tags.set(node, i ? '' : head));
    for (let start = 0; start < nodes.length; start += per) {
      let top = head ? TAG_ROOM : 0;
      let wide = start ? 0 : wideOf(head);
      for (const node of nodes.slice(start, start + per)) {
        const { w, h: high } = sizeOf(node);
        piece.places.push([node, piece.w + w / 2, top + high / 2]);
        top += high + 10;
        wide = Math.max(wide, w);
      }
      piece.h = Math.max(piece.h, top - 10);
      piece.w += wide + 18;
    }
    piece.w -= 18;
    return piece;
  };
  const branch = (node, depth, columns) => {
    const below = children.get(node) || [];
    const bare = below.filter((child) => !children.has(child));
    const kinds = [true, false].flatMap((tasks) => [...byWords(bare.filter((child) => isA(child, 'Task') === tasks), tag).values()]);
    const parts = [...below.filter((child) => children.has(child)).map((child) => branch(child, depth + 1, columns)), ...kinds.map((list) => leaves(list, columns))];
    const head = node >= 0 ? roomFor(node) : { w: 0, h: 0, low: 0 };
    const stackHigh = parts.reduce((sum, part) => sum + part.h + 14, -14);
    const high = Math.max(head.h, stackHigh, 0);
    const piece = { w: head.w, h: high, places: [] };
    // Amid what it holds, but never so far down that it leaves the window in which the answer begins.
    const above = Math.min((high - head.h) / 2, (clientHeight / READ_ZOOM) * 0.4);
    if (node >= 0) piece.places.push([node, sizeOf(node).w / 2, above + head.low + sizeOf(node).h / 2]);
    let top = (high - stackHigh) / 2;
    const left = node >= 0 ? (width[depth] || 0) + 64 : 0;
    for (const part of parts) { put(piece, part, left, top); top += part.h + 14; piece.w = Math.max(piece.w, left + part.w); }
    return piece;
  };
  const { clientWidth, clientHeight } = $('#net');
  const bands = (columns) => {
    const pieces = plans.map((plan) => branch(plan, 0, columns)).filter((piece) => piece.places.length);
    // Several plans stand below each other, or in rows where that leaves the words larger.
    const tries = [1, 2, 3].filter((count) => count <= Math.max(1, pieces.length)).map((count) => {
      const whole = { w: 0, h: 0, places: [], bands: [] };
      const heights = new Array(count).fill(0);
      const lefts = new Array(count).fill(0);
      const columnsOf = pieces.map((piece) => { const at = heights.indexOf(Math.min(...heights)); heights[at] += piece.h + 46; return at; });
      for (let i = 1; i < count; i += 1) lefts[i] = lefts[i - 1] + Math.max(0, ...pieces.filter((_, k) => columnsOf[k] === i - 1).map((piece) => piece.w)) + 60;
      const tops = new Array(count).fill(0);
      pieces.forEach((piece, k) => {
        const i = columnsOf[k];
        put(whole, piece, lefts[i], tops[i]);
        whole.bands.push(piece.places.map(([node]) => node));
        tops[i] += piece.h + 46;
        whole.w = Math.max(whole.w, lefts[i] + piece.w);
        whole.h = Math.max(whole.h, tops[i] - 46);
      });
      return whole;
    });
    return tries;
  };
  const zoom = (whole) => Math.min((clientWidth - 40) / (whole.w + 50), (clientHeight - 130) / (whole.h + 50), 1.4);
  // What cannot be read at once should at least not be cut at the right.
  const worth = (whole) => {
    const [all, wide] = [zoom(whole), (clientWidth - 40) / (whole.w + 50)];
    return all >= LEAST_ZOOM || wide >= READ_ZOOM ? all : all * (wide / READ_ZOOM) ** 8 / 4;
  };
  const best = [1, 2, 3, 4, 5].flatMap(bands).reduce((a, b) => (worth(b) > worth(a) * 1.02 ? b : a));
  const at = new Map(best.places.map(([node, x, y]) => [node, { x: x - best.w / 2, y: y - best.h / 2 }]));
  const trunks = [];
  // Leaves in several columns are led to by one line and a bracket, so that none runs under a card.
  const inBlock = new Map((best.blocks || []).flatMap((nodes) => nodes.map((node) => [node, nodes])));
  for (const [parent, list] of children) {
    if (!at.has(parent)) continue;
    for (const child of list) {
      const block = inBlock.get(child);
      if (!at.has(child) || (block && block[0] !== child)) continue;
      trunks.push(block ? { block, from: parent, cls: className(child) } : { from: parent, to: child, cls: className(child) });
    }
  }
  return { at, trunks, tags, context, regions: best.bands.length > 1 ? best.bands.map((nodes, i) => [`band:${i}`, nodes]) : [], style: 'answer' };
}
