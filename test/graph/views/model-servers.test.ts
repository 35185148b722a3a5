import { ModelServer, modelServersOf } from '../../../src/graph/views/model-servers';
import { graphOf } from '../lint';
import { workingSet } from '../working-set';

function serverOf(container: object): ModelServer | undefined {
  return modelServersOf(graphOf([{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers: [container] } }]))[0];
}

const names = (container: object) => serverOf(container)?.names?.map(({ name }) => name);

test('the smallest model server', () => {
  expect(serverOf({ image: 'vllm/vllm-openai:v0.11.0' })).toMatchObject({ adapters: [], moreAdapters: false });
  expect(serverOf({ image: 'vllm/vllm-openai:v0.11.0' })?.names).toBeUndefined();
});

test('the servers of a working set are not its picker and router', () => {
  expect(modelServersOf(graphOf(workingSet())).map(({ template }) => template.workload.object.name)).toEqual(['llama', 'qwen']);
});

test.each<[object, string[] | undefined]>([
  [{ args: ['--model', 'org/a'] }, ['org/a']],
  [{ args: ['--model=org/a', '--served-model-name=a'] }, ['a']],
  [{ args: ['--served-model-name', 'a', 'b', '--port', '8000'] }, ['a', 'b']],
  [{ args: ['--served-model-name', '$(NAME)'], env: [{ name: 'NAME', value: 'a' }] }, ['a']],
  [{ args: ['--served-model-name', '$(NAME)'] }, undefined],
  [{ args: ['--model-path', 'org/a', '--trust-remote-code'] }, ['org/a']],
  [{ image: 'x/vllm:1', command: ['vllm', 'serve', 'org/a', '--enable-lora'] }, ['org/a']],
  [{ image: 'x/vllm:1', command: ['sh', '-c'], args: ['vllm serve org/a --served-model-name a'] }, ['a']],
  [{ image: 'x/vllm:1', command: ['sh', '-c'], args: ['vllm serve org/a --served-model-name $NAME'] }, undefined],
])('%j serves %j', (container, expected) => {
  expect(names(container)).toEqual(expected);
});

test('adapters, as pairs and as JSON', () => {
  const server = serverOf({ args: ['--model', 'a', '--lora-modules', 'sql=/sql', '{"name": "chat", "path": "/c"}', '{broken', '--port', '1'] });
  expect(server?.adapters.map(({ name }) => name)).toEqual(['sql', 'chat']);
  expect(server?.port).toBe(1);
  expect(serverOf({ args: ['--model', 'a'], env: [{ name: 'VLLM_ALLOW_RUNTIME_LORA_UPDATING', value: 'True' }] })?.moreAdapters).toBe(true);
});

test('what serves no model', () => {
  expect(serverOf({ image: 'nginx', args: ['--port', '80'] })).toBeUndefined();
});
