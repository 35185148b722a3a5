/*
 * Models through this library: `fleet` or `fast` (a ModelDeployment in a chart each, FastApp); `-unchecked` leaves the graph out, `-tuned`
 * gives the server of every model flags of its own, `-varied` a variable whose value is its own.
 */
import type * as cdk8s from 'cdk8s';
import type * as library from '../../src';
import { nameOf, namespaceOf } from './scene';

const [way, models, outdir, from = '0'] = process.argv.slice(2);
const { App, Chart } = require('cdk8s') as typeof cdk8s;
const [path, ...marks] = way.split('-');
const {
  Engine, FastApp, Fleet, FleetModel, GatewayImplementation, GraphOptions, InferenceGateway, Model, ModelDeployment, ProviderGateway,
} = require(process.env.BENCH_LIB!) as typeof library;

const app = path === 'fast' ? new FastApp({ outdir }) : new App({ outdir });
if (marks.includes('unchecked')) GraphOptions.of(app).disable({ reason: 'its share of the time is measured' });
const platform = new Chart(app, 'platform', { namespace: 'gateway-system' });
const gateway = new InferenceGateway(platform, 'gateway', { implementation: GatewayImplementation.istio() });
gateway.addBodyBasedRouter();
const provider = ProviderGateway.vllm(platform, 'vllm');
const endpointPicker = { metricsAuth: true, podDisruptionBudget: true, networkPolicy: {} };

function propsOf(index: number): library.ModelDeploymentProps {
  return {
    namespace: namespaceOf(index),
    gateway,
    provider,
    endpointPicker,
    model: Model.huggingFace('Qwen/Qwen3-0.6B', { servedName: nameOf(index) }),
    engine: Engine.vllm({ contextLength: 8192, args: marks.includes('tuned') ? { 'max-num-seqs': String(index + 1) } : undefined }),
    env: marks.includes('varied') ? [{ name: 'INDEX', value: `the ${index}th` }] : undefined,
  };
}

const indices = Array.from({ length: Number(models) }, (_, index) => index + Number(from));
if (path === 'fleet') {
  const fleet = new Fleet(app, 'fleet', { gateway, provider });
  indices.forEach((index) => fleet.addModel(FleetModel.of(nameOf(index), propsOf(index))));
  fleet.write();
} else {
  indices.forEach((index) => new ModelDeployment(new Chart(app, nameOf(index)), nameOf(index), propsOf(index)));
}
app.synth();
