// Lights the stretch of text that the address names (#123-145 are code points of the whole text) and says what became of it.
'use strict';
{
  const lines = [...document.querySelectorAll('#text p')];
  const links = [...document.querySelectorAll('#drawn li a')];
  const note = document.getElementById('lit');
  const english = () => document.documentElement.lang === 'en';
  let lit = [];
  let verdict = null;

  const placeOf = (hash) => { const match = /^#(\d+)-(\d+)$/.exec(hash); return match ? [Number(match[1]), Number(match[2])] : null; };

  function clear() {
    for (const [line, before] of lit) line.replaceChildren(...before);
    lit = [];
    verdict?.remove();
    verdict = null;
    for (const link of links) link.removeAttribute('aria-current');
    note.textContent = '';
  }

  /** Put a mark around the code points from..to of a line; what is around them stays. */
  function mark(line, from, to) {
    const marks = [];
    let at = 0;
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      const points = Array.from(text.data);
      const [low, high] = [Math.max(from - at, 0), Math.min(to - at, points.length)];
      at += points.length;
      if (low >= high) continue;
      const made = document.createElement('mark');
      made.textContent = points.slice(low, high).join('');
      text.replaceWith(points.slice(0, low).join(''), made, points.slice(high).join(''));
      marks.push(made);
    }
    return marks;
  }

  function element(name, text, properties = {}) {
    return Object.assign(document.createElement(name), { textContent: text, ...properties });
  }

  /** What the lit stretch states, as links to what it is about, or why it states nothing: below its line. */
  function tell(line, stretch, stated) {
    verdict = element('aside', '', { className: 'verdict', ariaLabel: english() ? 'What became of this sentence' : '这句话的去向' });
    if (stated.length) {
      const list = element('ul', '');
      for (const link of stated) {
        const item = element('li', '');
        const told = link.parentElement.dataset;
        const from = told.from ? `${told.from} → ` : '';
        item.append(element('span', `${told.relation} `, { className: 'soft' }), element('a', from + link.textContent.trim(), { href: told.page }));
        list.append(item);
      }
      verdict.append(element('p', english() ? `This sentence states ${stated.length} ${stated.length === 1 ? 'edge' : 'edges'}` : `此句说出 ${stated.length} 条关系`), list);
    } else if (stretch) verdict.append(element('p', stretch.title));
    else return;
    line.after(verdict);
  }

  function light() {
    clear();
    const place = placeOf(location.hash);
    if (!place) return;
    const [start, end] = place;
    let first = null;
    let last = null;
    for (const line of lines) {
      const length = Array.from(line.textContent).length;
      const from = Math.max(start - Number(line.dataset.start), 0);
      const to = Math.min(end - Number(line.dataset.start), length);
      if (from >= to) continue;
      lit.push([line, [...line.cloneNode(true).childNodes]]);
      const marks = mark(line, from, to);
      first ??= marks[0];
      last = line;
    }
    const touches = (link) => { const [a, b] = placeOf(link.hash) || [0, 0]; return a < end && b > start; };
    const stated = links.filter(touches);
    for (const link of stated) link.setAttribute('aria-current', 'true');
    if (!first) return;
    note.textContent = ` · ${start}–${end}`;
    tell(last, first.closest('.fate'), stated);
    stated[0]?.closest('li').scrollIntoView({ block: 'nearest' });
    first.scrollIntoView({ block: 'center' });
  }

  addEventListener('hashchange', light);
  light();
}
