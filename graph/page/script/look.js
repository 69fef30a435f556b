// What a class looks like: a hue that colour-blind readers can tell apart, and always a shape of its own as well. The ontology says
// which hue and which shape, the style sheet what they and the papers look like; both are only read here.
const lookOf = (cls) => {
  const known = D.classes[D.classIndex[cls]];
  const [shape, hollow] = (known?.mark || 'circle hollow').split(' ');
  return [known?.colour || 'slate', shape, Boolean(hollow)];
};

const isDark = () => document.documentElement.dataset.theme === 'dark';
const tones = {};
let printing = false;
const themeNow = () => (printing ? 'print' : isDark() ? 'dark' : 'light');

/** A colour of the style sheet by the name of its custom property, in the theme of the page. */
function tone(name) {
  const kept = tones[themeNow()] ??= {};
  return kept[name] ??= getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
const hueOf = (cls) => tone(lookOf(cls)[0]);

function mix(a, b, share) {
  const part = (hex, at) => parseInt(hex.slice(at, at + 2), 16);
  return '#' + [1, 3, 5].map((at) => Math.round(part(a, at) * share + part(b, at) * (1 - share))
    .toString(16).padStart(2, '0')).join('');
}

/** The colour of a card's outline: at least 3:1 against what is behind it and against its own ground, in both themes (WCAG 2.2, 1.4.11). */
const rimOf = (hue) => mix(hue, inks().card, 0.76);

const INK_NAMES = ['paper', 'card', 'ink', 'soft', 'line', 'region', 'rim', 'accent', 'glow'];
const INKS = {};
const inks = () => (INKS[themeNow()] ??= Object.fromEntries(INK_NAMES.map((name) => [name, tone(name === 'glow' ? 'halo' : name)])));

/** Trace a class's mark around (x, y) with radius r; the caller fills or strokes it. */
function traceMark(ctx, shape, x, y, r) {
  ctx.beginPath();
  for (const [i, one] of (D.marks[shape] ?? [0.9]).entries()) {
    // A number is the radius of a circle, a pair the next corner.
    if (typeof one === 'number') { ctx.moveTo(x + one * r, y); ctx.arc(x, y, r * one, 0, Math.PI * 2); } else ctx[i ? 'lineTo' : 'moveTo'](x + one[0] * r, y + one[1] * r);
  }
  ctx.closePath();
}

/** Draw a class's mark: solid, or as an outline where the class shares its shape with a sister class. */
function drawMark(ctx, cls, x, y, r, colour = hueOf(cls)) {
  const [, shape, hollow] = lookOf(cls);
  traceMark(ctx, shape, x, y, hollow ? r * 0.9 : r);
  if (hollow) {
    ctx.strokeStyle = colour;
    ctx.lineWidth = Math.max(1, r * 0.28);
    ctx.stroke();
  } else {
    ctx.fillStyle = colour;
    ctx.fill('evenodd');
  }
}

/** The mark of a class as a small SVG for legends and lists; colours follow the theme by CSS class. */
function markOf(cls) {
  const [hue, shape, hollow] = lookOf(cls);
  let d = '';
  const point = (x, y) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const pen = {
    beginPath() {}, closePath() { d += 'Z'; },
    moveTo(x, y) { d += `M${point(x, y)}`; }, lineTo(x, y) { d += `L${point(x, y)}`; },
    arc(x, y, r) { d += `M${point(x + r, y)}A${r} ${r} 0 1 1 ${point(x - r, y)}A${r} ${r} 0 1 1 ${point(x + r, y)}Z`; },
  };
  traceMark(pen, shape, 8, 8, hollow ? 6 : 6.6);
  return s('svg', { viewBox: '0 0 16 16', class: `mark hue-${hue}${hollow ? ' hollow' : ''}`, 'aria-hidden': 'true' },
    s('path', { d, 'fill-rule': 'evenodd' }));
}
