import { rule } from '../../../../src/graph/rules/picker/picker-flag-refused';
import { FAIL_OPEN, picker, pickerFlags } from '../../changes';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

const image = (name: string) => picker((container) => { container.image = name; });

test('flags that the build has', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
  expect(linesOf(workingSet({}, pickerFlags('-v=3', '-v', '4', '--v=5', '--zap-devel=false', '--refresh-metrics-interval', '100ms', '--endpoint-target-ports=1,2')), rule)).toEqual([]);
});

test('fails for a flag that makes the build exit', () => {
  expect(linesOf(workingSet({}, pickerFlags('--kv-cache-usage-percentage-metric', 'vllm:gpu_cache_usage_perc')), rule)).toEqual([
    'error Deployment models/llama-epp: IGW1303 spec.template.spec.containers[0].args[9] is "--kv-cache-usage-percentage-metric": makes GAIE 1.5 exit at start; requests to the model answer 500; '
    + 'remove it; set engineConfigs of the metrics extractor in the configuration',
  ]);
  expect(linesOf(workingSet({}, FAIL_OPEN, pickerFlags('--lora-info-metric=x')), rule)).toEqual([expect.stringMatching(/^warning .*failureMode is FailOpen/)]);
});

test.each([
  ['--grpcPort', 'is no flag of GAIE 1.5, which exits at start; requests to the model answer 500; allowed: --grpc-port; write --grpc-port'],
  ['--pool_name=x', 'write --pool-name'],
  ['--secure-servng=false', 'write --secure-serving'],
  ['--frobnicate', 'is no flag of GAIE 1.5, which exits at start; requests to the model answer 500; remove it'],
  ['-tracing', 'starts with one dash: GAIE 1.5 exits at start; requests to the model answer 500; write --tracing'],
  ['--grpc-port=many', 'is "many": is no value of --grpc-port: GAIE 1.5 exits at start; requests to the model answer 500; allowed: a whole number'],
  ['--tracing=off', 'allowed: true, false'],
  ['--refresh-metrics-interval=50', 'allowed: a duration such as 50ms or 1m30s'],
  ['--cert-path', 'has no value'],
  ['--help', 'makes GAIE 1.5 print its flags and exit'],
  ['--drain-timeout=30s', 'is no flag of GAIE 1.5'],
])('fails for %s', (flag, message) => {
  expect(linesOf(workingSet({}, pickerFlags(flag)), rule)).toEqual([expect.stringContaining(message)]);
});

test('fails for a flag that a later build removed', () => {
  const flag = pickerFlags('--model-server-metrics-port=8000');
  expect(linesOf(workingSet({}, flag), rule)).toEqual([]);
  expect(linesOf(workingSet({}, flag, image('ghcr.io/llm-d/llm-d-router-endpoint-picker:v0.10.0')), rule)).toEqual([expect.stringContaining('was removed before llm-d router 0.10, which exits at start')]);
});

test('fails softly where the image is not known, but for names that no build has', () => {
  const unknown = image('example.com/epp:1');
  expect(linesOf(workingSet({}, unknown, pickerFlags('--frobnicate', '--lora-info-metric=x')), rule)).toEqual([expect.stringMatching(/^warning .*unless this image has it/)]);
  expect(linesOf(workingSet({}, unknown, pickerFlags('--grpcPort=9002')), rule)).toEqual([expect.stringMatching(/^error/)]);
});

test('builds that parsed flags in another way', () => {
  expect(linesOf(workingSet({}, image('registry.k8s.io/gateway-api-inference-extension/epp:v0.5.1'), pickerFlags('-poolName', 'llama')), rule)).toEqual([]);
  expect(linesOf(workingSet({}, image('example.com/gateway:latest'), pickerFlags('-poolName', 'llama')), rule)).toEqual([expect.stringMatching(/^warning .*unless this image has it/)]);
});

test('fails for words that the logger does not know', () => {
  expect(linesOf(workingSet({}, pickerFlags('--zap-encoder=yaml', '--zap-log-level=0', '--zap-stacktrace-level=panic')), rule)).toEqual([
    expect.stringContaining('is "0": is no value of --zap-log-level: GAIE 1.5 exits at start; requests to the model answer 500; allowed: debug, info, error, panic, or a number above 0'),
    expect.stringContaining('is "yaml": is no value of --zap-encoder: GAIE 1.5 exits at start; requests to the model answer 500; allowed: json, console; write one of them'),
  ]);
});
