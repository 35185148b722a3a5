import { rule } from '../../../../src/graph/rules/serving/target-port-not-served';
import { server, spec } from '../../changes';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

test('pods that listen on the port of the pool', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('fails for a port that is not that of the flag', () => {
  const [line] = linesOf(workingSet({}, spec('InferencePool models/llama', ({ targetPorts }) => { targetPorts[0].number = 8001; })), rule);
  expect(line).toBe('error InferencePool models/llama: IGW1202 spec.targetPorts[0].number is 8001: is no port the pods of Deployment models/llama '
    + 'listen on: the model server has --port 8000; requests to the model answer 503; allowed: 8000; set 8000');
});

test('fails for a flag that is not the port of the pool, though the container declares it', () => {
  const [line] = linesOf(workingSet({}, server(({ args }) => { args[args.indexOf('--port') + 1] = '9000'; })), rule);
  expect(line).toContain('spec.targetPorts[0].number is 8000: is no port the pods of Deployment models/llama listen on: the model server has --port 9000');
});

test('fails for a port that no container declares', () => {
  const objects = workingSet({}, server((container) => {
    Object.assign(container, { image: 'example.com/server:1', args: [], ports: [{ containerPort: 9000 }] });
  }));
  expect(linesOf(objects, rule)).toEqual([expect.stringContaining('is no port that the containers of Deployment models/llama declare; requests to the model answer 503; allowed: 9000; set 9000')]);
});

test('fails softly for one of two ports', () => {
  const [line, more] = linesOf(workingSet({}, spec('InferencePool models/llama', ({ targetPorts }) => { targetPorts.push({ number: 8001 }); })), rule);
  expect(line).toMatch(/^warning .*targetPorts\[1\].number is 8001/);
  expect(more).toBeUndefined();
});

test.each([
  ['whose ports nothing tells', (container: any) => { delete container.ports; container.args = ['--model', 'x']; }],
  ['with a port for each rank', (container: any) => { container.args.push('--data-parallel-size', '2'); }],
  ['with a port that only the cluster knows', (container: any) => { container.args[container.args.indexOf('--port') + 1] = '$(PORT)'; }],
  ['behind a proxy', (_container: any, { spec: { template } }: any) => { template.spec.containers.push({ name: 'proxy', image: 'p', ports: [{ containerPort: 8001 }] }); }],
])('pods %s', (_, change) => {
  expect(linesOf(workingSet({}, server(change), spec('InferencePool models/llama', ({ targetPorts }) => { targetPorts[0].number = 8001; })), rule)).toEqual([]);
});

test('an engine that listens on its usual port', () => {
  const objects = workingSet({}, server((container) => { Object.assign(container, { args: ['--model', 'x'], ports: [{ containerPort: 9000 }] }); }));
  expect(linesOf(objects, rule)).toEqual([]);
});
