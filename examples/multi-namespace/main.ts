/*
 * Several teams on one gateway. Dynamo is set up to keep the pools of all of them in a namespace of its own, which has to grant
 * the way in to each team's route.
 */
import { App, Chart, Size } from 'cdk8s';
import { Engine, GatewayImplementation, InferenceGateway, Model, ModelDeployment, ProviderGateway } from 'cdk8s-inference-gateway';
import { Namespace } from 'cdk8s-plus-28';

const app = new App();

const namespaces = new Chart(app, '00-namespaces');
for (const name of ['gateway-system', 'dynamo-system', 'team-a', 'team-b', 'team-c']) {
  new Namespace(namespaces, name, { metadata: { name } });
}

const platform = new Chart(app, 'platform', { namespace: 'gateway-system' });
const gateway = new InferenceGateway(platform, 'inference-gateway', { implementation: GatewayImplementation.istio() });
gateway.addBodyBasedRouter();

const llmd = ProviderGateway.llmd(platform, 'llmd');
const dynamo = ProviderGateway.dynamo(platform, 'dynamo', {
  // With the team in the name two teams can have a model of the same name.
  gateway: { inferencePoolNamespace: 'dynamo-system', inferencePoolNamePattern: '{namespace}-{name}-pool' },
});

for (const team of ['team-a', 'team-b']) {
  new ModelDeployment(new Chart(app, team, { namespace: team }), 'qwen3', {
    gateway,
    provider: dynamo,
    model: Model.huggingFace('Qwen/Qwen3-8B', { servedName: `${team}/qwen3` }),
    engine: Engine.vllm({ contextLength: 32768 }),
    resources: { gpus: 1, memory: Size.gibibytes(64) },
    // Istio has to be told that the picker beside the pool speaks TLS.
    endpointPickerService: { name: `${team}-qwen3-epp` },
  });
}

const teamC = new Chart(app, 'team-c', { namespace: 'team-c' });
for (const [name, id] of [['qwen3-coder', 'Qwen/Qwen3-Coder-30B-A3B-Instruct'], ['qwen3-small', 'Qwen/Qwen3-0.6B']]) {
  new ModelDeployment(teamC, name, {
    gateway,
    provider: llmd,
    model: Model.huggingFace(id, { servedName: `team-c/${name}` }),
    engine: Engine.vllm({ contextLength: 16384 }),
    resources: { gpus: 1, memory: Size.gibibytes(64) },
  });
}

app.synth();
