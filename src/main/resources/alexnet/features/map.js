'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const canvas = document.getElementById('map'), pen = canvas.getContext('2d');
const card = document.getElementById('card');
const points = data.points.map(p => ({ ...p, image: Object.assign(new Image(), { src: 'data:image/jpeg;base64,' + p.jpeg }) }));
let view = 0, only = -1, pictures = true, chosen = -1, scale = 1, moveX = 0, moveY = 0, asked = false, touched = false;

document.getElementById('title').textContent = data.title;
// Hues a golden angle apart stay far from each other however many there are.
const colour = c => c < 0 ? 'hsl(0 0% 55%)' : `hsl(${(c * 137.508 + 10) % 360} 65% ${c % 2 ? 45 : 58}%)`;

function button(parent, text, pressed, act, dot) {
  const b = parent.appendChild(document.createElement('button'));
  b.type = 'button';
  if (dot) b.appendChild(document.createElement('i')).style.background = dot;
  b.append(text);
  b.refresh = () => b.setAttribute('aria-pressed', pressed());
  b.onclick = () => { act(); document.querySelectorAll('button').forEach(o => o.refresh()); draw(); };
  b.refresh();
}
data.views.forEach((name, i) => button(document.getElementById('views'), name, () => view === i, () => { view = i; fit(); }));
button(document.getElementById('views'), 'Pictures', () => pictures, () => { pictures = !pictures; });
data.classes.forEach((name, i) => button(document.getElementById('classes'), name, () => only === i,
  () => { only = only === i ? -1 : i; }, colour(i)));

const shown = p => only < 0 || p.label === only;
const x = p => p.at[view][0] * scale + moveX, y = p => p.at[view][1] * scale + moveY;
// Half the points have their nearest neighbour within this.
const gaps = data.views.map((_, v) => points.map((p, i) => points.reduce((least, q, j) => i === j ? least
  : Math.min(least, (p.at[v][0] - q.at[v][0]) ** 2 + (p.at[v][1] - q.at[v][1]) ** 2), Infinity))
  .sort((a, b) => a - b)[points.length >> 1] ** 0.5);
// From afar pictures are small and overlap; near, one takes as much room as its neighbours leave.
const side = () => Math.max(14, Math.min(data.side * 2, 2.5 * scale * gaps[view]));

function fit() {
  touched = false;
  const w = canvas.clientWidth, h = canvas.clientHeight;
  const xs = points.map(p => p.at[view][0]), ys = points.map(p => p.at[view][1]);
  const left = Math.min(...xs), right = Math.max(...xs), top = Math.min(...ys), bottom = Math.max(...ys);
  scale = 0.92 * Math.min(w / Math.max(1e-9, right - left), h / Math.max(1e-9, bottom - top));
  moveX = w / 2 - scale * (left + right) / 2;
  moveY = h / 2 - scale * (top + bottom) / 2;
  draw();
}

function draw() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    const ratio = devicePixelRatio || 1, w = canvas.clientWidth, h = canvas.clientHeight;
    if (canvas.width !== Math.round(w * ratio) || canvas.height !== Math.round(h * ratio)) {
      canvas.width = Math.round(w * ratio);
      canvas.height = Math.round(h * ratio);
    }
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, w, h);
    pen.imageSmoothingEnabled = false;
    const s = side();
    for (const p of points) if (!shown(p)) dot(p, 2, 'rgb(128 128 128 / 25%)');
    for (const p of points) if (shown(p)) {
      if (pictures) picture(p, s); else dot(p, 3.5, colour(p.label));
    }
    if (chosen >= 0) {
      const p = points[chosen];
      picture(p, Math.max(s, 24));
      pen.lineWidth = 3;
      pen.strokeStyle = getComputedStyle(document.body).getPropertyValue('--mark');
      const r = Math.max(s, 24) / 2 + 3;
      pen.strokeRect(x(p) - r, y(p) - r, 2 * r, 2 * r);
    }
  });
}
function dot(p, radius, fill) {
  pen.fillStyle = fill;
  pen.beginPath();
  pen.arc(x(p), y(p), radius, 0, 7);
  pen.fill();
}
function picture(p, s) {
  if (x(p) < -s || y(p) < -s || x(p) > canvas.clientWidth + s || y(p) > canvas.clientHeight + s) return;
  pen.fillStyle = colour(p.label);
  pen.fillRect(x(p) - s / 2 - 1.5, y(p) - s / 2 - 1.5, s + 3, s + 3);
  if (p.image.complete && p.image.naturalWidth) pen.drawImage(p.image, x(p) - s / 2, y(p) - s / 2, s, s);
}

function choose(i) {
  chosen = i;
  card.hidden = i < 0;
  if (i >= 0) {
    const p = points[i], name = p.label < 0 ? '' : data.classes[p.label];
    card.querySelector('img').src = p.image.src;
    card.querySelector('img').alt = name;
    card.querySelector('div').textContent = (name ? name + ' · ' : '') + p.key;
  }
  draw();
}
function nearest(px, py, most) {
  let best = -1, least = most * most;
  points.forEach((p, i) => {
    const d = (x(p) - px) ** 2 + (y(p) - py) ** 2;
    if (shown(p) && d < least) { least = d; best = i; }
  });
  return best;
}
function zoom(factor, px, py) {
  scale *= factor;
  moveX = px + (moveX - px) * factor;
  moveY = py + (moveY - py) * factor;
  touched = true;
  draw();
}

const fingers = new Map();
canvas.onpointerdown = e => { fingers.set(e.pointerId, e); canvas.setPointerCapture(e.pointerId); };
canvas.onpointerup = canvas.onpointercancel = e => fingers.delete(e.pointerId);
canvas.onpointermove = e => {
  const before = fingers.get(e.pointerId);
  if (!before) return choose(nearest(e.offsetX, e.offsetY, Math.max(16, side())));
  const other = [...fingers.values()].find(f => f.pointerId !== e.pointerId);
  if (other) {
    const span = f => Math.hypot(f.offsetX - other.offsetX, f.offsetY - other.offsetY) || 1;
    zoom(span(e) / span(before), other.offsetX, other.offsetY);
  } else {
    moveX += e.offsetX - before.offsetX;
    moveY += e.offsetY - before.offsetY;
    touched = true;
  }
  fingers.set(e.pointerId, e);
  draw();
};
canvas.onclick = e => choose(nearest(e.offsetX, e.offsetY, 24));
canvas.addEventListener('wheel', e => { e.preventDefault(); zoom(Math.exp(-e.deltaY / 400), e.offsetX, e.offsetY); }, { passive: false });

const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
canvas.onkeydown = e => {
  const w = canvas.clientWidth, h = canvas.clientHeight, to = arrows[e.key];
  if (to) step(...to);
  else if (e.key === '+' || e.key === '=') zoom(1.3, w / 2, h / 2);
  else if (e.key === '-') zoom(1 / 1.3, w / 2, h / 2);
  else if (e.key === '0') fit();
  else if (e.key === 'Escape') choose(-1);
  else return;
  e.preventDefault();
};
// The nearest picture within 45° of the direction; the map follows it.
function step(dx, dy) {
  const w = canvas.clientWidth, h = canvas.clientHeight;
  if (chosen < 0) return choose(nearest(w / 2, h / 2, w + h));
  const from = points[chosen];
  let best = -1, least = Infinity;
  points.forEach((p, i) => {
    const ax = x(p) - x(from), ay = y(p) - y(from), ahead = ax * dx + ay * dy, aside = Math.abs(ax * dy) + Math.abs(ay * dx);
    if (i !== chosen && shown(p) && ahead > 0 && ahead >= aside && ahead + aside < least) { least = ahead + aside; best = i; }
  });
  if (best < 0) return;
  const p = points[best];
  if (x(p) < 30 || x(p) > w - 30) moveX += w / 2 - x(p);
  if (y(p) < 30 || y(p) > h - 30) moveY += h / 2 - y(p);
  choose(best);
}
points.forEach(p => { p.image.onload = draw; });
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
new ResizeObserver(() => touched ? draw() : fit()).observe(canvas);
