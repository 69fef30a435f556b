// Light or dark as the reader's system has it; Chinese or English as the browser asked the server, until the reader switches.
'use strict';
{
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const set = () => { document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light'; };
  dark.addEventListener('change', set);
  set();
  const root = document.documentElement;
  const kept = () => { try { return localStorage.getItem('yangfan-language'); } catch { return null; } };
  const speak = (language) => {
    root.lang = language;
    document.getElementById('language')?.setAttribute('aria-label', language === 'en' ? '切换为中文' : 'Switch to English');
  };
  if (['zh-CN', 'en'].includes(kept())) root.lang = kept();
  addEventListener('DOMContentLoaded', () => {
    const button = document.getElementById('language');
    speak(root.lang);
    button.hidden = false;
    button.addEventListener('click', () => {
      speak(root.lang === 'en' ? 'zh-CN' : 'en');
      // A browser that keeps nothing speaks as it was asked on the next page.
      try { localStorage.setItem('yangfan-language', root.lang); } catch { return; }
    });
  });
}
