import { join } from 'node:path';
import { Chart } from 'cdk8s';
import { InvalidInputError, muteWarnings, warningsOf } from '../core';
import { AllowedRoutes, GatewayImplementation, IInferenceGateway, InferenceGateway } from '../gateway';
import { FastApp, Fleet, FleetCatalogue, FleetLayout, FleetReport } from '../gitops';
import { GraphOptions } from '../graph';
import '../graph/register';
import { chooseGateway, isGateway, nameOf, withDestinationRules } from '../manifests';
import { ProviderGateway } from '../provider';
import { CommandError, MISTAKE, USAGE } from './command-error';
import { endpointPickerOf, ExpandOptions, ROUTER_MISSING } from './expand';

export interface FleetOptions extends ExpandOptions {
  readonly output: string;
  readonly layout?: FleetLayout;
  readonly cluster?: string;
}

/** What was written for one cluster. */
export interface WrittenFleet {
  readonly folder: string;
  readonly report: FleetReport;
  readonly warnings: string[];
}

/** Writes the models of catalogues, and the Gateways among them: into one folder, or into one for each cluster that models name. */
export function writeFleets(paths: readonly string[], options: FleetOptions): WrittenFleet[] {
  const catalogues = paths.map((path) => FleetCatalogue.read(path));
  const clusters = [...new Set(catalogues.flatMap((catalogue) => catalogue.clusters))].sort();
  const { cluster, output } = options;
  if (cluster !== undefined && !clusters.includes(cluster)) {
    throw new CommandError(`--cluster ${cluster}: no model names it; allowed: ${clusters.join(', ') || 'none, since no model names a cluster'}`, USAGE);
  }
  const bad = clusters.filter((name) => !/^[a-z0-9]([-a-z0-9._]*[a-z0-9])?$/.test(name));
  if (bad.length > 0) {
    throw new InvalidInputError(paths.join(', '), bad.map((value) => ({
      code: 'IGW802', field: 'cluster', value, problem: 'is no name of a folder', allowed: 'lower-case letters, digits, -, _ and .', fix: 'rename the cluster',
    })));
  }
  if (clusters.length === 0) return [writeFleet(catalogues, output, options)];
  // All are checked before the first is written.
  const planned = (cluster === undefined ? clusters : [cluster])
    .map((name) => planFleet(catalogues.map((catalogue) => catalogue.ofCluster(name)), join(output, name), options));
  planned.forEach(({ check }) => check());
  return planned.map(({ write }) => write());
}

function writeFleet(catalogues: readonly FleetCatalogue[], folder: string, options: FleetOptions): WrittenFleet {
  return planFleet(catalogues, folder, options).write();
}

interface PlannedFleet {
  /** Fails when anything is wrong, before anything is written. */
  readonly check: () => void;
  readonly write: () => WrittenFleet;
}

function planFleet(catalogues: readonly FleetCatalogue[], folder: string, options: FleetOptions): PlannedFleet {
  const app = new FastApp({ outdir: folder, outputFileExtension: '.yaml' });
  muteWarnings(app);
  GraphOptions._bookOf(app).lenient.add(ROUTER_MISSING);
  const chart = new Chart(app, 'gateways', { namespace: options.namespace });
  const others = catalogues.flatMap((catalogue) => catalogue.others);
  const { gateway, warnings, hasFile } = gatewayOf(chart, others, options);
  const fleet = new Fleet(app, 'models', {
    outdir: folder,
    outputFileExtension: '.yaml',
    namespace: options.namespace,
    layout: options.layout,
    gateway,
    providers: others.filter(isProvider).map((manifest, index) => ProviderGateway.fromManifest(chart, `provider-${index}`, manifest, { register: false })),
    endpointPicker: endpointPickerOf(options),
  });
  catalogues.forEach((catalogue) => fleet.addModels(catalogue));
  const write = () => {
    const report = reporting(() => fleet.write());
    if (hasFile) app.synth();
    return { folder, report, warnings: [...warnings, ...warningsOf(app)] };
  };
  return { check: () => reporting(() => fleet._check()), write };
}

interface ChosenGateway {
  readonly gateway?: IInferenceGateway;
  readonly warnings: string[];
  /** Whether Gateways of the input are rendered. */
  readonly hasFile: boolean;
}

/** The Gateways of the input, of which models use the one that `--gateway` names, the only one, or the one that carries the label. */
function gatewayOf(chart: Chart, others: readonly any[], options: FleetOptions): ChosenGateway {
  const { gateway: wanted, implementation: className, istio, keepAllowedRoutes } = options;
  const implementation = className === undefined ? undefined : GatewayImplementation.fromGatewayClassName(className);
  const found = others.filter(isGateway);
  const namespace = chart.namespace!;
  const gateways = found.map((manifest, index) => InferenceGateway.fromManifest(chart, `gateway-${index}`, manifest, {
    implementation: withDestinationRules(implementation ?? GatewayImplementation.fromGatewayClassName(manifest.spec?.gatewayClassName ?? ''), istio),
    allowedRoutes: keepAllowedRoutes ? AllowedRoutes.unmanaged() : AllowedRoutes.attached(),
  }));
  const chosen = wanted === undefined ? chooseGateway(found, 'airunway.ai', namespace) : found.find((manifest) => nameOf(manifest, namespace) === wanted);
  const hasFile = gateways.length > 0;
  if (chosen) return { gateway: gateways[found.indexOf(chosen)], warnings: [], hasFile };
  if (wanted === undefined) {
    if (!hasFile) return { warnings: [], hasFile };
    throw new CommandError(`--gateway: is missing, and none of ${found.map((manifest) => nameOf(manifest, namespace)).join(', ')} carries the label airunway.ai/inference-gateway: "true"`, USAGE);
  }
  const [gatewayNamespace, name, ...rest] = wanted.split('/');
  if (!gatewayNamespace || !name || rest.length > 0) throw new CommandError(`--gateway ${wanted}: is not <namespace>/<name>`, USAGE);
  const isUnknown = implementation === undefined && istio === undefined;
  return {
    gateway: InferenceGateway.fromGatewayName(chart, 'gateway', {
      name, namespace: gatewayNamespace, implementation: withDestinationRules(implementation ?? GatewayImplementation.of(''), istio),
    }),
    warnings: isUnknown ? [`warning --gateway ${wanted}: is not part of the input, so its class is not known; say --implementation, istio for example`] : [],
    hasFile,
  };
}

function isProvider({ kind }: { readonly kind: string }): boolean {
  return kind === 'InferenceProviderConfig';
}

/** What synth would refuse, and what the file system refuses, needs no stack. */
function reporting<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (error instanceof InvalidInputError || !(error instanceof Error)) throw error;
    throw new CommandError(error.message, MISTAKE);
  }
}
