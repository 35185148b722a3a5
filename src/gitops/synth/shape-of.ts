import { createHash } from 'node:crypto';
import { markSlots, slotsOf } from './slots';
import { withoutTuning } from './tuning-flags';

/** The names that a model's objects hold. */
interface ShapeNames {
  readonly name: string;
  readonly namespace: string;
  readonly modelName: string;
  readonly modelId: string;
}

/** The same for models whose objects, written in the same way, differ in these names and in what tunes their servers. */
export function shapeOf(objects: string, { name, namespace, modelName, modelId }: ShapeNames): string {
  return createHash('sha1').update(markSlots(withoutTuning(objects), slotsOf([name, namespace, modelName, modelId]).slots)).digest('base64');
}
