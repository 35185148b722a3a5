/*
 * New versions for a few requests first: of a model by two pools, of a LoRA adapter by one pool that rewrites its name. The model
 * servers run already: their pods are found by the label `app`.
 */
import { App, Chart } from 'cdk8s';
import {
  EndpointPickerConfig, GatewayImplementation, GrantSource, GrantTarget, InferenceGateway, LoraAdapters, ModelListRoute, ModelPool,
  ModelRoute, ReferenceGrant, RequestMirror,
} from 'cdk8s-inference-gateway';
import { Namespace } from 'cdk8s-plus-28';

const app = new App();

const namespaces = new Chart(app, '00-namespaces');
for (const name of ['gateway-system', 'models', 'next']) {
  new Namespace(namespaces, name, { metadata: { name } });
}

const platform = new Chart(app, 'platform', { namespace: 'gateway-system' });
const gateway = new InferenceGateway(platform, 'inference-gateway', { implementation: GatewayImplementation.istio() });
gateway.addBodyBasedRouter();

const models = new Chart(app, 'models', { namespace: 'models' });
const next = new Chart(app, 'next', { namespace: 'next' });
const poolOf = (chart: Chart, name: string) => new ModelPool(chart, name, {
  matchLabels: { app: name }, port: 8000, endpointPicker: { config: EndpointPickerConfig.prefixAware() },
});

// A model: one request of twenty goes to the new version, which answers to the same name. Its namespace grants the way in.
const [stable, canary] = [poolOf(models, 'qwen3-8b'), poolOf(next, 'qwen3-8b-fp8')];
[stable, canary].forEach((pool) => pool.connectTo(gateway));
new ModelRoute(models, 'qwen3-8b-route', {
  gateway, modelName: 'qwen3-8b', backends: [{ pool: stable, weight: 95 }, { pool: canary, weight: 5 }],
  // One of ten is copied to a recorder, for comparison.
  mirror: RequestMirror.toService({ name: 'request-recorder', port: 8080 }, { percent: 10 }),
});

// Adapters: the router tells which base model each runs on, so that adapters come and go without the route.
const mistral = poolOf(models, 'mistral-7b');
mistral.routeFrom(gateway, { modelName: 'mistral-7b', matchBaseModel: true });
new LoraAdapters(platform, 'mistral-7b-adapters', { baseModel: 'mistral-7b', adapters: ['support', 'support-v1', 'support-v2', 'billing'] });
// Clients ask for `support`; the endpoint picker decides which version that is.
mistral.addModelRewrite('support', {
  rules: [{ models: ['support'], targets: [{ model: 'support-v1', weight: 9 }, { model: 'support-v2', weight: 1 }] }],
});
// Clients name one of these in the header x-gateway-inference-objective.
mistral.addObjective('interactive', { priority: 10 });
mistral.addObjective('batch', { priority: -1 });

// `GET /v1/models` names no model, so it gets a route of its own. The answer is that of one pool: its base model and adapters.
new ModelListRoute(models, 'model-list', { gateway, pool: mistral, healthPath: '/health' });

// Lets a team write its own routes to the new version, for its tests.
new ReferenceGrant(next, 'testers', { from: [GrantSource.httpRoutes('testers')], to: [GrantTarget.inferencePool(canary.name)] });

app.synth();
