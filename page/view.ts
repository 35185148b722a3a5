import { blocks, boxOf, data, element } from './data';

const stage = element<SVGSVGElement>('stage');
const scene = element<SVGGElement>('scene');
const level = element('zoom-level');
const overviews = [...document.querySelectorAll<SVGTextElement>('.overview')];
const sections = [...document.querySelectorAll<SVGGElement>('.section[data-section]')];
const titles = new Map([...blocks, ...data.sections].map(({ id, title }) => [id, title]));

/** Below this, names of nodes are too small to read, and names of paths stand in. */
const READABLE = 0.76;
/** Below this, only names of nodes can be read. */
const DETAILED = 0.82;
const CLOSEST = 3;
/** The smallest text there is, in pixels of the screen. */
const SMALLEST = 9;

const pen = document.createElement('canvas').getContext('2d');

let [x, y, scale] = [0, 0, 1];
let overviewScale = 0;

/** How far out it goes: all of the picture, and some room. */
function farthest(): number {
  return Math.min(1, fitScale() * 0.8);
}

function fitScale(): number {
  const { clientWidth, clientHeight } = stage;
  return Math.min(clientWidth / data.width, clientHeight / data.height);
}

function show(): void {
  scene.setAttribute('transform', `translate(${x} ${y}) scale(${scale})`);
  stage.classList.toggle('far', scale < READABLE);
  stage.classList.toggle('middle', scale >= READABLE && scale < DETAILED);
  level.textContent = `${Math.round(scale * 100)} %`;
  if (scale < READABLE) showOverview();
}

/** Names of paths keep their size on the screen, are shortened to what their box holds, and left out where none would fit. */
function showOverview(): void {
  if (Math.abs(scale / overviewScale - 1) < 0.02) return;
  overviewScale = scale;
  for (const text of overviews) {
    const id = text.dataset.block!;
    const [, , width, height] = boxOf(id).map((value) => value * scale);
    const size = Math.min(18, Math.max(SMALLEST, Math.min(height * 0.55, width / 9)));
    const title = [...titles.get(id)!];
    const room = Math.floor((width - 8) / (size * widthOf(title)));
    const fits = height >= size + 2 && room >= 4;
    // Names that look alike differ at their ends.
    const [head, tail] = [Math.ceil((room - 1) / 2), Math.floor((room - 1) / 2)];
    text.textContent = !fits ? '' : title.length <= room ? title.join('') : `${title.slice(0, head).join('')}…${title.slice(title.length - tail).join('')}`;
    text.style.fontSize = `${size / scale}px`;
  }
  for (const section of sections) {
    const [, , width, height] = boxOf(section.dataset.section!);
    section.classList.toggle('small', height * scale < 22 || width * scale < 130);
  }
  stage.style.setProperty('--heading', `${15 / scale}px`);
  stage.style.setProperty('--hair', `${1 / scale}px`);
}

/** How wide a character of a name is on average, in parts of its size. */
function widthOf(characters: readonly string[]): number {
  if (pen) pen.font = `600 100px ${getComputedStyle(stage).fontFamily}`;
  return pen ? pen.measureText(characters.join('')).width / 100 / characters.length : 0.65;
}

/** Zooms by a factor; the point of the stage stays where it is. */
export function zoom(factor: number, at?: { readonly x: number; readonly y: number }): void {
  const { clientWidth, clientHeight } = stage;
  const point = at ?? { x: clientWidth / 2, y: clientHeight / 2 };
  const next = Math.min(CLOSEST, Math.max(farthest(), scale * factor));
  x = point.x - ((point.x - x) * next) / scale;
  y = point.y - ((point.y - y) * next) / scale;
  scale = next;
  show();
}

export function pan(dx: number, dy: number): void {
  x += dx;
  y += dy;
  show();
}

/** What is seen first: everything, or as much of it as can be read when that leaves little out. */
export function start(): void {
  fit();
  const { clientWidth } = stage;
  if (scale >= DETAILED || clientWidth / data.width < DETAILED) return;
  scale = Math.min(1, clientWidth / data.width);
  x = (clientWidth - data.width * scale) / 2;
  y = 0;
  show();
}

/** All of the picture; a small one is not blown up. */
export function fit(): void {
  const { clientWidth, clientHeight } = stage;
  scale = Math.min(1.25, fitScale());
  x = (clientWidth - data.width * scale) / 2;
  y = Math.max(0, (clientHeight - data.height * scale) / 2);
  show();
}

/** Brings something into view, and near enough to be read. */
export function reveal(id: string, isClose: boolean): void {
  const box = data.boxes[id];
  if (!box) return;
  const [left, top, width, height] = box;
  const { clientWidth, clientHeight } = stage;
  const wanted = isClose ? Math.max(scale, 1) : scale;
  const margin = 40;
  const inside = wanted === scale && left * scale + x >= margin && top * scale + y >= margin
    && (left + width) * scale + x <= clientWidth - margin && (top + height) * scale + y <= clientHeight - margin;
  if (inside) return;
  scale = wanted;
  x = clientWidth / 2 - (left + width / 2) * scale;
  y = clientHeight / 2 - (top + height / 2) * scale;
  show();
}

/** Brings a path into view as a whole. */
export function revealBlock(id: string): void {
  const [left, top, width, height] = boxOf(id);
  const { clientWidth, clientHeight } = stage;
  scale = Math.max(READABLE + 0.02, Math.min(1.1, (clientWidth - 60) / width, (clientHeight - 60) / height));
  x = width * scale < clientWidth ? (clientWidth - width * scale) / 2 - left * scale : 20 - left * scale;
  y = height * scale < clientHeight ? (clientHeight - height * scale) / 2 - top * scale : 20 - top * scale;
  show();
}

export function listenToPointers(): void {
  stage.addEventListener('wheel', (event) => {
    event.preventDefault();
    const { left, top } = stage.getBoundingClientRect();
    const unit = event.deltaMode === 1 ? 16 : 1;
    zoom(Math.exp(-event.deltaY * unit * 0.0016), { x: event.clientX - left, y: event.clientY - top });
  }, { passive: false });

  const touches = new Map<number, { x: number; y: number }>();
  stage.addEventListener('pointerdown', (event) => {
    if (event.button === 0) touches.set(event.pointerId, { x: event.clientX, y: event.clientY });
  });
  stage.addEventListener('pointermove', (event) => {
    const before = touches.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...touches].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const { left, top } = stage.getBoundingClientRect();
      const distance = (point: { x: number; y: number }) => Math.hypot(point.x - other.x, point.y - other.y) || 1;
      zoom(distance(now) / distance(before), { x: (now.x + other.x) / 2 - left, y: (now.y + other.y) / 2 - top });
    } else {
      if (Math.hypot(now.x - before.x, now.y - before.y) > 2 && !stage.hasPointerCapture(event.pointerId)) {
        stage.setPointerCapture(event.pointerId);
        stage.classList.add('dragging');
      }
      pan(now.x - before.x, now.y - before.y);
    }
    touches.set(event.pointerId, now);
  });
  const end = (event: PointerEvent) => {
    touches.delete(event.pointerId);
    // The click that follows a drag is none.
    setTimeout(() => stage.classList.remove('dragging'));
  };
  stage.addEventListener('pointerup', end);
  stage.addEventListener('pointercancel', end);

  let { clientWidth, clientHeight } = stage;
  new ResizeObserver(() => {
    pan((stage.clientWidth - clientWidth) / 2, (stage.clientHeight - clientHeight) / 2);
    ({ clientWidth, clientHeight } = stage);
  }).observe(stage);
}
