// Cards: a label with its class's mark. Sizes follow the rules of graph/page/layout/measure.py, so that build-time layouts hold.
const FONT = 13, LATIN = 14.5, LINE = { zh: 17, en: 16 }, PAD_X = 8, PAD_Y = 5, MARK = 17;
const faceOf = (language) => (language === 'en' ? `-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,${FACE}` : FACE);
const FACE = '"PingFang SC","Noto Sans CJK SC","Noto Sans SC","Microsoft YaHei","Segoe UI",system-ui,sans-serif';
const TOKEN = /[“‘《（〈【〔]*(?:[<>=≥≤≈] ?)?(?:[A-Za-z0-9.,'’&/()+%—–-]+(?:(?<=[0-9])[万亿]*[\u4e00-\u9fff])?|\s+|[^\s])[，。、；：？！）》”’】〉〕]*/gu;
const LIMITS = { zh: 11.5, en: 19 };

function emsOf(text) {
  let total = 0;
  for (const c of text) {
    if (c.codePointAt(0) >= 0x2e80 || '“”‘’—…〔〕'.includes(c)) total += 1;
    else if (/\p{Lu}|\p{Nd}/u.test(c) || '+%&@mwMW<>='.includes(c)) total += 0.72;
    else total += " fijlrt.,;:'|!()[]-/".includes(c) ? 0.36 : 'csvyz'.includes(c) ? 0.5 : 0.58;
  }
  return total;
}

function fillLines(tokens, limit) {
  const lines = [];
  let line = '';
  let width = 0;
  for (const token of tokens) {
    const size = emsOf(token);
    if (line && width + size > limit) { lines.push(line.trimEnd()); line = ''; width = 0; }
    if (line || token.trim()) { line += token; width += size; }
  }
  return [...lines, line.trimEnd()];
}

function wrapLabel(text, limit) {
  const tokens = text.match(TOKEN) || [''];
  const lines = fillLines(tokens, limit);
  if (lines.length > 1) {
    const balanced = fillLines(tokens, Math.max(emsOf(text) / lines.length + 1, ...tokens.map(emsOf)));
    if (balanced.length <= lines.length) return balanced;
  }
  return lines;
}

const cardCache = { zh: new Map(), en: new Map() };

/** A card's size and its lines of text, in the language of the page. */
function sizeOf(node) {
  const language = S.lang === 'en' && englishOf(node) ? 'en' : 'zh';
  const cache = cardCache[S.lang];
  let size = cache.get(node);
  if (!size) {
    const scale = className(node) === 'Plan' ? 1.25 : 1;
    const lines = wrapLabel(language === 'en' ? englishOf(node) : D.zh[node], LIMITS[language] * (scale > 1 ? 1.2 : 1));
    // What the build says below a label: an indicator's targets, a plan's years, a task's deadline.
    const below = D.below[node]?.[S.lang === 'en' ? 1 : 0] ?? [];
    const w = Math.ceil(Math.max(...[...lines, ...below].map(emsOf)) * FONT * scale + 2 * PAD_X + MARK);
    size = { lines, below, scale, latin: language === 'en', face: faceOf(language), w, h: Math.floor((lines.length + below.length) * LINE[language] * scale + 2 * PAD_Y) };
    cache.set(node, size);
  }
  return size;
}

/** The size of a card's letters: Latin ones are drawn a little larger than they are reckoned, where the card has room for them. */
function fontOf(ctx, size) {
  if (!size.latin) return FONT * size.scale;
  if (!size.font) {
    const wished = LATIN * size.scale;
    const room = size.w - PAD_X - MARK * (size.scale > 1 ? 1.2 : 1) - 4;
    const widest = (lines, font) => { ctx.font = font; return Math.max(0, ...lines.map((line) => ctx.measureText(line).width)); };
    const needed = Math.max(widest(size.lines, `${size.scale > 1 ? '600 ' : ''}${wished}px ${size.face}`), widest(size.below, `600 ${wished - size.scale}px ${size.face}`));
    // In steps of half a pixel, so that neighbours look alike.
    size.font = Math.max(FONT * size.scale, Math.floor(wished * Math.min(1, room / needed) * 2) / 2);
  }
  return size.font;
}

function roundRect(ctx, x, y, w, high, r) {
  ctx.beginPath();
  if (ctx.roundRect) ctx.roundRect(x, y, w, high, r);
  else ctx.rect(x, y, w, high);
}

/** How many details are folded into a node, or unfolded below it (negative), among those that pass the filters. */
function badgeOf(node) {
  const children = D.children.get(node);
  if (!children) return 0;
  const count = children.reduce((sum, child) => sum + V.pass[child], 0);
  return V.opened.has(node) ? -count : count;
}

/** Draw a node's card around (x, y). `mood` says whether it is chosen, hovered over, dimmed; `zoom` how large it appears. */
function drawCard(ctx, node, x, y, mood = {}, zoom = 1) {
  const size = sizeOf(node);
  const { lines, below, scale, face, w, h: high } = size;
  const colours = inks();
  const cls = className(node);
  const hue = hueOf(cls);
  const left = x - w / 2;
  const top = y - high / 2;
  const plan = cls === 'Plan';
  if (mood.dim) {
    // A dimmed card still hides the lines behind it.
    roundRect(ctx, left, top, w, high, 7);
    ctx.fillStyle = colours.region;
    ctx.fill();
    ctx.globalAlpha = 0.3;
  }
  if (mood.chosen) {
    roundRect(ctx, left - 4, top - 4, w + 8, high + 8, 11);
    ctx.fillStyle = colours.glow;
    ctx.fill();
  }
  if (mood.tag) {
    ctx.font = `600 ${TAG_FONT}px ${faceOf(S.lang)}`;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    ctx.fillStyle = hue;
    ctx.fillText(mood.tag, left + 2, top - 8);
  }
  roundRect(ctx, left, top, w, high, 7);
  ctx.fillStyle = mood.back ? colours.paper : plan ? (isDark() ? '#26395a' : hue) : mix(hue, colours.card, isDark() ? 0.16 : 0.09);
  ctx.fill();
  ctx.lineWidth = mood.chosen || mood.hover ? 2 : 1;
  ctx.strokeStyle = mood.chosen ? colours.accent : mood.hover ? hue : rimOf(hue);
  ctx.stroke();
  if (zoom * FONT * scale >= 4.5) {
    const all = lines.length + below.length;
    // Chosen, a name is bold and needs its room.
    const font = mood.chosen ? FONT * scale : fontOf(ctx, size);
    const put = (line, i) => ctx.fillText(line, left + PAD_X + MARK * (scale > 1 ? 1.2 : 1), y + (i - (all - 1) / 2) * LINE[size.latin ? 'en' : 'zh'] * scale + 0.5);
    drawMark(ctx, cls, left + PAD_X + 6 * scale, y, 6 * scale, plan && !isDark() ? '#ffffff' : hue);
    ctx.fillStyle = plan && !isDark() ? '#ffffff' : mood.back ? colours.soft : colours.ink;
    ctx.font = `${plan || mood.chosen ? '600 ' : ''}${font}px ${face}`;
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    lines.forEach(put);
    if (below.length) {
      ctx.font = `600 ${font - scale}px ${faceOf(S.lang)}`;
      if (!plan) ctx.fillStyle = mood.back ? colours.soft : hue;
      below.forEach((line, i) => put(line, lines.length + i));
    }
  } else {
    drawMark(ctx, cls, x, y, Math.min(high, w) / 2.6, plan && !isDark() ? '#ffffff' : hue);
  }
  const folded = mood.tag === undefined || !asking() ? badgeOf(node) : 0;
  if (folded) drawBadge(ctx, left + w, top + high, folded, hue, colours);
  ctx.globalAlpha = 1;
}

// A card's badge hangs below its label and ends above the next card: `up` and `down` from the card's lower edge, `out` to its right.
const BADGE = { up: 5, down: 8, out: 5, wide: (words) => 12 + 6 * words.length };

/** The sign at a card's lower right corner: how many details are folded in, or a minus when they are out. */
function drawBadge(ctx, x, y, folded, hue, colours) {
  const words = folded > 0 ? `+${folded}` : '−';
  const wide = BADGE.wide(words);
  const tall = BADGE.up + BADGE.down;
  roundRect(ctx, x - wide + BADGE.out, y - BADGE.up, wide, tall, tall / 2);
  ctx.fillStyle = colours.card;
  ctx.fill();
  ctx.lineWidth = 1;
  ctx.strokeStyle = hue;
  ctx.stroke();
  ctx.fillStyle = hue;
  ctx.font = `600 10px ${FACE}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillText(words, x - wide / 2 + BADGE.out, y - BADGE.up + tall / 2 + 0.3);
}
