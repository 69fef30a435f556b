// cytoscape.js with the preset layout and haystack edges, its quickest; otherwise as it comes.
import cytoscape from 'cytoscape';

const cy = cytoscape({
  container: document.getElementById('stage'),
  layout: { name: 'preset' },
  style: [
    { selector: 'node', style: { width: 8, height: 8, 'background-color': 'data(color)' } },
    { selector: 'edge', style: { width: 0.5, 'line-color': '#c4cad2', 'curve-style': 'haystack' } },
  ],
  elements: [
    ...GRAPH.nodes.map(([id, label, color, x, y]) => ({ data: { id: String(id), label, color }, position: { x, y } })),
    ...GRAPH.edges.map(([source, target], i) => ({ data: { id: `e${i}`, source: String(source), target: String(target) } })),
  ],
});
cy.one('render', () => { window.READY = true; });
