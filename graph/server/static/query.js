// The query page: Ctrl+Enter runs, a prefix is put in at the cursor, an answer can be seen as a network.
'use strict';
{
  const editor = document.getElementById('editor');
  const form = document.getElementById('ask');
  // A text that stands as it came is not sent: the address names the question and its values, and can be read.
  form.addEventListener('submit', () => {
    const own = editor.value !== editor.defaultValue || !form.elements.name;
    editor.disabled = !own;
    for (const name of ['was', ...(own ? ['name'] : [])]) if (form.elements[name]) form.elements[name].disabled = true;
  });
  addEventListener('pageshow', () => { for (const field of form.elements) field.disabled = false; });
  editor.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  for (const button of document.querySelectorAll('[data-insert]')) {
    button.addEventListener('click', () => {
      editor.setRangeText(button.dataset.insert, editor.selectionStart, editor.selectionEnd, 'end');
      editor.focus();
    });
  }

  const data = document.getElementById('network');
  const choice = document.querySelector('.switch');
  if (data && choice) {
    choice.hidden = false;
    const views = { table: document.getElementById('table'), drawing: document.getElementById('drawing') };
    let drawn = false;
    for (const button of choice.querySelectorAll('button')) {
      button.addEventListener('click', () => {
        for (const other of choice.querySelectorAll('button')) {
          other.setAttribute('aria-pressed', String(other === button));
          views[other.dataset.show].hidden = other !== button;
        }
        if (button.dataset.show === 'drawing' && !drawn) {
          drawn = true;
          draw(views.drawing.querySelector('svg'), JSON.parse(data.textContent));
        }
      });
    }
  }

  function element(name, attributes) {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  // Forces as in Fruchterman and Reingold (1991): nodes push each other away, edges pull, both weaker each round.
  function settle(nodes, edges, width, height) {
    const side = Math.sqrt((width * height) / nodes.length) * 0.55;
    nodes.forEach((node, i) => {
      const angle = i * 2.399963;
      const radius = Math.sqrt(i + 0.5) * side * 0.6;
      node.x = width / 2 + radius * Math.cos(angle);
      node.y = height / 2 + radius * Math.sin(angle) * 0.7;
    });
    for (let round = 0, heat = width / 8; round < 260; round += 1, heat *= 0.982) {
      for (const node of nodes) { node.dx = (width / 2 - node.x) * 0.045; node.dy = (height / 2 - node.y) * 0.07; }
      for (let i = 0; i < nodes.length; i += 1) {
        for (let j = i + 1; j < nodes.length; j += 1) {
          const [a, b] = [nodes[i], nodes[j]];
          const [x, y] = [a.x - b.x, (a.y - b.y) * 1.6];
          const apart = (side * side) / Math.max(x * x + y * y, 1);
          a.dx += x * apart * 0.06; b.dx -= x * apart * 0.06;
          a.dy += y * apart * 0.06; b.dy -= y * apart * 0.06;
        }
      }
      for (const edge of edges) {
        const [a, b] = [nodes[edge.from], nodes[edge.to]];
        const [x, y] = [b.x - a.x, b.y - a.y];
        const pull = (Math.hypot(x, y) / side) * 0.05;
        a.dx += x * pull; b.dx -= x * pull;
        a.dy += y * pull; b.dy -= y * pull;
      }
      for (const node of nodes) {
        const step = Math.hypot(node.dx, node.dy);
        const scale = step > heat ? heat / step : 1;
        node.x += node.dx * scale;
        node.y += node.dy * scale;
      }
    }
  }

  function draw(svg, { nodes, edges }) {
    const size = Math.sqrt(Math.max(nodes.length, 6) / 24);
    settle(nodes, edges, 1000 * size, 600 * size);
    const links = svg.appendChild(element('g', { class: 'links' }));
    const labels = svg.appendChild(element('g', { class: 'link-labels' }));
    for (const edge of edges) {
      const [a, b] = [nodes[edge.from], nodes[edge.to]];
      const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
      const cut = 9 / length;
      links.append(element('line', { x1: a.x + (b.x - a.x) * cut, y1: a.y + (b.y - a.y) * cut, x2: b.x - (b.x - a.x) * cut, y2: b.y - (b.y - a.y) * cut }));
      if (edges.length <= 80 && length > 70) {
        const label = element('text', { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 - 3 });
        label.textContent = edge.label;
        labels.append(label);
      }
    }
    for (const node of nodes) {
      const link = element('a', { href: node.url, class: `hue-${node.hue}` });
      link.append(element('circle', { cx: node.x, cy: node.y, r: 6 }));
      const label = element('text', { x: node.x, y: node.y + 19 });
      label.textContent = node.label.length > 16 ? `${node.label.slice(0, 15)}…` : node.label;
      const title = element('title', {});
      title.textContent = node.label;
      link.append(label, title);
      svg.append(link);
    }
    const xs = nodes.map((node) => node.x);
    const ys = nodes.map((node) => node.y);
    const [left, top] = [Math.min(...xs) - 80, Math.min(...ys) - 30];
    svg.setAttribute('viewBox', `${left} ${top} ${Math.max(...xs) + 80 - left} ${Math.max(...ys) + 40 - top}`);
  }
}
