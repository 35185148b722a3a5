import type { IConstruct } from 'constructs';
import { isAttached } from '../../core';
import type { GpuStackRelease } from '../gpustack-release';
import type { GpuStackRole } from '../gpustack-role';
import type { GpuStackGatewayMode } from '../gpustack-upstream';
import type { ServiceRegistryEntry } from '../manifests/service-registry-entry';
import type { WasmPluginShape } from '../manifests/wasm-plugin-manifest';
import type { McpBridgeProxy } from '../mcp-bridge-proxy';
import type { Ownership } from '../ownership';
import type { AiProxyEntry } from '../plugins';
import { withSecrets } from '../secrets';
import type { ServiceRegistry } from '../service-registry';

/** One match rule of a WasmPlugin; its configuration may hold `SecretText`. */
export type MatchRule = NonNullable<WasmPluginShape['matchRules']>[number];

/** The gateway that models, providers and routes are made for, in the words of its plan. */
export interface ModelRouteGateway {
  readonly release: GpuStackRelease;
  readonly ownership: Ownership;
  readonly role: GpuStackRole;
  readonly mode: GpuStackGatewayMode;
  /** Namespace of Higress. */
  readonly gatewayNamespace: string;
  /** How Higress begins the names of Ingresses of routes: empty in its own namespace, else `<namespace>/`. */
  readonly ingressPrefix: string;
  readonly ingressClass: string;
  /** Host name that routes answer to beside any other. */
  readonly hostname?: string;
  /** Secret of the certificate, in the namespace of the routes. */
  readonly tlsSecretName?: string;
}

/** What one construct adds to the McpBridge and to the plugins of a gateway. */
export interface ModelRouteContribution {
  readonly registries?: readonly ServiceRegistry[];
  readonly proxies?: readonly McpBridgeProxy[];
  readonly providers?: readonly AiProxyEntry[];
  readonly aiProxyRules?: readonly MatchRule[];
  readonly modelMapperRules?: readonly MatchRule[];
  readonly extAuthRules?: readonly MatchRule[];
  /** Model names by the id in `/model/proxy/<id>`. */
  readonly aliases?: Readonly<Record<string, string>>;
}

/** The lists of a McpBridge. */
export interface BridgeServices {
  readonly registries: readonly ServiceRegistryEntry[];
  readonly proxies: readonly McpBridgeProxy[];
}

/**
 * What models, providers and routes add to a gateway. Its objects read it when they are synthesized, so order does not matter; what a
 * construct added that is no longer in the app is left out.
 *
 * The order of each list is the one that GPUStack writes (gpustack/gateway/utils.py, gpustack/server/controllers.py).
 */
export class ModelRouteBook {
  private readonly made: { readonly owner: IConstruct; readonly contribution: ModelRouteContribution }[] = [];
  private readonly owners = new Map<string, IConstruct>();
  private readonly entries = new Map<string, string>();

  public constructor(public readonly gateway: ModelRouteGateway) {}

  public add(owner: IConstruct, contribution: ModelRouteContribution): void {
    this.made.push({ owner, contribution });
  }

  /** Takes a name that only one construct may have; gives the construct that has it already. */
  public claim(owner: IConstruct, key: string): IConstruct | undefined {
    const holder = this.owners.get(key);
    if (holder && isAttached(holder)) return holder;
    this.owners.set(key, owner);
    return undefined;
  }

  /** As `claim`, for a registry that several constructs may have as long as it is the same. */
  public claimRegistry(owner: IConstruct, entry: ServiceRegistryEntry): IConstruct | undefined {
    const key = `registry ${serviceOf(entry)}`;
    const text = JSON.stringify(entry);
    const holder = this.owners.get(key);
    if (holder && isAttached(holder) && this.entries.get(key) !== text) return holder;
    this.owners.set(key, owner);
    this.entries.set(key, text);
    return undefined;
  }

  /** Whether anything is added: without, all objects stay as GPUStack initialises them. */
  public get isEmpty(): boolean {
    return this.attached.length === 0;
  }

  /** What a McpBridge lists: its own, and what was added, one for each service. GPUStack sorts all of it with the first registry it adds. */
  public servicesWith(registries: readonly ServiceRegistryEntry[], proxies: readonly McpBridgeProxy[]): BridgeServices {
    const added = this.all('registries').map((registry) => registry._entry());
    if (added.length === 0) return { registries, proxies };
    const services = new Map([...registries, ...added].map((entry) => [serviceOf(entry), entry]));
    return { registries: byName([...services.values()]), proxies: byName([...proxies, ...this.all('proxies')]) };
  }

  /** `defaultConfig.providers` of ai-proxy, as plain data, one for each id, by id. */
  public providers(): AiProxyEntry[] {
    const entries = new Map(this.all('providers').map((entry) => [entry.id, entry]));
    return sorted(withSecrets([...entries.values()]), ({ id }) => [id]);
  }

  public aiProxyRules(): MatchRule[] {
    return sorted(this.all('aiProxyRules'), ({ config, ingress, service }) => [
      String((config as { activeProviderId?: string }).activeProviderId ?? ''), (ingress ?? []).join(), (service ?? []).join(),
    ]);
  }

  public modelMapperRules(): MatchRule[] {
    return sorted(this.all('modelMapperRules'), ({ ingress }) => [ingress?.[0] ?? '']);
  }

  public extAuthRules(): MatchRule[] {
    // GPUStack orders them by the number of the route.
    return sorted(this.all('extAuthRules'), ({ ingress }) => [(ingress?.[0] ?? '').replace(/\d+/g, (digits) => digits.padStart(20, '0'))]);
  }

  /** `defaultConfig.aliasNameMapping` of the router. */
  public aliases(): Record<string, string> {
    return Object.assign({}, ...this.attached.map(({ aliases }) => aliases ?? {})) as Record<string, string>;
  }

  private get attached(): ModelRouteContribution[] {
    return this.made.filter(({ owner }) => isAttached(owner)).map(({ contribution }) => contribution);
  }

  private all<K extends Exclude<keyof ModelRouteContribution, 'aliases'>>(field: K): NonNullable<ModelRouteContribution[K]>[number][] {
    return this.attached.flatMap((contribution) => [...contribution[field] ?? []] as NonNullable<ModelRouteContribution[K]>[number][]);
  }
}

/** Registries of one name and type are one service to Higress (registry/reconcile/reconcile.go). */
function serviceOf({ name, type }: ServiceRegistryEntry): string {
  return `${name}.${type}`;
}

function byName<T extends { readonly name?: string }>(items: readonly T[]): T[] {
  return sorted(items, ({ name = '' }) => [name]);
}

/** Sorted by code units, as Python sorts ASCII; items of the same key stay in order. */
function sorted<T>(items: readonly T[], keyOf: (item: T) => readonly string[]): T[] {
  return [...items].sort((a, b) => compare(keyOf(a), keyOf(b)));
}

function compare(a: readonly string[], b: readonly string[]): number {
  const index = a.findIndex((text, at) => text !== b[at]);
  if (index < 0) return 0;
  return a[index] < b[index] ? -1 : 1;
}
