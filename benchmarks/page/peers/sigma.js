// sigma.js on graphology, labels by its own rules.
import { MultiDirectedGraph } from 'graphology';
import Sigma from 'sigma';

const graph = new MultiDirectedGraph();
for (const [id, label, color, x, y] of GRAPH.nodes) graph.addNode(id, { label, color, x, y, size: 2 });
for (const [source, target] of GRAPH.edges) graph.addEdge(source, target, { color: '#d5d9df', size: 0.4 });
const sigma = new Sigma(graph, document.getElementById('stage'));
sigma.on('afterRender', () => { window.READY = true; });
sigma.refresh();
