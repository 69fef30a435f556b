// cosmos (WebGL) with the positions given and the simulation off.
import { Graph } from '@cosmograph/cosmos';

const stage = document.getElementById('stage');
const canvas = document.createElement('canvas');
canvas.style.cssText = 'width:100%;height:100%';
stage.append(canvas);
const [left, top] = GRAPH.nodes.reduce(([l, t], [, , , x, y]) => [Math.min(l, x), Math.min(t, y)], [0, 0]);
const graph = new Graph(canvas, {
  spaceSize: 8192, disableSimulation: true, nodeColor: (node) => node.color, nodeSize: 4, linkWidth: 0.3, fitViewOnInit: true, fitViewDelay: 0,
});
graph.setData(
  GRAPH.nodes.map(([id, , color, x, y]) => ({ id: String(id), color, x: x - left + 200, y: y - top + 200 })),
  GRAPH.edges.map(([source, target]) => ({ source: String(source), target: String(target) })),
);
requestAnimationFrame(() => requestAnimationFrame(() => { window.READY = true; }));
