import { rule } from '../../../../src/graph/rules/names/mounted-object-missing';
import { linesOf } from '../../lint';
import { deployment, object } from '../../objects';
import { edit, workingSet } from '../../working-set';

test('volumes with their ConfigMaps', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('fails without the ConfigMap of an endpoint picker', () => {
  expect(linesOf(edit(workingSet(), ['ConfigMap models/llama-epp', null]), rule)).toEqual([
    expect.stringMatching(/^error Deployment models\/llama-epp: IGW1015 spec.template.spec.volumes\[\d\].configMap.name is "llama-epp": names no ConfigMap of namespace models: the pods do not start/),
  ]);
});

test('fails for nearly the name of a ConfigMap that nothing uses', () => {
  const volumes = [{ name: 'a', configMap: { name: 'templates' } }, { name: 'b', configMap: { name: 'optional', optional: true } }];
  expect(linesOf([deployment('a/b', { app: 'x' }, { volumes }), object('v1', 'ConfigMap', 'a/template')], rule)).toEqual([expect.stringContaining('add the ConfigMap, or name template')]);
});

test('a Secret that another object makes', () => {
  const volumes = [{ name: 'a', secret: { secretName: 'token' } }];
  const external = object('external-secrets.io/v1', 'ExternalSecret', 'a/x', { spec: { target: { name: 'token' } } });
  expect(linesOf([deployment('a/b', { app: 'x' }, { volumes }), external], rule, { closed: true })).toEqual([]);
  expect(linesOf([deployment('a/b', { app: 'x' }, { volumes })], rule, { closed: true })).toHaveLength(1);
});
