// Help in pictures: what to do, each as a small drawing with one line of words, and the keys below.
const card_ = (x, y, w, name = '', more = {}) => [s('rect', { x, y, width: w, height: 14, rx: 4, class: `h-card ${name}`, ...more }), s('circle', { cx: x + 8, cy: y + 7, r: 3, class: 'h-mark' }), s('rect', { x: x + 14, y: y + 5.5, width: w - 20, height: 3, rx: 1.5, class: 'h-word' })];
const hand = (x, y) => s('path', { d: `M${x} ${y}l0 13l3.4 -3l2.4 5.2l2.6 -1.2l-2.4 -5l4.4 -0.4z`, class: 'h-hand' });
const way = (d, name = '') => s('path', { d, class: `h-line ${name}` });

const LESSONS = [
  ['helpChoose', () => [card_(8, 12, 44), card_(74, 12, 44), card_(74, 44, 44, 'lit'), card_(8, 44, 44, 'chosen'), way('M52 51H74', 'lit'), way('M30 26V44'), hand(34, 54)]],
  ['helpFold', () => [card_(10, 8, 60), s('rect', { x: 60, y: 17, width: 18, height: 10, rx: 5, class: 'h-badge' }), s('text', { x: 69, y: 24.5, class: 'h-text' }, '+3'), card_(18, 38, 40), card_(64, 38, 40), card_(18, 56, 40), way('M40 28V34'), hand(72, 22)]],
  ['helpLine', () => [card_(8, 10, 40), card_(80, 52, 40), way('M48 17H64Q66 17 66 19V57Q66 59 68 59H80', 'thick'), s('rect', { x: 56, y: 30, width: 20, height: 12, rx: 5, class: 'h-badge' }), s('text', { x: 66, y: 38.8, class: 'h-text' }, '8'), hand(70, 36)]],
  ['helpAsk', () => [s('rect', { x: 6, y: 8, width: 42, height: 14, rx: 4, class: 'h-field' }), s('path', { d: 'M38 13l3 4l3 -4', class: 'h-line' }), hand(42, 16), card_(6, 44, 30, 'plan'), card_(52, 32, 30), card_(52, 56, 30), card_(96, 44, 26, 'goal'), way('M36 51C44 51 44 39 52 39'), way('M36 51C44 51 44 63 52 63'), way('M82 39C90 39 90 51 96 51')]],
  ['helpSays', () => [s('rect', { x: 8, y: 8, width: 112, height: 62, rx: 6, class: 'h-card' }), s('rect', { x: 16, y: 16, width: 96, height: 4, rx: 2, class: 'h-word' }), s('rect', { x: 16, y: 28, width: 28, height: 8, rx: 2, class: 'h-glow' }), s('rect', { x: 46, y: 30, width: 62, height: 4, rx: 2, class: 'h-word' }), s('rect', { x: 16, y: 42, width: 84, height: 4, rx: 2, class: 'h-word' }), s('rect', { x: 16, y: 54, width: 34, height: 8, rx: 4, class: 'h-badge' })]],
  ['helpMatrix', () => [[34, 54, 74, 94].map((x) => s('rect', { x, y: 8, width: 4, height: 16, rx: 2, class: 'h-word' })), [30, 44, 58].map((y, i) => [s('rect', { x: 6, y: y + 2, width: 22, height: 4, rx: 2, class: 'h-word' }), [[0, 2], [1], [0, 3]][i].map((k) => s('circle', { cx: 36 + k * 20, cy: y + 4, r: 4, class: 'h-dot' }))])]],
];

function openHelp() {
  const dialog = $('#help');
  dialog.setAttribute('aria-label', t('help'));
  show(dialog,
    h('div', { class: 'dialog-top' }, h('h2', {}, t('help')), sign('close', t('close'), () => dialog.close())),
    h('ul', { class: 'lessons' }, LESSONS.map(([words, draw]) => h('li', {}, h('figure', {}, s('svg', { viewBox: '0 0 128 78', 'aria-hidden': 'true' }, draw().flat(Infinity)), h('figcaption', {}, t(words)))))),
    h('h3', {}, t('shortcuts')),
    h('table', {}, h('tbody', {}, KEYS.map(([key, words]) => h('tr', {}, h('th', { scope: 'row' }, key.split(' / ').map((one, i) => [i ? ' / ' : '', h('kbd', {}, one)])), h('td', {}, words[S.lang === 'en' ? 1 : 0]))))),
    h('label', { class: 'single' }, h('input', { type: 'checkbox', checked: singleKeys, onchange: (event) => { singleKeys = event.target.checked; } }), t('singleKeys')));
  if (!dialog.open) dialog.showModal();
}
