import { blockOf, element } from './data';
import { listenToKeys } from './keys';
import { fillFindings, fillOutline, listenToSearch } from './lists';
import { deselect, focusNode, prepareNodes, select, selectedNode } from './selection';
import { fit, listenToPointers, revealBlock, start, zoom } from './view';

const stage = element<SVGSVGElement>('stage');

prepareNodes();
fillFindings();
fillOutline();
listenToSearch();
listenToPointers();
listenToKeys();

stage.addEventListener('click', (event) => {
  if (stage.classList.contains('dragging')) return;
  const target = event.target as Element;
  const id = target.closest<SVGGElement>('.node[data-node]')?.dataset.node;
  const block = target.closest<SVGElement>('[data-block]')?.dataset.block;
  if (stage.classList.contains('far') && (block ?? id) !== undefined) {
    // Too small to tell apart what is pointed at: come nearer first.
    revealBlock(block ?? blockOf.get(id!)?.id ?? id!);
  } else if (id !== undefined) {
    select(id);
  } else {
    deselect();
  }
});


element('fit').addEventListener('click', fit);
element('zoom-in').addEventListener('click', () => zoom(1.25));
element('zoom-out').addEventListener('click', () => zoom(0.8));
element('close').addEventListener('click', () => {
  const id = selectedNode();
  deselect();
  if (id !== undefined) focusNode(id);
});

start();
document.documentElement.dataset.ready = 'true';
