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

const INK_NAMES = ['paper', 'card', 'ink', 'soft', 'line', 'region', 'rim', 'accent', 'glow'];
const INKS = {};
const inks = () => (INKS[themeNow()] ??= Object.fromEntries(INK_NAMES.map((name) => [name, tone(name === 'glow' ? 'halo' : name)])));

/** Trace a class's mark around (x, y) with radius r; the caller fills or strokes it. */
function traceMark(ctx, shape, x, y, r) {
  const polygon = (count, turn, inner = 0) => {
    const points = inner ? count * 2 : count;
    for (let i = 0; i < points; i += 1) {
      const reach = inner && i % 2 ? r * inner : r;
      const angle = turn + (i * 2 * Math.PI) / points;
      ctx[i ? 'lineTo' : 'moveTo'](x + reach * Math.cos(angle), y + reach * Math.sin(angle));
    }
    ctx.closePath();
  };
  const shapeOf = (...points) => {
    points.forEach(([px, py], i) => ctx[i ? 'lineTo' : 'moveTo'](x + px * r, y + py * r));
    ctx.closePath();
  };
  ctx.beginPath();
  if (shape === 'circle') ctx.arc(x, y, r * 0.9, 0, Math.PI * 2);
  else if (shape === 'ring') { ctx.arc(x, y, r * 0.92, 0, Math.PI * 2); ctx.moveTo(x + r * 0.4, y); ctx.arc(x, y, r * 0.4, 0, Math.PI * 2); }
  else if (shape === 'square') shapeOf([-0.8, -0.8], [0.8, -0.8], [0.8, 0.8], [-0.8, 0.8]);
  else if (shape === 'diamond') polygon(4, 0);
  else if (shape === 'hexagon') polygon(6, 0);
  else if (shape === 'triangle') polygon(3, -Math.PI / 2);
  else if (shape === 'down') polygon(3, Math.PI / 2);
  else if (shape === 'star') polygon(5, -Math.PI / 2, 0.48);
  else if (shape === 'chevron') shapeOf([-0.9, -0.8], [0.2, -0.8], [0.95, 0], [0.2, 0.8], [-0.9, 0.8], [-0.25, 0]);
  else if (shape === 'shield') shapeOf([-0.8, -0.85], [0.8, -0.85], [0.8, 0.15], [0, 1], [-0.8, 0.15]);
  else if (shape === 'page') shapeOf([-0.7, -0.95], [0.25, -0.95], [0.75, -0.45], [0.75, 0.95], [-0.7, 0.95]);
  else if (shape === 'bar') shapeOf([-0.9, -0.3], [0.9, -0.3], [0.9, 0.3], [-0.9, 0.3]);
  else if (shape === 'cross') shapeOf([-0.3, -0.9], [0.3, -0.9], [0.3, -0.3], [0.9, -0.3], [0.9, 0.3], [0.3, 0.3], [0.3, 0.9], [-0.3, 0.9], [-0.3, 0.3], [-0.9, 0.3], [-0.9, -0.3], [-0.3, -0.3]);
  else if (shape === 'sail') shapeOf([-0.05, -1], [-0.05, 0.45], [-0.95, 0.45], [-0.95, 0.62], [-0.5, 0.95], [0.55, 0.95], [0.95, 0.62], [0.95, 0.45], [0.15, 0.45], [0.9, 0.35], [0.15, -0.7]);
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
