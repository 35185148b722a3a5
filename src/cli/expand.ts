import { ApiObject, App, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { muteWarnings, skipSynthChecks, warningsOf } from '../core';
import { AllowedRoutes, GatewayImplementation, IInferenceGateway, InferenceGateway } from '../gateway';
import { checkGraph, formatFinding, Graph, Severity } from '../graph';
import { AirunwayManifestsOptions, constructRead, isGateway, nameOf, ReadManifests, withDestinationRules } from '../manifests';
import { ModelDeployment, Rendering } from '../model';
import { EndpointPickerOptions, EndpointPickerRuntime } from '../pool';
import { CommandError, MISTAKE, USAGE } from './command-error';

export interface ExpandOptions {
  readonly gateway?: string;
  readonly implementation?: string;
  readonly istio?: boolean;
  readonly namespace?: string;
  readonly eppPort?: number;
  readonly eppImage?: string;
  readonly runtime?: EndpointPickerRuntime;
  readonly keepAllowedRoutes?: boolean;
}

/** The objects of one model, or of the Gateways. */
export interface ExpandedFile {
  readonly name: string;
  readonly objects: any[];
}

export interface Expanded {
  readonly files: ExpandedFile[];
  readonly warnings: string[];
}

/** The static rendering of every ModelDeployment that was read. */
export function expand(read: ReadManifests, options: ExpandOptions): Expanded {
  const chart = new Chart(new App(), 'expand', { namespace: options.namespace });
  muteWarnings(chart);
  // The controllers would create it all the same: what the graph finds is told beside it.
  skipSynthChecks(chart.node.root);
  const choice = chooseGateway(chart, read, options);
  const manifests = constructRead(chart, 'input', read, {
    rendering: Rendering.STATIC,
    ...choice.options,
    destinationRules: options.istio,
    allowedRoutes: options.keepAllowedRoutes ? AllowedRoutes.unmanaged() : undefined,
    endpointPicker: endpointPickerOf(options),
  });
  validate(chart);
  const files = [
    { name: 'gateways', objects: manifests.gateways.flatMap(objectsOf) },
    ...manifests.models.map((model) => ({ name: fileNameOf(model), objects: objectsOf(model) })),
  ].filter(({ objects }) => objects.length > 0);
  if (files.length === 0) throw new CommandError(`${read.source}: holds no ModelDeployment and no Gateway, so there is nothing to render`, MISTAKE);
  return { files, warnings: [...choice.warnings, ...warningsOf(chart), ...findingsIn(files.flatMap(({ objects }) => objects))] };
}

/** No body-based router: it may be installed from elsewhere, and there is no way to give it here. */
export const ROUTER_MISSING = 'IGW1404';

/** What will not work once it is applied. */
function findingsIn(objects: readonly any[]): string[] {
  const { findings } = checkGraph(new Graph(objects.map((manifest) => ({ manifest, origin: {} }))));
  return findings.filter(({ severity }) => severity !== Severity.INFO)
    .map((finding) => `${finding.code === ROUTER_MISSING ? Severity.WARNING : finding.severity} ${formatFinding(finding)}`);
}

export function endpointPickerOf({ eppPort, eppImage, runtime }: ExpandOptions): EndpointPickerOptions | undefined {
  return eppPort || eppImage || runtime ? { port: eppPort, image: eppImage, runtime } : undefined;
}

interface GatewayChoice {
  readonly options: Pick<AirunwayManifestsOptions, 'gateway' | 'gatewayName' | 'implementation'>;
  readonly warnings: string[];
}

/** `--gateway` names a Gateway of the input, or one that exists elsewhere. */
function chooseGateway(chart: Chart, read: ReadManifests, options: ExpandOptions): GatewayChoice {
  const { gateway: wanted, implementation: className, istio } = options;
  const implementation = className === undefined ? undefined : GatewayImplementation.fromGatewayClassName(className);
  if (wanted === undefined) return { options: { implementation }, warnings: [] };
  const [namespace, name, ...rest] = wanted.split('/');
  if (!namespace || !name || rest.length > 0) throw new CommandError(`--gateway ${wanted}: is not <namespace>/<name>`, USAGE);
  if (read.found.some(({ manifest }) => isGateway(manifest) && nameOf(manifest, chart.namespace!) === wanted)) {
    return { options: { gatewayName: wanted, implementation }, warnings: [] };
  }
  const gateway: IInferenceGateway = InferenceGateway.fromGatewayName(chart, 'gateway', {
    name, namespace, implementation: withDestinationRules(implementation ?? GatewayImplementation.of(''), istio),
  });
  const isUnknown = implementation === undefined && istio === undefined;
  return {
    options: { gateway },
    warnings: isUnknown ? [`warning --gateway ${wanted}: is not part of the input, so its class is not known; say --implementation, istio for example`] : [],
  };
}

/** What synth would refuse: nothing is printed then. */
function validate(chart: Chart): void {
  const errors = chart.node.root.node.findAll().flatMap((child) => child.node.validate());
  if (errors.length > 0) throw new CommandError(errors.join('\n'), MISTAKE);
}

function objectsOf(construct: IConstruct): any[] {
  return construct.node.findAll().filter((child): child is ApiObject => ApiObject.isApiObject(child)).map((object) => object.toJson());
}

/** A namespace has no dot, so no two models share a name. */
function fileNameOf({ namespace, name }: ModelDeployment): string {
  return `${namespace}.${name}`;
}
