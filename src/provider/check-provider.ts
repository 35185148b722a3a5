import { AirunwayApi, checkLabelName, checkObjectName, checkShape, Mistake } from '../core';
import { ENGINE_NAMES, SERVING_MODES } from '../plan';
import { PRESETS } from './preset-of';
import { PROVIDER_SHAPES } from './provider-shape';
import type { EngineCapabilitySpec, EngineGatewaySpec, ProviderSpec } from './provider-spec';
import { fillIn, POOL_PLACEHOLDERS } from './resolve-pool';

const API_FORMATS: readonly string[] = ['openai-chat', 'openai-responses', 'anthropic-messages'];
const LARGEST_INT32 = 2 ** 31 - 1;

type SelectionRuleSpec = NonNullable<ProviderSpec['selectionRules']>[number];

/** What keeps a document from being read in as an InferenceProviderConfig. */
export function checkDocument(manifest: any): Mistake[] {
  const versions = Object.values(AirunwayApi).map((api) => `${api}/v1alpha1`);
  const { apiVersion, kind, metadata, spec } = manifest ?? {};
  if (kind !== 'InferenceProviderConfig' || !versions.includes(apiVersion) || typeof metadata?.name !== 'string') {
    return [{
      code: 'IGW601',
      field: 'kind',
      value: `${apiVersion} ${kind}`,
      problem: 'is not an InferenceProviderConfig with a name',
      allowed: versions.map((version) => `${version} InferenceProviderConfig`).join(', '),
      fix: 'pass one parsed InferenceProviderConfig document',
    }];
  }
  const api = Object.values(AirunwayApi).find((group) => apiVersion.startsWith(`${group}/`))!;
  return checkShape(spec, PROVIDER_SHAPES[api], 'spec');
}

/** What the schema refuses of an InferenceProviderConfig, and what it admits although it cannot work. */
export function checkProvider(name: string, spec: ProviderSpec): Mistake[] {
  const engines = spec.capabilities?.engines ?? [];
  return [
    ...checkObjectName('metadata.name', name),
    ...engines.flatMap((engine, index) => checkEngine(engine, `spec.capabilities.engines[${index}]`)),
    ...repeated(engines.map((engine) => engine.name)).map((engine): Mistake => ({
      code: 'IGW302',
      field: 'spec.capabilities.engines',
      value: engine,
      problem: 'is listed twice',
      allowed: 'each engine once',
      fix: 'merge the two entries',
    })),
    ...checkRules(spec.selectionRules ?? []),
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
    ...checkPattern(engine.gateway, 'inferencePoolNamePattern', field),
    ...checkPattern(engine.gateway, 'inferencePoolNamespace', field),
  ];
}

type PatternKey = 'inferencePoolNamePattern' | 'inferencePoolNamespace';

/** A pattern must give a valid name for every valid model. */
function checkPattern(gateway: EngineGatewaySpec | undefined, key: PatternKey, engine: string): Mistake[] {
  const pattern = gateway?.[key];
  if (!pattern) return [];
  const field = `${engine}.gateway.${key}`;
  const unknown = (pattern.match(/\{[^}]*\}?/g) ?? []).filter((placeholder) => !POOL_PLACEHOLDERS.includes(placeholder));
  if (unknown.length > 0) {
    return unknown.map((placeholder) => ({
      code: 'IGW302',
      field,
      value: pattern,
      problem: `has the placeholder ${placeholder}, which nothing fills in`,
      allowed: POOL_PLACEHOLDERS.join(' and '),
      fix: 'use those placeholders only',
    }));
  }
  const example = fillIn(pattern, 'model', 'team');
  const check = key === 'inferencePoolNamespace' ? checkLabelName : checkObjectName;
  const problem = `gives ${example} for model team/model, which is not a valid name`;
  return check(field, example).map((mistake) => ({ ...mistake, code: 'IGW302', value: pattern, problem, fix: 'correct the pattern' }));
}

function checkRules(rules: readonly SelectionRuleSpec[]): Mistake[] {
  // Those of the known providers are right, and reading them would load a parser into every app.
  if (PRESETS.some(({ spec }) => spec.selectionRules === rules)) return [];
  return rules.flatMap(({ condition, priority }, index) => {
    const field = `spec.selectionRules[${index}]`;
    return [...checkCondition(condition, `${field}.condition`), ...checkPriority(priority, `${field}.priority`)];
  });
}

function checkCondition(condition: string, field: string): Mistake[] {
  const example = "spec.engine.type == 'vllm'";
  if (!condition) {
    const allowed = 'a CEL expression over `spec`';
    return [{ code: 'IGW202', field, problem: 'is empty', allowed, fix: `write a condition, for example ${example}` }];
  }
  const { parse } = require('@bufbuild/cel') as typeof import('@bufbuild/cel');
  try {
    parse(condition);
    return [];
  } catch {
    return [{
      code: 'IGW302',
      field,
      value: condition,
      problem: 'is not a CEL expression, and the controller skips the rule without a word',
      allowed: 'a CEL expression over `spec`',
      fix: `correct it, for example ${example}`,
    }];
  }
}

function checkPriority(priority: number | undefined, field: string): Mistake[] {
  if (priority === undefined || (Number.isInteger(priority) && priority >= 0 && priority <= LARGEST_INT32)) return [];
  return [{ code: 'IGW201', field, value: priority, problem: 'is not a priority', allowed: 'whole numbers from 0', fix: 'set 0 or more' }];
}

/** What a provider says that has no effect. */
export function providerNotices(spec: ProviderSpec): Mistake[] {
  return (spec.capabilities?.engines ?? []).flatMap(({ gateway, servingModes }, index) => {
    const field = `spec.capabilities.engines[${index}]`;
    const notices: Mistake[] = [];
    if (!servingModes?.length) {
      notices.push({
        code: 'IGW302',
        field: `${field}.servingModes`,
        problem: 'is empty, so no model can be served by the engine',
        allowed: SERVING_MODES.join(', '),
        fix: 'list the modes',
      });
    }
    if (gateway?.managesInferencePool && gateway.endpointPicker) {
      notices.push({
        code: 'IGW302',
        field: `${field}.gateway.endpointPicker`,
        value: gateway.endpointPicker.image ?? 'configData',
        problem: 'is ignored: the provider manages its own endpoint picker',
        fix: 'remove endpointPicker or managesInferencePool',
      });
    }
    const ignored = (['inferencePoolNamePattern', 'inferencePoolNamespace'] as const).filter((key) => gateway?.[key]);
    if (!gateway?.managesInferencePool) {
      notices.push(...ignored.map((key): Mistake => ({
        code: 'IGW302',
        field: `${field}.gateway.${key}`,
        value: gateway![key],
        problem: 'is ignored: the provider does not manage the pool',
        fix: 'set managesInferencePool: true, or remove the pattern',
      })));
    }
    return notices;
  });
}

function repeated(words: readonly string[]): string[] {
  return [...new Set(words.filter((word, index) => words.indexOf(word) !== index))];
}
