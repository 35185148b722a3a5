import { rule } from '../../../../src/graph/rules/serving/server-on-loopback';
import { server } from '../../changes';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

const host = (value: string) => server(({ args }) => { args.push('--host', value); });

test.each(['0.0.0.0', '::', '$(POD_IP)'])('a server that listens on %s', (value) => {
  expect(linesOf(workingSet({}, host(value)), rule)).toEqual([]);
});

test.each(['127.0.0.1', 'localhost', '::1'])('fails for %s', (value) => {
  expect(linesOf(workingSet({}, host(value)), rule)).toEqual([
    `error Deployment models/llama: IGW1219 spec.template.spec.containers[0].args[7] is "${value}": is the loopback address: the pods of InferencePool models/llama refuse connections of the `
    + 'gateway; allowed: 0.0.0.0, ::; set 0.0.0.0',
  ]);
});

test('a server behind a proxy in its pod', () => {
  const proxy = server((_, { spec: { template } }) => { template.spec.containers.push({ name: 'proxy', image: 'p', ports: [{ containerPort: 8000 }] }); });
  expect(linesOf(workingSet({}, host('127.0.0.1'), proxy), rule)).toEqual([]);
});
