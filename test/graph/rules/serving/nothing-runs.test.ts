import { rule } from '../../../../src/graph/rules/serving/nothing-runs';
import { FAIL_OPEN, picker, router, server } from '../../changes';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

const none = (_container: any, object: any) => { object.spec.replicas = 0; };

test('pods of everything', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
});

test('fails for an endpoint picker without pods', () => {
  expect(linesOf(workingSet({}, picker(none)), rule)).toEqual([
    'error Deployment models/llama-epp: IGW1208 spec.replicas is 0: no endpoint picker runs; requests to the model answer 500; set 1 or more',
  ]);
});

test('fails softly where requests are answered without it', () => {
  expect(linesOf(workingSet({}, picker(none), FAIL_OPEN), rule)).toEqual([expect.stringMatching(/^warning .*requests go to any pod in turn, since failureMode is FailOpen/)]);
});

test('fails for a body-based router without pods', () => {
  expect(linesOf(workingSet({}, router(none)), rule)).toEqual([expect.stringMatching(/^error .*no body-based router runs; every request through its gateway answers 500/)]);
});

test('fails softly for a model server without pods', () => {
  expect(linesOf(workingSet({}, server(none)), rule)).toEqual([expect.stringMatching(/^warning Deployment models\/llama: .*InferencePool models\/llama has no pod/)]);
});

test('a model server that something scales', () => {
  const autoscaler = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'llama', namespace: 'models' }, spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'llama' } } };
  expect(linesOf([...workingSet({}, server(none)), autoscaler], rule)).toEqual([]);
});
