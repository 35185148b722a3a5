import { schemasText } from '../../scripts/import-crds/schema-text';
import { schemaOf, versionsOf } from '../../src/graph/schemas';

test('a kind has one schema in all versions it is served in', () => {
  expect(versionsOf('gateway.networking.k8s.io', 'HTTPRoute')).toEqual(['v1', 'v1beta1']);
  expect(schemaOf('gateway.networking.k8s.io/v1', 'HTTPRoute')).toBeDefined();
  expect(schemaOf('gateway.networking.k8s.io/v1beta1', 'HTTPRoute')).toEqual(schemaOf('gateway.networking.k8s.io/v1', 'HTTPRoute'));
});

test('nothing is known of other kinds, whatever their name', () => {
  expect(schemaOf('v1', 'Node')).toBeUndefined();
  expect(schemaOf('toString', 'constructor')).toBeUndefined();
  expect(versionsOf('', 'Service')).toEqual([]);
});

test('what has a default is not required', () => {
  const { spec } = schemaOf('inference.networking.k8s.io/v1', 'InferencePool')!;
  expect(spec.required).toEqual(expect.arrayContaining(['selector', 'targetPorts']));
  expect(spec.properties!.endpointPickerRef.required).toEqual(['name']);
});

test('fails without a CustomResourceDefinition that is to be checked', () => {
  expect(() => schemasText([])).toThrow('there is no CustomResourceDefinition gatewayclasses.gateway.networking.k8s.io; add it, or change CHECKED');
});
