import { checkLabelName, isMap, Mistake, RuleCode } from '../../core';
import { ACCESS_MODES, ENGINE_NAMES, MODEL_SOURCES, SERVING_MODES, VOLUME_PURPOSES } from '../../plan';

/** What is wrong with a value. After a mistake of structure nothing more can be said of the manifest. */
export interface Finding {
  readonly kind: 'structure' | 'value' | 'unknown field';
  readonly mistake: Mistake;
}

type Check = (value: unknown, field: string) => Finding[];

const LARGEST_INT32 = 2 ** 31 - 1;
const MOST_VOLUMES = 8;

function finding(kind: Finding['kind'], mistake: Mistake): Finding[] {
  return [{ kind, mistake }];
}

function wrong(kind: Finding['kind'], problem: string, allowed: string, fix: string, code: RuleCode = 'IGW201') {
  return (value: unknown, field: string) => finding(kind, { code, field, value, problem, allowed, fix });
}

function when(holds: (value: unknown) => boolean, otherwise: Check): Check {
  return (value, field) => (holds(value) ? [] : otherwise(value, field));
}

const text = when((value) => typeof value === 'string', wrong('structure', 'is not text', 'text', 'put the value in quotes'));
const flag = when(
  (value) => typeof value === 'boolean',
  wrong('structure', 'is neither true nor false', 'true, false', 'write true or false, without quotes'),
);
const integer = when(Number.isInteger, wrong('structure', 'is not a whole number', 'whole numbers', 'write a number, without quotes'));
const int32 = both(integer, when(
  (value) => Math.abs(value as number) <= LARGEST_INT32,
  wrong('value', 'is too large', `at most ${LARGEST_INT32}`, 'set a smaller number'),
));
const quantity = when(
  (value) => typeof value === 'string' || typeof value === 'number',
  wrong('structure', 'is not a quantity', 'for example 100Gi', 'write a Kubernetes quantity'),
);
const count = when(
  (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= LARGEST_INT32,
  wrong('value', 'is not a count', 'whole numbers from 0', 'set 0 or more'),
);

function oneOf(words: readonly string[]): Check {
  return when((value) => words.includes(value as string), wrong('value', 'is not known', words.join(', '), 'use one of them'));
}

const notAnObject = wrong('structure', 'is not an object', 'an object of fields', 'write the fields below it');
const anyObject = when(isMap, notAnObject);

function mapOf(check: Check): Check {
  return (value, field) => {
    if (!isMap(value)) return notAnObject(value, field);
    return Object.entries(value).flatMap(([key, item]) => check(item, `${field}.${key}`));
  };
}

function listOf(check: Check): Check {
  const notAList = wrong('structure', 'is not a list', 'a list', 'write a list');
  return (value, field) => (Array.isArray(value) ? value.flatMap((item, index) => check(item, `${field}[${index}]`)) : notAList(value, field));
}

function fields(checks: Record<string, Check>, required: readonly string[] = []): Check {
  return (value, field) => {
    if (!isMap(value)) return notAnObject(value, field);
    const missing = required.filter((key) => value[key] === undefined).flatMap((key) => finding('structure', {
      code: 'IGW202', field: `${field}.${key}`, problem: 'is missing', fix: `set ${key}`,
    }));
    const present = Object.entries(value).filter(([, item]) => item !== undefined).flatMap(([key, item]) => {
      const at = `${field}.${key}`;
      if (Object.hasOwn(checks, key)) return checks[key](item, at);
      return finding('unknown field', {
        code: 'IGW201',
        field: at,
        value: item,
        problem: 'is not a field of a ModelDeployment and has no effect',
        allowed: Object.keys(checks).join(', '),
        fix: 'correct the name, or remove it',
      });
    });
    return [...missing, ...present];
  };
}

function both(first: Check, second: Check): Check {
  return (value, field) => {
    const found = first(value, field);
    return found.some(({ kind }) => kind === 'structure') ? found : [...found, ...second(value, field)];
  };
}

const volumeName: Check = (value, field) => checkLabelName(field, value as string).map((mistake) => ({ kind: 'value', mistake }));
const atMostVolumes: Check = (value, field) => ((value as unknown[]).length <= MOST_VOLUMES ? [] : finding('value', {
  code: 'IGW206',
  field,
  value: (value as unknown[]).length,
  problem: 'is the number of volumes',
  allowed: `at most ${MOST_VOLUMES}`,
  fix: 'remove some',
}));

const keyRef = fields({ name: text, key: text, optional: flag }, ['key']);
const gpu = fields({ count, type: text });
const role = fields({ replicas: count, gpu, memory: text });
const volume = fields({
  name: both(text, volumeName),
  purpose: oneOf(VOLUME_PURPOSES),
  claimName: text,
  mountPath: text,
  readOnly: flag,
  size: quantity,
  accessMode: oneOf(ACCESS_MODES),
  storageClassName: text,
}, ['name']);

/** `spec` of a ModelDeployment as its CustomResourceDefinition describes it. */
export const checkSpec = fields({
  model: fields({
    id: text, source: oneOf(MODEL_SOURCES), servedName: text, storage: fields({ volumes: both(listOf(volume), atMostVolumes) }),
  }),
  provider: fields({ name: text, overrides: anyObject }),
  engine: fields({
    type: oneOf(ENGINE_NAMES),
    image: text,
    contextLength: int32,
    trustRemoteCode: flag,
    enablePrefixCaching: flag,
    enforceEager: flag,
    args: mapOf(text),
    extraArgs: listOf(text),
  }),
  serving: fields({ mode: oneOf(SERVING_MODES) }),
  scaling: fields({ replicas: count, prefill: role, decode: role }),
  resources: fields({ gpu, memory: text, cpu: text }),
  image: text,
  env: listOf(fields({
    name: text,
    value: text,
    valueFrom: fields({
      secretKeyRef: keyRef,
      configMapKeyRef: keyRef,
      fieldRef: fields({ apiVersion: text, fieldPath: text }, ['fieldPath']),
      fileKeyRef: fields({ key: text, optional: flag, path: text, volumeName: text }, ['key', 'path', 'volumeName']),
      resourceFieldRef: fields({ containerName: text, divisor: quantity, resource: text }, ['resource']),
    }),
  })),
  podTemplate: fields({ metadata: fields({ labels: mapOf(text), annotations: mapOf(text) }) }),
  secrets: fields({ huggingFaceToken: text }),
  gateway: fields({ enabled: flag, modelName: text, httpRouteRef: text }),
  nodeSelector: mapOf(text),
  tolerations: listOf(fields({ key: text, operator: text, value: text, effect: text, tolerationSeconds: integer })),
});
