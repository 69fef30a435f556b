// Lights the stretch of text that the address names: #123-145 are code points of the whole text.
'use strict';
{
  const lines = [...document.querySelectorAll('#text p')];
  const whole = new Map(lines.map((line) => [line, [...line.childNodes]]));
  const links = [...document.querySelectorAll('#drawn li a')];
  const note = document.getElementById('lit');

  function clear() {
    for (const line of lines) if (line.querySelector('mark')) line.replaceChildren(...whole.get(line));
    for (const link of links) link.removeAttribute('aria-current');
    note.textContent = '';
  }

  function light() {
    clear();
    const match = /^#(\d+)-(\d+)$/.exec(location.hash);
    if (!match) return;
    const [start, end] = [Number(match[1]), Number(match[2])];
    let first = null;
    for (const line of lines) {
      const points = Array.from(line.textContent);
      const from = Math.max(start - Number(line.dataset.start), 0);
      const to = Math.min(end - Number(line.dataset.start), points.length);
      if (from >= to) continue;
      const mark = document.createElement('mark');
      mark.textContent = points.slice(from, to).join('');
      line.replaceChildren(points.slice(0, from).join(''), mark, points.slice(to).join(''));
      first ??= mark;
    }
    for (const link of links) if (link.hash === location.hash) link.setAttribute('aria-current', 'true');
    note.textContent = first ? ` · ${start}–${end}` : '';
    first?.scrollIntoView({ block: 'center' });
  }

  addEventListener('hashchange', light);
  light();
}
