import { existsSync, readdirSync } from 'node:fs';
import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { GatewayImplementation, GraphOptions, InferenceGateway, ModelPool } from '../../src';
import { stderrOf } from '../synth';

const server = (chart: Chart, name: string) => new ApiObject(chart, 'server', {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'vllm', image: 'vllm/vllm-openai:v0.11.0', args: ['--served-model-name', 'llama'] }] } },
  },
});

/** A gateway and a pool that means the pods of a Deployment which is no construct of ours. */
function appOf(selected: string): { app: App; pool: ModelPool; team: Chart } {
  const app = Testing.app();
  const gateway = new InferenceGateway(new Chart(app, 'platform', { namespace: 'gateway' }), 'gateway', { implementation: GatewayImplementation.istio() });
  gateway.addBodyBasedRouter();
  const team = new Chart(app, 'team', { namespace: 'models' });
  server(team, 'llama');
  const pool = new ModelPool(team, 'pool', { name: 'llama', matchLabels: { app: selected }, port: 8000 });
  pool.routeFrom(gateway, { modelName: 'llama' });
  return { app, pool, team };
}

const synth = (app: App) => () => stderrOf(app);

test('an app without mistakes', () => {
  expect(synth(appOf('llama').app)()).toEqual([]);
});

test('fails for objects of any library, names the construct, and writes nothing', () => {
  const { app } = appOf('nope');
  expect(synth(app)).toThrow(new Error([
    'Validation failed with the following errors:',
    '  [] InferencePool models/llama (team/pool/Resource): IGW1201 spec.selector.matchLabels is {"app":"nope"}: selects no pod of namespace models: requests to the model answer 503; ' +
    'select labels that the pods of Deployment models/llama have (app: llama)',
  ].join('\n')));
  expect(existsSync(app.outdir) ? readdirSync(app.outdir) : []).toEqual([]);
});

test('fails for what a JSON patch breaks between two synths', () => {
  const { app, pool } = appOf('llama');
  expect(synth(app)()).toEqual([]);
  ApiObject.of(pool).addJsonPatch(JsonPatch.replace('/spec/selector/matchLabels', { app: 'other' }));
  expect(synth(app)).toThrow(/IGW1201 .*"other"/);
  ApiObject.of(pool).addJsonPatch(JsonPatch.replace('/spec/selector/matchLabels', { app: 'llama' }));
  expect(synth(app)()).toEqual([]);
});

test('a muted rule: the reason is written where the finding is', () => {
  const { app, team } = appOf('nope');
  GraphOptions.of(team).mute('IGW1201', { reason: 'an operator labels the pods' });
  expect(synth(app)()).toEqual([]);
  const [annotated, ...others] = Testing.synth(team).filter(({ metadata }) => metadata.annotations?.['inference-gateway.cdk8s.io/ignore']);
  expect(others).toEqual([]);
  expect(annotated).toMatchObject({ kind: 'InferencePool', metadata: { annotations: { 'inference-gateway.cdk8s.io/ignore': 'IGW1201=an operator labels the pods' } } });
});

test('a rule muted for the app keeps what the object says itself', () => {
  const { app, pool, team } = appOf('nope');
  ApiObject.of(pool).metadata.addAnnotation('inference-gateway.cdk8s.io/ignore', 'IGW1999=of old');
  GraphOptions.of(app).mute('IGW1201', { reason: 'later' });
  synth(app)();
  synth(app)();
  const [{ metadata }] = Testing.synth(team).filter(({ kind }) => kind === 'InferencePool');
  expect(metadata.annotations).toMatchObject({ 'inference-gateway.cdk8s.io/ignore': 'IGW1999=of old; IGW1201=later' });
});

test('an annotation mutes by itself', () => {
  const { app, pool } = appOf('nope');
  ApiObject.of(pool).metadata.addAnnotation('inference-gateway.cdk8s.io/ignore', 'IGW1201=the pods are labelled by hand');
  expect(synth(app)()).toEqual([]);
});

test('fails where a rule is muted for another construct', () => {
  const { app } = appOf('nope');
  GraphOptions.of(app.charts[0]).mute('IGW1201', { reason: 'elsewhere' });
  expect(synth(app)).toThrow(/IGW1201/);
});

test('fails for what is missing from an app that is closed', () => {
  const app = Testing.app();
  new ModelPool(new Chart(app, 'team'), 'pool', { matchLabels: { app: 'llama' }, port: 8000 });
  expect(synth(app)()).toEqual([]);
  GraphOptions.of(app).closed();
  expect(synth(app)).toThrow(/IGW1201/);
});

test('an app that is not checked says so at each synth', () => {
  const { app } = appOf('nope');
  GraphOptions.of(app).disable({ reason: 'checked by CI' });
  expect(synth(app)()).toEqual(['warning the graph of the app is not checked: checked by CI']);
});

test('fails for mutes that say nothing', () => {
  const options = GraphOptions.of(Testing.app());
  expect(() => options.mute('IGW1201', { reason: ' ' })).toThrow(/IGW105 reason: is not said, and the rule is muted for good; say why/);
  expect(() => options.mute('IGW203', { reason: 'a' })).toThrow(/IGW105 code is "IGW203": is not a rule of the graph/);
  expect(() => options.mute('IGW1201', { reason: 'a; b' })).toThrow(/IGW105 reason is "a; b": has a semicolon/);
  expect(() => options.disable({ reason: '' })).toThrow(/IGW105 reason: is not said, and nothing would be checked/);
});
