/*
 * A fleet from a catalogue: six models of two teams in two clusters, a folder for each cluster, a file for each model, and the Argo CD
 * ApplicationSet that deploys the folders.
 */
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import {
  FastApp, Fleet, FleetApplicationSet, FleetCatalogue, FleetLayout, GatewayImplementation, InferenceGateway, ProviderGateway,
} from 'cdk8s-inference-gateway';
import { Namespace } from 'cdk8s-plus-28';

const catalogue = FleetCatalogue.read(join(__dirname, 'models.csv'));
const { outdir } = new App();

for (const cluster of catalogue.clusters) {
  // An app for each cluster: names have to be unique in a cluster, not in all of them.
  const app = new FastApp({ outdir: join(outdir, 'clusters', cluster) });
  const models = catalogue.ofCluster(cluster);

  // The name sorts first, so that `kubectl apply -f` creates the namespaces before anything in them.
  const namespaces = new Chart(app, '00-namespaces');
  for (const name of ['gateway-system', ...models.teams]) new Namespace(namespaces, name, { metadata: { name } });

  const platform = new Chart(app, 'platform', { namespace: 'gateway-system' });
  const gateway = new InferenceGateway(platform, 'inference-gateway', { implementation: GatewayImplementation.istio() });
  gateway.addBodyBasedRouter();

  const fleet = new Fleet(app, 'models', {
    gateway,
    providers: [ProviderGateway.vllm(platform, 'vllm'), ProviderGateway.llmd(platform, 'llmd')],
    layout: FleetLayout.FOLDER_PER_TEAM,
  });
  fleet.addModels(models);
  fleet.write();
  app.synth();
}

const app = new App({ outdir: join(outdir, 'argocd') });
new Namespace(new Chart(app, '00-namespaces'), 'argocd', { metadata: { name: 'argocd' } });
new FleetApplicationSet(new Chart(app, 'models', { namespace: 'argocd' }), 'models', { repoUrl: 'https://git.example.com/platform/models.git', path: 'clusters/*' });
app.synth();
