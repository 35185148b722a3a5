import { join } from 'node:path';
import { formatMistake, Mistake } from '../../src/core';
import { PRESETS } from '../../src/provider';
import { checkProvider, providerNotices } from '../../src/provider/check-provider';
import { withGoldens } from '../goldens';

const messages = (mistakes: Mistake[]) => mistakes.map(formatMistake);
const ofEngine = (engine: any) => ({ capabilities: { engines: [{ name: 'vllm', servingModes: ['aggregated'], ...engine }] } }) as any;
const ofGateway = (gateway: object) => ofEngine({ gateway: { managesInferencePool: true, ...gateway } });

test('the smallest provider can do nothing and is valid', () => {
  expect(checkProvider('acme', {})).toEqual([]);
  expect(providerNotices({})).toEqual([]);
});

test.each(PRESETS.map(({ name, spec }) => [name, spec] as const))('%s is valid as it registers itself', (name, spec) => {
  expect(checkProvider(name, spec)).toEqual([]);
  expect(providerNotices(spec)).toEqual([]);
});

test.each<[string, any, RegExp]>([
  [
    'an unknown engine',
    ofEngine({ name: 'tgi' }),
    /IGW201 spec\.capabilities\.engines\[0\]\.name is "tgi": is not known; allowed: vllm, sglang, trtllm, llamacpp; use/,
  ],
  ['an engine without name', ofEngine({ name: undefined }), /IGW201 spec\.capabilities\.engines\[0\]\.name is undefined: is not known/],
  ['an engine that is a word', { capabilities: { engines: ['vllm'] } }, /IGW201 spec\.capabilities\.engines\[0\]\.name is undefined/],
  [
    'an engine listed twice',
    { capabilities: { engines: [{ name: 'vllm' }, { name: 'vllm' }] } },
    /IGW302 spec\.capabilities\.engines is "vllm": is listed twice; allowed: each engine once; merge the two entries/,
  ],
  [
    'an unknown mode',
    ofEngine({ servingModes: ['x'] }),
    /IGW201 spec\.capabilities\.engines\[0\]\.servingModes is "x": .*allowed: aggregated, disaggregated/,
  ],
  ['an unknown API', ofEngine({ apiFormats: ['x'] }), /IGW201 spec\.capabilities\.engines\[0\]\.apiFormats is "x": .*allowed: openai-chat, /],
  [
    'a bogus placeholder',
    ofGateway({ inferencePoolNamePattern: '{foo}/x' }),
    /IGW302 .*gateway\.inferencePoolNamePattern is "\{foo\}\/x": has the placeholder \{foo\}, .*; allowed: \{name\} and \{namespace\}; use/,
  ],
  ['an open placeholder', ofGateway({ inferencePoolNamePattern: '{name}-{nam' }), /IGW302 .*has the placeholder \{nam,/],
  ['a bogus placeholder in the namespace', ofGateway({ inferencePoolNamespace: '{ns}' }), /IGW302 .*gateway\.inferencePoolNamespace is "\{ns\}"/],
  [
    'a pattern that gives no name',
    ofGateway({ inferencePoolNamePattern: '{name}_pool' }),
    /IGW302 .*is "\{name\}_pool": gives model_pool for model team\/model, which is not a valid name; allowed: .*; correct the pattern/,
  ],
  [
    'a namespace with a dot',
    ofGateway({ inferencePoolNamespace: '{namespace}.pools' }),
    /IGW302 .*inferencePoolNamespace is "\{namespace\}\.pools": gives team\.pools/,
  ],
  [
    'an empty condition',
    { selectionRules: [{ condition: '', priority: 1 }] },
    /IGW202 spec\.selectionRules\[0\]\.condition: is empty; .*spec\.engine\.type == 'vllm'/,
  ],
  [
    'a condition that is no expression',
    { selectionRules: [{ condition: 'true' }, { condition: '(((' }] },
    /IGW302 spec\.selectionRules\[1\]\.condition is "\(\(\(": is not a CEL expression, and the controller skips the rule without a word/,
  ],
  [
    'a negative priority',
    { selectionRules: [{ condition: 'true', priority: -1 }] },
    /IGW201 spec\.selectionRules\[0\]\.priority is -1: .*whole numbers from 0/,
  ],
  [
    'a priority that is no whole number',
    { selectionRules: [{ condition: 'true', priority: 1.5 }] },
    /IGW201 spec\.selectionRules\[0\]\.priority is 1\.5/,
  ],
])('fails on %s', (_, spec, message) => {
  expect(messages(checkProvider('acme', spec))).toEqual([expect.stringMatching(message)]);
});

test('fails on a name that is none', () => {
  expect(messages(checkProvider('Acme_1', {}))).toEqual([expect.stringMatching(/IGW101 metadata\.name is "Acme_1"/)]);
});

test('fails with all mistakes together', () => {
  const spec = { ...ofEngine({ name: 'tgi', gateway: { inferencePoolNamePattern: '{a}{b}' } }), selectionRules: [{ condition: '' }] };
  expect(messages(checkProvider('acme', spec))).toHaveLength(4);
});

test.each<[string, any, RegExp]>([
  [
    'an endpoint picker beside a managed pool',
    ofGateway({ endpointPicker: { image: 'epp:1' } }),
    /IGW302 .*gateway\.endpointPicker is "epp:1": is ignored: the provider manages its own endpoint picker; remove/,
  ],
  [
    'a pool pattern without a managed pool',
    ofEngine({ gateway: { inferencePoolNamePattern: '{name}-pool' } }),
    /IGW302 .*gateway\.inferencePoolNamePattern is "\{name\}-pool": is ignored: the provider does not manage the pool/,
  ],
  [
    'a pool namespace without a managed pool',
    ofEngine({ gateway: { inferencePoolNamespace: 'pools' } }),
    /IGW302 .*gateway\.inferencePoolNamespace is "pools": is ignored/,
  ],
  [
    'an engine without a mode',
    ofEngine({ servingModes: [] }),
    /IGW302 .*engines\[0\]\.servingModes: is empty, so no model can be served by the engine/,
  ],
])('%s is pointed out', (_, spec, message) => {
  expect(checkProvider('acme', spec)).toEqual([]);
  expect(messages(providerNotices(spec))).toEqual([expect.stringMatching(message)]);
});

withGoldens('fails on what the schema was observed to refuse', (folder) => {
  const { inferenceProviderConfig } = require(join(folder, 'airunway-facts', 's13_validation.json'));
  const entries: [string, any][] = inferenceProviderConfig.map((entry: any) => [entry.rule, entry]);
  /** Admitted by every cluster, although it cannot work. */
  const worse = ['invalid CEL condition is NOT validated', 'managed pool pattern with bogus placeholder NOT validated'];
  test.each(entries)('agrees on: %s', (rule, { code, spec }) => {
    const mistakes = checkProvider('t', spec);
    if (code === 201 && !worse.includes(rule)) expect(mistakes).toEqual([]);
    else expect(mistakes).not.toEqual([]);
  });
});
