import { readFileSync } from 'node:fs';
import { ApiObject, App, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { assertNoMistakes, warningsOf } from '../core';
import { AllowedRoutes, GatewayImplementation, IInferenceGateway, InferenceGateway } from '../gateway';
import { AirunwayManifests, readManifestFiles, readManifestText, ReadManifests } from '../manifests';
import { ModelDeployment, Rendering } from '../model';
import { CommandError, MISTAKE, USAGE } from './command-error';

export interface ExpandOptions {
  readonly gateway?: string;
  readonly implementation?: string;
  readonly istio?: boolean;
  readonly namespace?: string;
  readonly eppPort?: number;
  readonly eppImage?: string;
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

/** The static rendering of every ModelDeployment below a path; `-` stands for standard input. */
export function expand(path: string, options: ExpandOptions): Expanded {
  const read = path === '-' ? readManifestText(readFileSync(0, 'utf8'), 'standard input') : readManifestFiles(path);
  assertNoMistakes(path, read.mistakes);
  const chart = new Chart(new App(), 'expand', { namespace: options.namespace });
  const manifests = AirunwayManifests.fromObjects(chart, 'input', read.manifests, {
    rendering: Rendering.STATIC,
    ...gatewayOptions(chart, read, options),
    destinationRules: options.istio,
    allowedRoutes: options.keepAllowedRoutes ? AllowedRoutes.unmanaged() : undefined,
    endpointPicker: options.eppPort || options.eppImage ? { port: options.eppPort, image: options.eppImage } : undefined,
  });
  validate(chart);
  const gateways = manifests.gateways.flatMap(objectsOf);
  return {
    files: [
      ...(gateways.length > 0 ? [{ name: 'gateways', objects: gateways }] : []),
      ...manifests.models.map((model) => ({ name: fileNameOf(model), objects: objectsOf(model) })),
    ],
    warnings: warningsOf(chart),
  };
}

function gatewayOptions(
  chart: Chart, { manifests }: ReadManifests, { gateway: wanted, implementation: className }: ExpandOptions,
): { gateway?: IInferenceGateway; gatewayName?: string; implementation?: GatewayImplementation } {
  const implementation = className === undefined ? undefined : GatewayImplementation.fromGatewayClassName(className);
  if (wanted === undefined) return { implementation };
  const [namespace, name, ...rest] = wanted.split('/');
  if (!namespace || !name || rest.length > 0) throw new CommandError(`--gateway ${wanted}: is not <namespace>/<name>`, USAGE);
  const known = manifests.some(({ kind, metadata }) => kind === 'Gateway' && metadata.name === name && (metadata.namespace ?? 'default') === namespace);
  if (known) return { gatewayName: wanted, implementation };
  return { gateway: InferenceGateway.fromGatewayName(chart, 'gateway', { name, namespace, implementation: implementation ?? GatewayImplementation.of('') }) };
}

/** What synth would refuse: nothing is printed then. */
function validate(chart: Chart): void {
  const errors = chart.node.root.node.findAll().flatMap((child) => child.node.validate());
  if (errors.length > 0) throw new CommandError(errors.join('\n'), MISTAKE);
}

function objectsOf(construct: IConstruct): any[] {
  return construct.node.findAll().filter((child): child is ApiObject => ApiObject.isApiObject(child)).map((object) => object.toJson());
}

function fileNameOf({ namespace, name }: ModelDeployment): string {
  return `${namespace}-${name}`;
}
