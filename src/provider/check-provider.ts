import { checkObjectName, Mistake } from '../core';
import { ENGINE_NAMES, SERVING_MODES } from '../plan';
import type { EngineCapabilitySpec, ProviderSpec } from './provider-spec';

const API_FORMATS: readonly string[] = ['openai-chat', 'openai-responses', 'anthropic-messages'];
const PLACEHOLDERS = ['{name}', '{namespace}'];

/** What the schema refuses of an InferenceProviderConfig, and what it admits although it cannot work. */
export function checkProvider(name: string, spec: ProviderSpec): Mistake[] {
  const engines = spec.capabilities?.engines ?? [];
  return [
    ...checkObjectName('metadata.name', name),
    ...engines.flatMap((engine, index) => checkEngine(engine, `spec.capabilities.engines[${index}]`)),
    ...repeated(engines.map((engine) => engine.name)).map((engine): Mistake => ({
      code: 'IGW302', field: 'spec.capabilities.engines', value: engine, problem: 'is listed twice', fix: 'merge the two entries',
    })),
    ...(spec.selectionRules ?? []).flatMap(({ condition, priority }, index) => checkRule(condition, priority, `spec.selectionRules[${index}]`)),
  ];
}

function checkEngine(engine: EngineCapabilitySpec, field: string): Mistake[] {
  const known = (words: readonly string[], values: readonly string[], at: string): Mistake[] => values
    .filter((value) => !words.includes(value))
    .map((value) => ({ code: 'IGW201', field: at, value, problem: 'is not known', allowed: words.join(', '), fix: 'use one of them' }));
  return [
    ...known(ENGINE_NAMES, [engine.name], `${field}.name`),
    ...known(SERVING_MODES, engine.servingModes ?? [], `${field}.servingModes`),
    ...known(API_FORMATS, engine.apiFormats ?? [], `${field}.apiFormats`),
    ...checkPattern(engine.gateway?.inferencePoolNamePattern, `${field}.gateway.inferencePoolNamePattern`),
    ...checkPattern(engine.gateway?.inferencePoolNamespace, `${field}.gateway.inferencePoolNamespace`),
    ...checkResolved(engine.gateway?.inferencePoolNamePattern, `${field}.gateway.inferencePoolNamePattern`),
    ...checkResolved(engine.gateway?.inferencePoolNamespace, `${field}.gateway.inferencePoolNamespace`),
  ];
}

function checkPattern(pattern: string | undefined, field: string): Mistake[] {
  const unknown = (pattern?.match(/\{[^}]*\}?/g) ?? []).filter((placeholder) => !PLACEHOLDERS.includes(placeholder));
  return unknown.map((placeholder) => ({
    code: 'IGW302', field, value: pattern, problem: `has the placeholder ${placeholder}, which nothing fills in`, allowed: PLACEHOLDERS.join(' and '), fix: 'use those placeholders only',
  }));
}

/** The pattern must give a valid name for every valid model. */
function checkResolved(pattern: string | undefined, field: string): Mistake[] {
  if (!pattern || checkPattern(pattern, field).length > 0) return [];
  const example = pattern.replaceAll('{name}', 'model').replaceAll('{namespace}', 'team');
  return checkObjectName(field, example).map((mistake) => ({
    ...mistake, code: 'IGW302', value: pattern, problem: `gives ${example} for model team/model, which is not a valid name`, fix: 'correct the pattern',
  }));
}

function checkRule(condition: string, priority: number | undefined, field: string): Mistake[] {
  const mistakes: Mistake[] = [];
  if (!condition) {
    mistakes.push({ code: 'IGW202', field: `${field}.condition`, problem: 'is empty', fix: "write a CEL expression over `spec`, for example spec.engine.type == 'vllm'" });
  }
  if (priority !== undefined && (!Number.isInteger(priority) || priority < 0)) {
    mistakes.push({ code: 'IGW201', field: `${field}.priority`, value: priority, problem: 'is not a priority', allowed: 'whole numbers from 0', fix: 'set 0 or more' });
  }
  return mistakes;
}

/** What a provider says that has no effect. */
export function providerNotices(spec: ProviderSpec): Mistake[] {
  return (spec.capabilities?.engines ?? []).flatMap(({ gateway }, index) => {
    const field = `spec.capabilities.engines[${index}].gateway`;
    const notices: Mistake[] = [];
    if (gateway?.managesInferencePool && gateway.endpointPicker) {
      notices.push({ code: 'IGW302', field: `${field}.endpointPicker`, value: gateway.endpointPicker.image ?? 'configData', problem: 'is ignored: the provider manages its own endpoint picker', fix: 'remove endpointPicker or managesInferencePool' });
    }
    if (gateway && !gateway.managesInferencePool && (gateway.inferencePoolNamePattern || gateway.inferencePoolNamespace)) {
      notices.push({
        code: 'IGW302', field: `${field}.inferencePoolNamePattern`, value: gateway.inferencePoolNamePattern ?? gateway.inferencePoolNamespace, problem: 'is ignored: the provider does not manage the pool', fix: 'set managesInferencePool: true, or remove the pattern',
      });
    }
    return notices;
  });
}

function repeated(words: readonly string[]): string[] {
  return [...new Set(words.filter((word, index) => words.indexOf(word) !== index))];
}
