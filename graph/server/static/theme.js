// Light or dark as the reader's system has it.
'use strict';
{
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const set = () => { document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light'; };
  dark.addEventListener('change', set);
  set();
}
