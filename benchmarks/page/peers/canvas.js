// The least there is: every line and every dot drawn again in every frame on a plain Canvas2D.
const canvas = document.createElement('canvas');
const stage = document.getElementById('stage');
stage.append(canvas);
canvas.width = stage.clientWidth;
canvas.height = stage.clientHeight;
const ctx = canvas.getContext('2d');
const at = new Map(GRAPH.nodes.map(([id, , , x, y]) => [id, [x, y]]));
const span = (i) => [Math.min(...[...at.values()].map((p) => p[i])), Math.max(...[...at.values()].map((p) => p[i]))];
const [[x0, x1], [y0, y1]] = [span(0), span(1)];
const scale = Math.min(canvas.width / (x1 - x0), canvas.height / (y1 - y0)) * 0.95;
let [panX, panY, held] = [0, 0, null];
function draw() {
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.clearRect(0, 0, canvas.width, canvas.height);
  ctx.setTransform(scale, 0, 0, scale, panX - x0 * scale, panY - y0 * scale);
  ctx.strokeStyle = 'rgba(120,130,145,0.25)';
  ctx.lineWidth = 0.5 / scale;
  ctx.beginPath();
  for (const [a, b] of GRAPH.edges) { ctx.moveTo(...at.get(a)); ctx.lineTo(...at.get(b)); }
  ctx.stroke();
  for (const [, , color, x, y] of GRAPH.nodes) { ctx.fillStyle = color; ctx.fillRect(x - 4, y - 4, 8, 8); }
  window.READY = true;
}
stage.addEventListener('pointerdown', (e) => { held = [e.clientX, e.clientY]; });
stage.addEventListener('pointermove', (e) => {
  if (!held) return;
  panX += e.clientX - held[0]; panY += e.clientY - held[1];
  held = [e.clientX, e.clientY];
  requestAnimationFrame(draw);
});
stage.addEventListener('pointerup', () => { held = null; });
requestAnimationFrame(draw);
