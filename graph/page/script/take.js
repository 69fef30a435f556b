// What is seen, taken along with its title, legend, source and date: as a slide of native shapes, and as rows with their quotes.

/** The title of what is seen. */
function pictureTitle() {
  if (S.view === 'matrix') { const { tasks, bodies } = duties(); return `${asking() ? answerNow().title : $('#title').textContent} · ${t('matrixTitle', taskCounts(tasks.map(({ task }) => task)), bodies.length)}`; }
  if (asking()) return answerNow().title;
  if (S.focus >= 0) return `${t('focus')}${colon()}${labelOf(S.focus)} · ${t('steps', S.steps)}`;
  const scene = currentScene();
  return scene.plan >= 0 ? labelOf(scene.plan) : $('#title').textContent;
}

const today = () => { const now = new Date(); return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`; };

/** Source, licence and date in lines of at most so many em. */
function pictureSource(width) {
  const { sources, licence, version } = D.colophon;
  const shown = sources.length === 1 ? [`${t('sourceIs')}${colon()}${sources[0].title}`, sources[0].number && `${t('number')}${colon()}${sources[0].number}`, sources[0].url] : [t('moreSources', sources.length)];
  return wrapLabel([...shown, `${t('licence')}${colon()}${licence}`, `Yangfan ${version}`, today()].filter(Boolean).join(' · '), width);
}

/** The classes of what is seen, in the order of the legend. */
const classesSeen = (scene) => [...new Set([...scene.at.keys()].map((node) => D.cls[node]))].sort((a, b) => a - b);

/** Draw title, legend and source around a picture; gives the whole rectangle. */
function pictureFrame(scene) {
  const { box } = scene;
  const wide = Math.max(420, box.right - box.left);
  const title = wrapLabel(pictureTitle(), (wide - 60) / 20);
  const source = pictureSource((wide - 60) / 10.5);
  const entries = [];
  let [x, y] = [0, 0];
  for (const cls of classesSeen(scene)) {
    const long = emsOf(classLabel(cls)) * 11 + 34;
    if (x && x + long > wide - 60) { x = 0; y += 18; }
    entries.push({ cls, x, y });
    x += long;
  }
  const head = title.length * 27 + 14;
  const foot = y + 18 + source.length * 15 + 14;
  return { title, source, entries, left: box.left, top: box.top - head, w: wide, h: box.bottom - box.top + head + foot, legendTop: box.bottom + 4, sourceTop: box.bottom + y + 28 };
}

function paintFrame(ctx, frame) {
  const colours = inks();
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.fillStyle = colours.ink;
  ctx.font = `600 20px ${faceOf(S.lang)}`;
  frame.title.forEach((line, i) => ctx.fillText(line, frame.left + 30, frame.top + 28 + i * 27));
  for (const { cls, x, y } of frame.entries) {
    drawMark(ctx, D.classes[cls].name, frame.left + 37 + x, frame.legendTop + y + 9, 6);
    ctx.fillStyle = colours.soft;
    ctx.font = `11px ${faceOf(S.lang)}`;
    ctx.fillText(classLabel(cls), frame.left + 47 + x, frame.legendTop + y + 9.5);
  }
  ctx.fillStyle = colours.soft;
  ctx.font = `10px ${faceOf(S.lang)}`;
  frame.source.forEach((line, i) => ctx.fillText(line, frame.left + 30, frame.sourceTop + i * 15));
}

/** The picture as a slide: cards, lines, title, legend and source as shapes that can be edited. */
async function savePptx() {
  const scene = scenePicture();
  const frame = scene.frame;
  const [wide, high] = [12192000, 6858000];
  const scale = Math.min(wide / frame.w, high / frame.h);
  const [ox, oy] = [(wide - frame.w * scale) / 2 - frame.left * scale, (high - frame.h * scale) / 2 - frame.top * scale];
  const X = (x) => ox + x * scale;
  const Y = (y) => oy + y * scale;
  const points = (px) => (px * scale) / 12700;
  const colours = inks();
  const { shapes, box, line } = slideShapes();
  const words = (name, text, x, y, w, size, style = {}) => box(name, X(x), Y(y), w * scale, size * 1.5 * scale, { shape: 'rect', lines: text, size: points(size), inset: 0, colour: colours.ink, ...style });
  box(t('title'), X(frame.left + 30), Y(frame.top + 12), (frame.w - 60) * scale, frame.title.length * 27 * scale, { shape: 'rect', lines: [frame.title.join('')], size: points(20), bold: true, inset: 0, colour: colours.ink });
  for (const [name, nodes] of scene.regions) {
    const region = regionBox(scene.at, name, nodes);
    box(region.words || name, X(region.left), Y(region.top), (region.right - region.left) * scale, (region.bottom - region.top) * scale, { fill: colours.region, rim: colours.rim, lines: [region.words], size: points(12), bold: true, anchor: 't', colour: colours.soft });
  }
  for (const trunk of scene.trunks || []) {
    const block = trunk.block ? boundsOf(scene.at, trunk.block) : null;
    const way = trunk.way || (block ? curvedBetween(cardBox(scene.at, trunk.from), { ...block, left: block.left - 9 }) : curvedWay(scene.at, trunk.from, trunk.to));
    if (block) line(t('relation'), [[block.left - 4, block.top], [block.left - 9, block.top], [block.left - 9, block.bottom], [block.left - 4, block.bottom]].map(([x, y]) => ({ x: X(x), y: Y(y) })), mix(hueOf(trunk.cls), colours.paper, 0.45));
    if (way) line(t('relation'), way.map(({ x, y }) => ({ x: X(x), y: Y(y) })), mix(hueOf(trunk.cls), colours.paper, 0.45));
  }
  for (const bundle of scene.bundles) {
    if (!bundle.way || restsNow(scene, bundle)) continue;
    line(`${labelOf(bundle.a)} – ${labelOf(bundle.b)}${colon()}${bundleWords(bundle.edges)}`, bundle.way.map(({ x, y }) => ({ x: X(x), y: Y(y) })), mix(bundleHue(bundle), colours.paper, 0.5), { dash: ['', 'dash', 'sysDot', 'lgDashDotDot'][DASHES.indexOf(bundle.dash)], arrow: bundle.oneWay });
  }
  for (const node of scene.at.keys()) {
    const { left, top, right, bottom } = cardBox(scene.at, node);
    const cls = className(node);
    const plan = cls === 'Plan' && !isDark();
    const { scale: size, below } = sizeOf(node);
    box(labelOf(node), X(left), Y(top), (right - left) * scale, (bottom - top) * scale, { fill: cls === 'Plan' ? (isDark() ? '#26395a' : hueOf(cls)) : mix(hueOf(cls), colours.card, 0.09), rim: rimOf(hueOf(cls)), lines: [labelOf(node), ...below], size: points(FONT * size * 0.9), bold: cls === 'Plan', colour: plan ? '#ffffff' : colours.ink });
    const tag = scene.tags?.get(node);
    if (tag) words(tag, [tag], left, top - TAG_ROOM, Math.max(right - left, emsOf(tag) * (TAG_FONT + 1)), TAG_FONT, { colour: hueOf(cls), bold: true });
  }
  for (const plate of scene.plates || []) words(plate.words, [plate.words], plate.x - plate.wide - 6, plate.y - plate.high, 2 * plate.wide + 12, 10, { align: 'ctr', colour: colours.soft });
  for (const { cls, x, y } of frame.entries) {
    box(classLabel(cls), X(frame.left + 32 + x), Y(frame.legendTop + y + 4), 10 * scale, 10 * scale, { fill: hueOf(D.classes[cls].name), shape: 'ellipse' });
    words(classLabel(cls), [classLabel(cls)], frame.left + 47 + x, frame.legendTop + y + 1, emsOf(classLabel(cls)) * 12 + 8, 11, { colour: colours.soft });
  }
  words(t('sourceIs'), [frame.source.join('')], frame.left + 30, frame.sourceTop - 8, frame.w - 60, 10, { colour: colours.soft, anchor: 't' });
  deliver(fileName('pptx'), '', await presentation(shapes, wide, high));
}

const numberOf = (node, name) => { const value = attrOf(node, name); return value === undefined ? '' : Number(value); };

/** What an edge says in words for a row: document, quote, place, basis, rule. */
function proofCells(edge) {
  const record = recordsOf(edge)[0];
  const passage = record?.passages?.[0];
  const doc = passage ? proofs.documents.find((one) => one.key === record.document) : null;
  return [passage?.quote ?? record?.note ?? '', doc?.name ?? record?.source?.title ?? '', passage?.start ?? '', passage?.end ?? '', t(record?.basis ?? 'stated'), record ? ruleLabel(record.rule) : ''];
}

/** The rows of what is seen: of an answer its plans, tasks and targets; else every relation of the picture or table. */
async function rowsSeen() {
  await evidence();
  const proofHead = ['quote', 'document', 'startAt', 'endAt', 'basis', 'rule'].map((word) => t(word));
  if (S.view === 'matrix') return dutyRows();
  if (!asking()) {
    const rows = seen().edges.map((edge) => [labelOf(D.from[edge]), classLabel(D.cls[D.from[edge]]), relLabel(D.rel[edge]), labelOf(D.to[edge]), classLabel(D.cls[D.to[edge]]), ...proofCells(edge)]);
    return { rows: [[t('subject'), t('cls'), t('relation'), t('object'), t('cls'), ...proofHead], ...rows], widths: [32, 12, 12, 32, 12, 60, 32, 8, 8, 12, 24] };
  }
  const answer = answerNow();
  const rows = [];
  for (const [kind, list] of [['plans', answer.plans], ['tasks', answer.tasks], ['targets', answer.targets], ['more', answer.more]]) {
    for (const [node, said] of list) {
      const edge = said.find((one) => one.edge >= 0)?.edge ?? [...D.into(node)].find((one) => V.edgePass[one]) ?? [...D.into(node)][0];
      const roles = [...new Set(said.filter(({ rel }) => rel >= 0).map(({ rel }) => relLabel(rel)))].join(comma());
      rows.push([kind === 'plans' ? labelOf(node) : D.plan[node] >= 0 ? labelOf(D.plan[node]) : '', classLabel(D.cls[node]), labelOf(node), roles, isA(node, 'Task') ? dueOf(node) : '', D.signs[attrOf(node, 'yf:comparator')] || (attrOf(node, 'yf:comparator') ?? ''),
        numberOf(node, 'yf:value'), numberOf(node, 'yf:lower'), numberOf(node, 'yf:upper'), attrOf(node, 'yf:unitText') ?? '', numberOf(node, 'yf:year'), ...(edge === undefined ? ['', '', '', '', '', ''] : proofCells(edge))]);
    }
  }
  return { rows: [['planIs', 'cls', 'name', 'role', 'deadline', 'comparator', 'value', 'lower', 'upper', 'unit', 'yearIs'].map((word) => t(word)).concat(proofHead), ...rows], widths: [32, 10, 40, 12, 12, 8, 10, 10, 10, 10, 8, 60, 32, 8, 8, 12, 24] };
}

async function saveXlsx() {
  const { rows, widths } = await rowsSeen();
  const facts = [[t('title'), pictureTitle()], [t('date'), today()], [t('licence'), D.colophon.licence], [t('version'), `Yangfan ${D.colophon.version}`],
    ...D.colophon.sources.flatMap(({ title, number, url }) => [[t('sourceIs'), title], ...(number ? [[t('number'), number]] : []), ...(url ? [['URL', url]] : [])])];
  deliver(fileName('xlsx'), '', await workbook([[t('listT'), rows, widths], [t('about'), [[t('about'), ''], ...facts], [16, 80]]]));
}

async function saveRows() {
  const { rows } = await rowsSeen();
  deliver(fileName('csv'), 'text/csv', csv(rows));
}
