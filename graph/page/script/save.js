// What is seen, saved: PNG, SVG, CSV, JSON, Turtle; everything is made in the page, nothing is sent anywhere.
function deliver(name, type, content) {
  const link = h('a', { href: URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type })), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  say(t('saved', name));
}

const fileName = (ending) => `${((asking() ? pictureTitle() : $('#title').textContent) || 'yangfan').replace(/[\\/:*?"<>|\s]+/g, '-').slice(0, 40)}.${ending}`;

/** The nodes and edges that are seen: drawn in the picture, or listed in the table. */
function seen() {
  if (S.view === 'net' && !wholeShown()) return { nodes: N.list, edges: N.bundles.flatMap(({ edges }) => edges).filter((edge) => N.at.has(D.from[edge]) && N.at.has(D.to[edge])).sort((a, b) => a - b) };
  const pick = (mask) => Array.from(mask.keys()).filter((i) => mask[i]);
  return { nodes: pick(V.pass), edges: pick(V.edgePass) };
}

function scenePicture() {
  finishRoutes();
  const box = boundsOf(N.at, undefined, 40);
  const scene = { ...N, hover: null, plateKey: '', box };
  scene.frame = pictureFrame(scene);
  return scene;
}

function savePng() {
  if (wholeShown()) { $('#whole').toBlob((blob) => deliver(fileName('png'), 'image/png', blob)); return; }
  const scene = scenePicture();
  const { frame } = scene;
  const scale = Math.min(2, 8000 / frame.w, 8000 / frame.h);
  const canvas = h('canvas', { width: Math.ceil(frame.w * scale), height: Math.ceil(frame.h * scale) });
  const ctx = canvas.getContext('2d');
  ctx.fillStyle = inks().paper;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.scale(scale, scale);
  ctx.translate(-frame.left, -frame.top);
  paintFrame(ctx, frame);
  paintScene(ctx, scene);
  canvas.toBlob((blob) => deliver(fileName('png'), 'image/png', blob));
}

/** A pen that writes SVG: the few canvas calls that painting uses, each as an element. */
function svgPen() {
  const parts = [];
  const measure = document.createElement('canvas').getContext('2d');
  const n = (value) => Math.round(value * 10) / 10;
  const pen = {
    fillStyle: '#000', strokeStyle: '#000', lineWidth: 1, globalAlpha: 1, font: '', textAlign: 'left', textBaseline: 'middle', d: '', dash: [],
    beginPath() { pen.d = ''; }, closePath() { pen.d += 'Z'; }, setLineDash(dash) { pen.dash = dash; },
    moveTo(x, y) { pen.d += `M${n(x)} ${n(y)}`; }, lineTo(x, y) { pen.d += `L${n(x)} ${n(y)}`; },
    quadraticCurveTo(a, b, x, y) { pen.d += `Q${n(a)} ${n(b)} ${n(x)} ${n(y)}`; },
    arc(x, y, r) { pen.d += `M${n(x + r)} ${n(y)}A${n(r)} ${n(r)} 0 1 1 ${n(x - r)} ${n(y)}A${n(r)} ${n(r)} 0 1 1 ${n(x + r)} ${n(y)}Z`; },
    rect(x, y, w, high) { pen.d += `M${n(x)} ${n(y)}h${n(w)}v${n(high)}h${n(-w)}Z`; },
    roundRect(x, y, w, high, r) { pen.d += `M${n(x + r)} ${n(y)}h${n(w - 2 * r)}a${r} ${r} 0 0 1 ${r} ${r}v${n(high - 2 * r)}a${r} ${r} 0 0 1 ${-r} ${r}h${n(2 * r - w)}a${r} ${r} 0 0 1 ${-r} ${-r}v${n(2 * r - high)}a${r} ${r} 0 0 1 ${r} ${-r}Z`; },
    fill(rule) { parts.push(`<path d="${pen.d}" fill="${pen.fillStyle}"${rule ? ` fill-rule="${rule}"` : ''}${pen.globalAlpha < 1 ? ` opacity="${pen.globalAlpha}"` : ''}/>`); },
    stroke() { parts.push(`<path d="${pen.d}" fill="none" stroke="${pen.strokeStyle}" stroke-width="${pen.lineWidth}"${pen.dash.length ? ` stroke-dasharray="${pen.dash.join(' ')}"` : ''}${pen.globalAlpha < 1 ? ` opacity="${pen.globalAlpha}"` : ''}/>`); },
    fillText(text, x, y) {
      const [, weight, size] = /(600 )?([\d.]+)px/.exec(pen.font);
      parts.push(`<text x="${n(x)}" y="${n(y)}" font-size="${size}"${weight ? ' font-weight="600"' : ''} fill="${pen.fillStyle}" text-anchor="${pen.textAlign === 'center' ? 'middle' : 'start'}" dominant-baseline="central">${escapeText(text)}</text>`);
    },
    measureText(text) { measure.font = pen.font; return measure.measureText(text); },
  };
  return { pen, parts };
}

function saveSvg() { deliver(fileName('svg'), 'image/svg+xml', svgText()); }

/** The picture as SVG, with its title, legend and source. */
function svgText() {
  const scene = scenePicture();
  const { frame } = scene;
  const { pen, parts } = svgPen();
  paintFrame(pen, frame);
  paintScene(pen, scene);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${frame.left} ${frame.top} ${frame.w} ${frame.h}" width="${frame.w}" height="${frame.h}" font-family='${escapeText(faceOf(S.lang))}'>`
    + `<title>${escapeText(pictureTitle())}</title><rect x="${frame.left}" y="${frame.top}" width="${frame.w}" height="${frame.h}" fill="${inks().paper}"/>${parts.join('\n')}</svg>\n`;
}

/** What is printed of the network is the whole picture, in light colours, and not the part that the window shows. */
function startPrinting() {
  let theme = '';
  addEventListener('beforeprint', () => {
    theme = document.documentElement.dataset.theme;
    document.documentElement.dataset.theme = 'light';
    printing = true;
    // Paper cannot be opened: every source is named on it.
    $('#foot details')?.setAttribute('open', '');
    if (S.view === 'glance') renderGlance();
    if (S.view === 'net' && !wholeShown() && N.at.size) show($('#sheet'), document.importNode(new DOMParser().parseFromString(svgText(), 'image/svg+xml').documentElement, true));
  });
  addEventListener('afterprint', () => { printing = false; if (S.view === 'glance') renderGlance(); $('#foot details')?.removeAttribute('open'); document.documentElement.dataset.theme = theme; $('#sheet').replaceChildren(); });
}

// A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection).
// A sign before a number, as in -15, is a number and stays one.
const cell = (value) => `"${String(value ?? '').replace(/^(?!-?\d+(?:\.\d+)?$|[<>]?=$)[=+\-@\t\r]/, "'$&").replace(/"/g, '""')}"`;
const csv = (rows) => `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;

function saveNodes() {
  deliver(fileName('nodes.csv'), 'text/csv', csv([['iri', 'class', 'label_zh', 'label_en', 'aliases', 'plan', 'comparator', 'value', 'lower', 'upper', 'unit', 'year'], ...seen().nodes.map((node) =>
    [iriOf(node), className(node), D.zh[node], D.en[node], (D.alt[node] || []).map(([, name]) => name).join('|'), D.plan[node] >= 0 ? D.zh[D.plan[node]] : '',
      ...['comparator', 'value', 'lower', 'upper', 'unitText', 'year'].map((name) => attrOf(node, `yf:${name}`))])]));
}

/** The statements of an edge as plain records. */
function recordsOf(edge) {
  return statementsOf(edge).map((statement) => {
    const at = proofs.at[statement];
    const doc = proofs.documents[proofs.doc[statement]];
    const source = proofs.source[statement];
    return {
      basis: BASES[proofs.basis[statement]], rule: proofs.rules[proofs.rule[statement]],
      ...(proofs.wording[statement] ? { wording: proofs.wording[statement] } : {}),
      ...(at >= 0 ? { document: doc.key, passages: proofs.passages[at].map(([from, to]) => ({ start: from, end: to, quote: cut(doc, from, to) })) } : {}),
      ...(source ? { source: { title: source[0], url: source[1], date: source[2], status: source[3] } } : {}),
      ...(proofs.note[statement] ? { note: proofs.note[statement] } : {}),
    };
  });
}

async function saveEdges() {
  await evidence();
  const rows = seen().edges.flatMap((edge) => recordsOf(edge).map((record) => [iriOf(D.from[edge]), D.zh[D.from[edge]], D.relations[D.rel[edge]].name, D.relations[D.rel[edge]].zh, iriOf(D.to[edge]), D.zh[D.to[edge]],
    record.basis, record.rule, record.wording, record.document || record.source?.url, record.passages?.[0].start, record.passages?.[0].end, record.passages?.[0].quote]));
  deliver(fileName('edges.csv'), 'text/csv', csv([['subject', 'subject_zh', 'relation', 'relation_zh', 'object', 'object_zh', 'basis', 'rule', 'wording', 'source', 'start', 'end', 'quote'], ...rows]));
}

async function saveJson() {
  await evidence();
  const { nodes, edges } = seen();
  deliver(fileName('json'), 'application/json', `${JSON.stringify({
    address: location.hash, licence: D.colophon.licence, sources: D.colophon.sources,
    nodes: nodes.map((node) => ({ id: iriOf(node), class: className(node), zh: D.zh[node], en: D.en[node] || undefined, alt: D.alt[node], attributes: D.attrs[node] })),
    edges: edges.map((edge) => ({ from: iriOf(D.from[edge]), relation: D.relations[D.rel[edge]].name, to: iriOf(D.to[edge]), statements: recordsOf(edge) })),
  }, null, 1)}\n`);
}

const quoted = (text) => `"${String(text).replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/[\u0000-\u001f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
const iriTerm = (iri) => `<${iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)}>`;

function turtleValue(curie, value) {
  if (Array.isArray(value)) return value.map((part) => turtleValue(curie, part)).join(', ');
  if (value?.d) return `${quoted(value.d)}^^xsd:date`;
  if (value && typeof value === 'object') return value.i.includes('://') ? iriTerm(value.i) : value.i;
  const datatype = D.attributes[curie]?.[2] || '';
  const xsd = D.prefixes.xsd;
  if (datatype && datatype !== `${xsd}string`) return `${quoted(value)}^^${datatype.startsWith(xsd) ? `xsd:${datatype.slice(xsd.length)}` : iriTerm(datatype)}`;
  return typeof value === 'boolean' || typeof value === 'number' ? String(value) : quoted(value);
}

function saveTurtle() {
  const { nodes, edges } = seen();
  const out = new Map(nodes.map((node) => [node, []]));
  // Turtle asserts what it writes: what is only proposed stays out of it.
  for (const edge of edges.filter((one) => !onlyProposed(one))) out.get(D.from[edge])?.push(`yf:${D.relations[D.rel[edge]].name} ${iriTerm(iriOf(D.to[edge]))}`);
  const blocks = nodes.map((node) => {
    const labels = [`${quoted(D.zh[node])}@zh`, ...(D.en[node] ? [`${quoted(D.en[node])}@en`] : [])].join(', ');
    const lines = [`a yf:${className(node)}`, `skos:prefLabel ${labels}`,
      ...(D.alt[node] || []).map(([language, name]) => `skos:altLabel ${quoted(name)}@${language}`),
      ...Object.entries(D.attrs[node] || {}).map(([curie, value]) => `${curie} ${turtleValue(curie, value)}`), ...out.get(node)];
    return `${iriTerm(iriOf(node))}\n    ${lines.join(' ;\n    ')} .\n`;
  });
  const used = Object.entries(D.prefixes).filter(([prefix]) => blocks.some((block) => block.includes(`${prefix}:`)));
  deliver(fileName('ttl'), 'text/turtle', `${used.map(([prefix, iri]) => `@prefix ${prefix}: <${iri}> .\n`).join('')}\n${blocks.join('\n')}`);
}
