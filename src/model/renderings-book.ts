import { IConstruct } from 'constructs';
import type { Mistake } from '../core';
import type { Rendering } from './rendering';

const RENDERINGS = Symbol.for('cdk8s-inference-gateway.renderings');

interface Rendered {
  readonly rendering: Rendering;
  readonly path: string;
}

/** Notes how a model is rendered; a mistake when the app renders one of the same name the other way. */
export function noteRendering(model: IConstruct, namespace: string, name: string, rendering: Rendering): Mistake[] {
  const book = bookOf(model.node.root);
  const key = `${namespace}/${name}`;
  const other = book.get(key);
  if (!other || other.rendering === rendering) {
    book.set(key, { rendering, path: model.node.path });
    return [];
  }
  return [{
    code: 'IGW104',
    field: 'rendering',
    value: rendering,
    problem: `contradicts ${other.path}, which renders model ${key} as ${other.rendering}: the live controller deletes by name what the other applies`,
    allowed: other.rendering,
    fix: 'choose one rendering for the model, or give one of the two another name',
  }];
}

function bookOf(root: IConstruct): Map<string, Rendered> {
  const holder = root as IConstruct & { [RENDERINGS]?: Map<string, Rendered> };
  if (!holder[RENDERINGS]) Object.defineProperty(holder, RENDERINGS, { value: new Map<string, Rendered>() });
  return holder[RENDERINGS]!;
}
