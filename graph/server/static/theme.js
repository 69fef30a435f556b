// Light or dark as the reader's system has it; Chinese or English as the browser asked the server, or as the reader switched.
'use strict';
{
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const set = () => { document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light'; };
  dark.addEventListener('change', set);
  set();
  addEventListener('DOMContentLoaded', () => {
    const english = document.documentElement.lang === 'en';
    const button = document.getElementById('language');
    button.hidden = false;
    button.setAttribute('aria-label', english ? '切换为中文' : 'Switch to English');
    button.addEventListener('click', () => {
      document.cookie = `language=${english ? 'zh-CN' : 'en'}; path=/; max-age=31536000; samesite=lax`;
      location.reload();
    });
  });
}
