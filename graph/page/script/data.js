// The graph, unpacked from its columns; nodes and edges are numbers everywhere.
const D = {};
let proofs = null;
/** What a statement may rest on, in the order of the bits of `D.bases`. */
const BASES = ['stated', 'inferred', 'curated', 'proposed'];
const PROPOSED = 3;

async function inflate(id) {
  const packed = atob($(id).textContent);
  const bytes = new Uint8Array(packed.length);
  for (let i = 0; i < packed.length; i += 1) bytes[i] = packed.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return JSON.parse(await new Response(stream).text());
}

function running(steps) {
  const result = new Int32Array(steps.length);
  let last = 0;
  for (let i = 0; i < steps.length; i += 1) result[i] = last += steps[i];
  return result;
}

/** For each node the edges at that end: edges(node) gives a slice of `order`. */
function incidence(ends, count) {
  const start = new Int32Array(count + 1);
  for (const end of ends) start[end + 1] += 1;
  for (let i = 0; i < count; i += 1) start[i + 1] += start[i];
  const order = new Int32Array(ends.length);
  const next = start.slice();
  ends.forEach((end, edge) => { order[next[end]++] = edge; });
  return (node) => order.subarray(start[node], start[node + 1]);
}

/** Run vis-network, which lies in the page deflated; the policy lets in this text and no other. */
async function loadLibrary() {
  const script = document.createElement('script');
  script.textContent = await inflate('#library');
  document.head.append(script);
  script.remove();
}

async function unpack() {
  const raw = await inflate('#graph-data');
  const { nodes, edges } = raw;
  Object.assign(D, {
    base: raw.base, prefixes: raw.prefixes, scenes: raw.scenes, options: raw.options, colophon: raw.colophon,
    overview: raw.overview || null, attributes: raw.attributes, terms: raw.terms, marks: raw.marks, pinyin: raw.pinyin,
    classes: raw.classes.map(([name, zh, en, above, segment, colour, mark]) => ({ name, zh, en, above, segment, colour, mark })),
    relations: raw.relations.map(([name, zh, en, backZh, backEn, above]) => ({ name, zh, en, backZh, backEn, above })),
    count: nodes.zh.length, zh: nodes.zh, en: nodes.en, told: nodes.told, gloss: nodes.gloss, below: nodes.below, said: nodes.said, start: nodes.start, scale: nodes.scale, units: raw.units, signs: raw.signs, cls: Uint8Array.from(nodes.cls),
    alt: nodes.alt, attrs: nodes.attrs, plan: running(nodes.plan), fold: running(nodes.fold), short: nodes.iri,
    from: running(edges.from), to: Int32Array.from(edges.to), rel: Uint8Array.from(edges.rel), bases: Uint8Array.from(edges.bases),
    edgeCount: edges.to.length,
  });
  D.out = incidence(D.from, D.count);
  D.into = incidence(D.to, D.count);
  D.children = new Map();
  for (let i = 0; i < D.count; i += 1) {
    if (D.fold[i] >= 0) {
      if (!D.children.has(D.fold[i])) D.children.set(D.fold[i], []);
      D.children.get(D.fold[i]).push(i);
    }
  }
  D.large = Boolean(D.overview);
  D.classIndex = Object.fromEntries(D.classes.map((c, i) => [c.name, i]));
  D.relIndex = Object.fromEntries(D.relations.map((r, i) => [r.name, i]));
}

/** A node's IRI: written out, or following from its class, label and plan. */
function iriOf(node) {
  const short = D.short[node];
  if (typeof short === 'string') return short.includes('://') ? short : D.base + short;
  const tail = `${D.classes[D.cls[node]].segment}/${D.zh[node]}`;
  return short === 0 ? D.base + tail : `${iriOf(D.plan[node])}/${tail}`;
}

let byIri = null;
function nodeOf(iri) {
  if (!byIri) {
    byIri = new Map();
    for (let i = 0; i < D.count; i += 1) byIri.set(iriOf(i), i);
  }
  return byIri.get(iri) ?? -1;
}

const className = (node) => D.classes[D.cls[node]].name;
const isA = (node, name) => className(node) === name || D.classes[D.cls[node]].above.includes(name);
const attrOf = (node, curie) => D.attrs[node]?.[curie];

/** The sentences of a document with what became of each: 0 evidence, from 1 on a reason, from -1 down not understood; null where nobody noted it. */
function sentencesIn(columns) {
  if (!columns) return null;
  const [steps, lengths, codes] = columns;
  let end = 0;
  return steps.map((step, i) => {
    const from = end + step;
    end = from + lengths[i];
    return { from, to: end, code: codes[i] };
  });
}

/** The evidence, inflated when it is first asked for. */
let proofsComing = null;
function evidence() {
  proofsComing ??= inflate('#evidence-data').then((raw) => {
    const first = new Int32Array(raw.counts.length + 1);
    raw.counts.forEach((count, edge) => { first[edge + 1] = first[edge] + count; });
    const edgeOf = new Int32Array(first[raw.counts.length]);
    raw.counts.forEach((count, edge) => edgeOf.fill(edge, first[edge], first[edge] + count));
    let start = 0;
    const passages = raw.passages.map((steps) => {
      start += steps[0];
      const spans = [[start, start + steps[1]]];
      for (let i = 2; i < steps.length; i += 2) spans.push([start - steps[i], start - steps[i] + steps[i + 1]]);
      return spans;
    });
    const documents = raw.documents.map((doc, which) => {
      let end = 0;
      const lines = doc.lines.map(([gap, length, kind]) => {
        const from = end + gap;
        end = from + length;
        return { from, to: end, kind };
      });
      return { ...doc, lines, sentences: sentencesIn(raw.ledger.documents[which]), node: nodeOf(doc.iri), points: /[\ud800-\udbff]/.test(doc.text) ? Array.from(doc.text) : null };
    });
    proofs = { ...raw, first, edgeOf, passages, documents };
    return proofs;
  });
  return proofsComing;
}

/** A stretch of a text; places count code points, as in the exported files, also where a character takes two units. */
const cut = (doc, from, to) => (doc.points ? doc.points.slice(from, to).join('') : doc.text.slice(from, to));
const lengthOf = (doc) => (doc.points ? doc.points.length : doc.text.length);

/** The statements of an edge, as numbers. */
function statementsOf(edge) {
  return Array.from({ length: proofs.counts[edge] }, (_, i) => proofs.first[edge] + i);
}
