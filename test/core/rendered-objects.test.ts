import { ApiObject, App, Chart, JsonPatch, Lazy } from 'cdk8s';
import fc from 'fast-check';
import { forgetRendered, keepRendered, renderedObject } from '../../src/core';
import { plainJson } from '../../src/core/rendered-objects';

function objectOf(props: object = {}, app = new App()): ApiObject {
  return new ApiObject(new Chart(app, 'chart', { namespace: 'n', labels: { of: 'chart' } }), 'object', { apiVersion: 'v1', kind: 'ConfigMap', ...props });
}

test('the smallest object', () => {
  expect(renderedObject(objectOf())).toEqual({
    apiVersion: 'v1', kind: 'ConfigMap', metadata: { labels: { of: 'chart' }, name: 'chart-object-c837c6b4', namespace: 'n' },
  });
});

const key = fc.oneof(fc.string(), fc.constantFrom('a', 'b', '1', '10', 'metadata', 'value', 'apiVersion', 'kind', 'name', 'constructor', '__proto__'));
const leaf = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constantFrom(null, undefined, {}, [], new Date(0), () => 1));
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, { arbitrary: leaf, weight: 3 }, fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(key, tie('value'), { maxKeys: 4 })),
}));

test('is what cdk8s renders, with its keys in the same order, or left to it', () => {
  let plain = 0;
  fc.assert(fc.property(fc.dictionary(key, value, { maxKeys: 4 }), fc.dictionary(key, value, { maxKeys: 4 }), (spec, metadata) => {
    const object = objectOf({ spec, ...spec, apiVersion: 'v1', kind: 'A', metadata });
    object.metadata.addAnnotation('a', 'b');
    const fast = plainJson(object);
    if (fast === undefined) return;
    plain++;
    const slow = object.toJson();
    expect(fast).toEqual(slow);
    expect(JSON.stringify(fast)).toBe(JSON.stringify(slow));
  }), { numRuns: 2000 });
  expect(plain).toBeGreaterThan(200);
});

test('tokens, patches, resolvers and classes are left to cdk8s', () => {
  const patched = objectOf({ data: { a: '1' } });
  patched.addJsonPatch(JsonPatch.replace('/data/a', '2'));
  class Other extends ApiObject {
    public toJson(): any {
      return { other: true };
    }
  }
  const other = new Other(new Chart(new App(), 'c'), 'o', { apiVersion: 'v1', kind: 'A' });
  const resolved = objectOf({ data: { a: '1' } }, new App({ resolvers: [{ resolve: (context) => { if (context.value === '1') context.replaceValue('3'); } }] }));
  const lazy = objectOf({ data: { a: Lazy.any({ produce: () => '4' }) } });
  expect([patched, other, resolved, lazy].map(plainJson)).toEqual([undefined, undefined, undefined, undefined]);
  expect([patched, resolved, lazy].map((object) => renderedObject(object).data.a)).toEqual(['2', '3', '4']);
  expect(renderedObject(other)).toEqual({ other: true });
});

test('is kept while something runs, unless it is forgotten', () => {
  const object = objectOf();
  const kept = keepRendered(object.node.root, () => {
    const first = renderedObject(object);
    expect(renderedObject(object)).toBe(first);
    object.metadata.addLabel('a', 'b');
    expect(renderedObject(object)).toBe(first);
    forgetRendered(object);
    expect(renderedObject(object).metadata.labels).toEqual({ a: 'b', of: 'chart' });
    return first;
  });
  expect(renderedObject(object)).not.toBe(kept);
});
