// Helpers for elements. Everything shown is set as text, never as markup, so nothing in a label can run.
const $ = (selector, within = document) => within.querySelector(selector);

function fill(element, props, children) {
  for (const [name, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'style') for (const [key, text] of Object.entries(value)) element.style.setProperty(key, text);
    else if (name === 'value' || name === 'checked' || name === 'disabled' || name === 'indeterminate') element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

/** An HTML element: h('p', {class: 'note'}, 'text', other). */
const h = (name, props, ...children) => fill(document.createElement(name), props, children);

/** An SVG element. */
const s = (name, props, ...children) =>
  fill(document.createElementNS('http://www.w3.org/2000/svg', name), props, children);

/** A button with its words as accessible name; `mark` is a decorative sign before (or instead of) the words. */
function button(words, onclick, props = {}, mark = null) {
  return h('button', { type: 'button', onclick, ...props }, mark, words);
}

/** A button that shows a sign only and says its words to assistive technology and on hover. */
function sign(mark, words, onclick, props = {}) {
  return h('button', { type: 'button', onclick, title: words, 'aria-label': words, class: 'sign', ...props }, icon(mark));
}

const ICONS = {
  undo: 'M9 7 4 12l5 5M4 12h10a5 5 0 0 1 0 10h-3', redo: 'M15 7l5 5-5 5M20 12H10a5 5 0 0 0 0 10h3',
  plus: 'M12 5v14M5 12h14', minus: 'M5 12h14', fit: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  close: 'M6 6l12 12M18 6 6 18', link: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
  save: 'M12 4v11m-5-5 5 5 5-5M5 20h14', help: 'M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2m0 3v.5', filter: 'M4 6h16M7 12h10M10 18h4',
  light: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2',
  dark: 'M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10z', hide: 'M3 12s4-6 9-6 9 6 9 6-4 6-9 6-9-6-9-6zM4 4l16 16',
  back: 'M14 6l-6 6 6 6', open: 'M5 12h14M13 6l6 6-6 6', physics: 'M12 12h.01M12 5c5 0 9 3 9 7s-4 7-9 7-9-3-9-7 4-7 9-7zM8 4c4-1 8 4 9 8s0 9-3 9',
};

/** A line drawing of 24 by 24 units in the colour of the text. */
const icon = (name) => s('svg', { viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true' }, s('path', { d: ICONS[name] }));

/** Put children in place of what an element holds. */
function show(element, ...children) {
  element.replaceChildren();
  return fill(element, null, children);
}

/** Fill a list with the first items; a button at its end, whose words tell how many it brings, goes on with as many again. */
function fillBySteps(list, all, step, item, words) {
  const put = (from) => {
    fill(list, null, all.slice(from, from + step).map((one) => item(one)));
    const left = all.length - from - step;
    if (left <= 0) return;
    const more = h('li', {}, button(words(Math.min(step, left)), () => { more.remove(); put(from + step); }, { class: 'quiet' }));
    list.append(more);
  };
  put(0);
  return list;
}

const escapeText = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

function debounce(run, wait) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...given), wait);
  };
}

/** Say something to assistive technology. */
const say = (text) => { $('#live').textContent = text; };
