import { Mistake, parseQuantity } from '../../core';
import type { ModelContext } from './model-context';

const MOST_GPUS = 64;
const MOST_REPLICAS = 32;
const MOST_CPU = '512';
const MOST_MEMORY = '4Ti';

/** The ceilings of the admission webhook. */
export function checkResources({ spec }: ModelContext): Mistake[] {
  const { resources, scaling } = spec;
  return [
    ...atMost('spec.resources.gpu.count', resources?.gpu?.count, MOST_GPUS),
    ...quantity('spec.resources.cpu', resources?.cpu, MOST_CPU),
    ...quantity('spec.resources.memory', resources?.memory, MOST_MEMORY),
    ...atMost('spec.scaling.replicas', scaling?.replicas, MOST_REPLICAS),
    ...(['prefill', 'decode'] as const).flatMap((role) => [
      ...atMost(`spec.scaling.${role}.replicas`, scaling?.[role]?.replicas, MOST_REPLICAS),
      ...atMost(`spec.scaling.${role}.gpu.count`, scaling?.[role]?.gpu?.count, MOST_GPUS),
      ...quantity(`spec.scaling.${role}.memory`, scaling?.[role]?.memory, MOST_MEMORY),
    ]),
  ];
}

/** Admitted, and refused of the pods and claims that are made of it. */
export function checkSigns({ spec: { model, resources, scaling } }: ModelContext): Mistake[] {
  const amounts: [field: string, value: unknown, least: 'zero' | 'more than zero'][] = [
    ['spec.resources.cpu', resources?.cpu, 'zero'],
    ['spec.resources.memory', resources?.memory, 'zero'],
    ['spec.scaling.prefill.memory', scaling?.prefill?.memory, 'zero'],
    ['spec.scaling.decode.memory', scaling?.decode?.memory, 'zero'],
    ...(model.storage?.volumes ?? []).map(({ size }, index): [string, unknown, 'more than zero'] => (
      [`spec.model.storage.volumes[${index}].size`, size, 'more than zero']
    )),
  ];
  return amounts.flatMap(([field, value, least]): Mistake[] => {
    const amount = value === undefined ? undefined : parseQuantity(String(value));
    if (amount === undefined || amount > 0 || (amount === 0 && least === 'zero')) return [];
    return [{ code: 'IGW204', field, value, problem: 'is too little', allowed: least === 'zero' ? '0 or more' : 'more than 0', fix: 'set more' }];
  });
}

function atMost(field: string, value: number | undefined, most: number): Mistake[] {
  return value === undefined || value <= most ? [] : [overCeiling(field, value, most)];
}

function quantity(field: string, value: string | undefined, most: string): Mistake[] {
  if (!value) return [];
  const amount = parseQuantity(value);
  if (amount !== undefined) return amount <= parseQuantity(most)! ? [] : [overCeiling(field, value, most)];
  return [{
    code: 'IGW204', field, value, problem: 'is not a quantity', allowed: 'for example 500m, 4 or 32Gi', fix: 'write a Kubernetes quantity',
  }];
}

function overCeiling(field: string, value: number | string, most: number | string): Mistake {
  return { code: 'IGW204', field, value, problem: 'is over the ceiling', allowed: `at most ${most}`, fix: `set ${most} or less` };
}
