(() => {
'use strict';
// The page is whole without this: here is only what is shown of it, and all of that stands in the address.
const root = document.documentElement;
const state = new URLSearchParams(location.hash.slice(1));
const lists = ['targets', 'work'];
const own = /^zh\b/i.test(navigator.language || 'zh') ? 'zh' : 'en';

function choose(what, kind) {
  const section = document.getElementById(what);
  const buttons = [...section.querySelectorAll('.choose button')];
  if (!buttons.some((one) => one.dataset.kind === kind)) kind = '';
  for (const one of buttons) one.setAttribute('aria-pressed', String(one.dataset.kind === kind));
  let shown = 0;
  for (const row of section.querySelectorAll('.row')) {
    row.hidden = Boolean(kind) && row.dataset.kind !== kind;
    shown += row.hidden ? 0 : 1;
  }
  return shown;
}

function show() {
  root.dataset.lang = ['zh', 'en'].includes(state.get('l')) ? state.get('l') : own;
  root.lang = root.dataset.lang === 'zh' ? 'zh-CN' : 'en';
  const dark = state.get('t') ? state.get('t') === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'dark' : 'light';
  for (const what of lists) choose(what, state.get(what) ?? '');
}

function put(name, value) {
  if (value) state.set(name, value); else state.delete(name);
  history.replaceState(null, '', `#${state}`);
  show();
}

for (const what of lists) {
  for (const button of document.querySelectorAll(`#${what} .choose button`)) {
    button.addEventListener('click', () => {
      put(what, button.dataset.kind);
      document.getElementById('live').textContent = String(choose(what, button.dataset.kind));
    });
  }
}
document.getElementById('language').addEventListener('click', () => put('l', root.dataset.lang === 'zh' ? 'en' : 'zh'));
document.getElementById('theme').addEventListener('click', () => put('t', root.dataset.theme === 'dark' ? 'light' : 'dark'));
addEventListener('hashchange', () => {
  for (const name of [...state.keys()]) state.delete(name);
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) state.set(name, value);
  show();
});
show();
root.dataset.ready = '';
})();
