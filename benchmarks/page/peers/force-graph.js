// force-graph with the positions given and no simulation, so that drawing alone is measured.
import ForceGraph from 'force-graph';

let settled = false;
const graph = new ForceGraph(document.getElementById('stage'))
  .cooldownTicks(0)
  .nodeColor('color')
  .linkColor(() => 'rgba(120,130,145,0.25)')
  .onEngineStop(() => { settled = true; })
  .onRenderFramePost(() => { if (settled) window.READY = true; })
  .graphData({
    nodes: GRAPH.nodes.map(([id, label, color, x, y]) => ({ id, name: label, color, x, y, fx: x, fy: y })),
    links: GRAPH.edges.map(([source, target]) => ({ source, target })),
  });
graph.zoomToFit(0, 20);
