// Lights the stretch of text that the address names: #123-145 are code points of the whole text.
'use strict';
{
  const lines = [...document.querySelectorAll('#text p')];
  const note = document.getElementById('lit');

  function clear() {
    for (const mark of document.querySelectorAll('#text mark')) mark.replaceWith(...mark.childNodes);
    for (const line of lines) line.normalize();
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
    note.textContent = first ? `${start}–${end}` : '';
    first?.scrollIntoView({ block: 'center' });
  }

  addEventListener('hashchange', light);
  light();
}
