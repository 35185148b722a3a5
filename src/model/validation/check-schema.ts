import { checkLabelName, Mistake, RuleCode } from '../../core';
import { ACCESS_MODES, ENGINE_NAMES, MODEL_SOURCES, SERVING_MODES, VOLUME_PURPOSES } from '../../plan';
import type { ModelContext } from './model-context';

const LARGEST_INT32 = 2 ** 31 - 1;
const MOST_VOLUMES = 8;

/** What the CustomResourceDefinition refuses. Typed input cannot be wrong in most of these ways; manifests and other languages can. */
export function checkSchema({ spec }: ModelContext): Mistake[] {
  const mistakes: Mistake[] = [];
  const word = (field: string, value: unknown, words: readonly string[]) => {
    if (value === undefined || words.includes(value as string)) return;
    mistakes.push({ code: 'IGW201', field, value, problem: 'is not known', allowed: words.join(', '), fix: 'use one of them' });
  };
  const count = (field: string, value: unknown) => {
    if (value === undefined || (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= LARGEST_INT32)) return;
    mistakes.push(wrong(field, value, 'is not a count', 'whole numbers from 0', 'set 0 or more'));
  };
  word('spec.model.source', spec.model.source, MODEL_SOURCES);
  word('spec.engine.type', spec.engine?.type, ENGINE_NAMES);
  word('spec.serving.mode', spec.serving?.mode, SERVING_MODES);
  count('spec.scaling.replicas', spec.scaling?.replicas);
  count('spec.resources.gpu.count', spec.resources?.gpu?.count);
  for (const role of ['prefill', 'decode'] as const) {
    count(`spec.scaling.${role}.replicas`, spec.scaling?.[role]?.replicas);
    count(`spec.scaling.${role}.gpu.count`, spec.scaling?.[role]?.gpu?.count);
  }
  const contextLength = spec.engine?.contextLength;
  if (contextLength !== undefined && (!Number.isInteger(contextLength) || contextLength < 1 || contextLength > LARGEST_INT32)) {
    mistakes.push(wrong('spec.engine.contextLength', contextLength, 'is not a number of tokens', 'whole numbers from 1', 'set the longest context in tokens'));
  }
  for (const [flag, value] of Object.entries(spec.engine?.args ?? {})) {
    if (typeof value !== 'string') mistakes.push(wrong(`spec.engine.args.${flag}`, value, 'is not text', 'text', 'put the value in quotes'));
  }
  const overrides: unknown = spec.provider?.overrides;
  if (overrides !== undefined && (overrides === null || typeof overrides !== 'object' || Array.isArray(overrides))) {
    mistakes.push(wrong('spec.provider.overrides', overrides, 'is not an object', 'an object of fields', 'write the fields to merge'));
  }
  const volumes = spec.model.storage?.volumes ?? [];
  if (volumes.length > MOST_VOLUMES) {
    mistakes.push(wrong('spec.model.storage.volumes', volumes.map(({ name }) => name), 'has too many volumes', `at most ${MOST_VOLUMES}`, 'remove some', 'IGW206'));
  }
  volumes.forEach((volume, index) => {
    const field = `spec.model.storage.volumes[${index}]`;
    word(`${field}.purpose`, volume.purpose, VOLUME_PURPOSES);
    word(`${field}.accessMode`, volume.accessMode, ACCESS_MODES);
    mistakes.push(...checkLabelName(`${field}.name`, volume.name));
  });
  return mistakes;
}

function wrong(field: string, value: unknown, problem: string, allowed: string, fix: string, code: RuleCode = 'IGW201'): Mistake {
  return { code, field, value, problem, allowed, fix };
}
