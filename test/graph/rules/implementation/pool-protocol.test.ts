import { rule } from '../../../../src/graph/rules/implementation/pool-protocol';
import { linesOf } from '../../lint';
import { Change, workingSet } from '../../working-set';

const h2c: Change = ['InferencePool models/llama', ({ spec }) => { spec.appProtocol = 'kubernetes.io/h2c'; }];

test('HTTP/1.1, and a server of gRPC', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
  expect(linesOf(workingSet({}, h2c, ['Deployment models/llama', ({ spec }) => {
    spec.template.spec.containers[0].command = ['python', '-m', 'vllm.entrypoints.grpc_server'];
  }]), rule)).toEqual([]);
});

test('fails for HTTP/2 to the OpenAI server of vLLM', () => {
  expect(linesOf(workingSet({}, h2c), rule)[0]).toContain('warning InferencePool models/llama: IGW1508 spec.appProtocol is "kubernetes.io/h2c"');
});
