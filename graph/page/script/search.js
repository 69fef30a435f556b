// Search by Chinese, English, alias, pinyin (in full or by initials) and, through the evidence, by quote.
let readings = null;
let haystack = null;

function readingsOf(text) {
  if (!readings) {
    readings = new Map();
    for (const pass of [false, true]) {
      for (const [syllable, characters] of Object.entries(D.pinyin)) {
        if (syllable.startsWith('~') !== pass) continue;
        for (const c of characters) readings.set(c, [...(readings.get(c) || []), syllable.replace('~', '')]);
      }
    }
  }
  // Marks are not typed: what has no reading and is no letter or figure is passed over.
  return [...text.toLowerCase().replace(/\s+/g, '')].map((c) => readings.get(c) || (c < '\x7f' ? [c] : null)).filter(Boolean);
}

/** The ways in which a name may be typed in Latin letters; at most six spellings, so that polyphones do not explode. */
function spellings(text) {
  let spelt = [''];
  let initials = [''];
  for (const choices of readingsOf(text)) {
    const taken = spelt.length * choices.length > 6 ? choices.slice(0, 1) : choices;
    spelt = spelt.flatMap((form) => taken.map((c) => form + c));
    initials = initials.flatMap((form) => [...new Set(taken.map((c) => c[0]))].map((c) => form + c));
  }
  return [...spelt, ...initials];
}

/** One line for each name. Lines are searched as one string, which is far quicker than 20,000 short searches; those in Latin letters
 * (spellings, most of all) apart from the others: a string of one byte a letter is searched several times as fast. */
function buildHaystack() {
  if (!haystack) { spellSome(() => true); finishHaystack(); }
  return haystack;
}

const making = { next: 0, latin: { names: [], owner: [], kind: [] }, other: { names: [], owner: [], kind: [] } };

/** Spell names as long as there is time. */
function spellSome(time) {
  const add = (node, text, what) => {
    const part = /^[\x20-\xff]*$/.test(text) ? making.latin : making.other;
    part.names.push(text);
    part.owner.push(node);
    part.kind.push(what);
  };
  for (; making.next < D.count && time(); making.next += 1) {
    const i = making.next;
    add(i, D.zh[i].toLowerCase(), 'name');
    if (D.en[i]) add(i, D.en[i].toLowerCase(), 'name');
    const spelt = new Set(/[\u3400-\u9fff]/.test(D.zh[i]) ? spellings(D.zh[i]) : []);
    for (const [language, alias] of D.alt[i] || []) {
      add(i, alias.toLowerCase(), 'alias');
      if (language === 'zh') for (const form of spellings(alias)) spelt.add(form);
    }
    for (const form of spelt) add(i, form, 'pinyin');
  }
}

function finishHaystack() {
  haystack = [making.latin, making.other].map(({ names, owner, kind }) => {
    const starts = new Int32Array(names.length);
    let at = 1;
    names.forEach((name, i) => { starts[i] = at; at += name.length + 1; });
    return { text: `\n${names.join('\n')}\n`, starts, owner, kind, names };
  });
}

/** Make the index while nothing else is to be done, a little at a time, so that no frame waits for it. */
function prepareHaystack(deadline) {
  if (haystack) return;
  const until = performance.now() + Math.min(12, Math.max(4, deadline?.timeRemaining?.() ?? 8));
  spellSome(() => performance.now() < until);
  if (making.next >= D.count) finishHaystack(); else (window.requestIdleCallback || setTimeout)(prepareHaystack);
}

function lineAt(starts, place) {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= place) low = middle; else high = middle - 1;
  }
  return low;
}

/** The best nodes for what was typed: whole names first, then beginnings, then anywhere; ties by number of edges. */
function findNodes(query, limit = 12) {
  const wanted = query.trim().toLowerCase();
  if (!wanted) return [];
  const best = new Map();
  const penalty = { name: 0, alias: 0.5, pinyin: 1 };
  // What occurs nearly everywhere is not counted to the end: enough of it is enough to choose from.
  const collect = ({ text, starts, owner, kind, names }, typed, begins) => {
    const needle = begins ? `\n${typed}` : typed;
    let seen = 0;
    for (let at = text.indexOf(needle); at >= 0 && seen < 500; at = text.indexOf(needle, at + typed.length)) {
      const first = at + needle.length - typed.length;
      const line = lineAt(starts, first);
      const total = (!begins ? 4 : text[first + typed.length] === '\n' ? 0 : 2) + penalty[kind[line]];
      const known = best.get(owner[line]);
      if (!known || total < known.score) best.set(owner[line], { node: owner[line], score: total, kind: kind[line], text: names[line] });
      seen += 1;
    }
  };
  const [latin, other] = buildHaystack();
  for (const typed of new Set([wanted, wanted.replace(/[\s']+/g, '')])) {
    // What holds a Chinese character stands in no line of Latin letters.
    const parts = /^[\x20-\xff]*$/.test(typed) ? [other, latin] : [other];
    for (const part of parts) collect(part, typed, true);
    if (best.size < limit) for (const part of parts) collect(part, typed, false);
  }
  const weight = (node) => D.out(node).length + D.into(node).length;
  const found = [...best.values()].map((hit) => ({ ...hit, weight: weight(hit.node) }));
  return found.sort((a, b) => a.score - b.score || b.weight - a.weight || a.node - b.node).slice(0, limit);
}

/** Sentences in which the words stand: places in the texts that some statement quotes (needs the evidence). */
function findQuotes(query, limit = 5) {
  const wanted = query.trim();
  if (!proofs || wanted.length < 2) return [];
  const found = [];
  for (const [doc, document_] of proofs.documents.entries()) {
    let from = 0;
    while (found.length < limit) {
      const at = document_.text.indexOf(wanted, from);
      if (at < 0) break;
      const place = document_.points ? Array.from(document_.text.slice(0, at)).length : at;
      const [start, end, count] = sentenceAround(doc, place);
      found.push({ doc, from: start, to: end, count });
      from = Math.max(at + wanted.length, document_.points ? at + 1 : end);
    }
  }
  return found;
}
