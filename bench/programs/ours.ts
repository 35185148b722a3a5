/* Models through this library: `fleet`, `fast` (a chart each, FastApp) or `plain` (a chart each, App of cdk8s). */
import type * as cdk8s from 'cdk8s';
import type * as library from '../../src';
import { nameOf, namespaceOf } from './scene';

const [way, models, outdir, from = '0'] = process.argv.slice(2);
const { App, Chart, Size } = require('cdk8s') as typeof cdk8s;
const {
  EndpointPickerMonitoring, Engine, FastApp, Fleet, FleetModel, GatewayImplementation, InferenceGateway, Model, ModelDeployment, ProviderGateway,
  VolumePurpose,
} = require(process.env.BENCH_LIB!) as typeof library;

const app = way === 'fast' ? new FastApp({ outdir }) : new App({ outdir });
const platform = new Chart(app, 'platform', { namespace: 'gateway-system' });
const gateway = new InferenceGateway(platform, 'gateway', { implementation: GatewayImplementation.istio() });
gateway.addBodyBasedRouter();
const provider = ProviderGateway.vllm(platform, 'vllm');
const endpointPicker = {
  monitoring: EndpointPickerMonitoring.serviceMonitor(), metricsAuth: false, podDisruptionBudget: true, networkPolicy: {},
};

function propsOf(index: number): library.ModelDeploymentProps {
  const volumes = [{ name: 'weights', purpose: VolumePurpose.MODEL_CACHE, size: Size.gibibytes(100) }];
  return {
    namespace: namespaceOf(index),
    gateway,
    provider,
    endpointPicker,
    model: Model.huggingFace('Qwen/Qwen3-0.6B', { servedName: nameOf(index), volumes }),
    engine: Engine.vllm({ contextLength: 8192 }),
  };
}

const indices = Array.from({ length: Number(models) }, (_, index) => index + Number(from));
if (way === 'fleet') {
  const fleet = new Fleet(app, 'fleet', { gateway, provider });
  indices.forEach((index) => fleet.addModel(FleetModel.of(nameOf(index), propsOf(index))));
  fleet.write();
} else {
  indices.forEach((index) => new ModelDeployment(new Chart(app, nameOf(index)), nameOf(index), propsOf(index)));
}
app.synth();
