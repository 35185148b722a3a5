import { IConstruct } from 'constructs';
import { assertNoMistakes, isAttached, Mistake, warn } from '../core';
import type { AttachedRoute, IInferenceGateway } from './inference-gateway';

const BOOKS = Symbol.for('cdk8s-inference-gateway.gateways');

/** What an app knows of one Gateway, however many constructs refer to it: its model names and paths, and its body-based router. */
export class GatewayBook {
  public static of(gateway: IInferenceGateway): GatewayBook {
    const root = gateway.node.root as IConstruct & { [BOOKS]?: Map<string, GatewayBook> };
    if (!root[BOOKS]) Object.defineProperty(root, BOOKS, { value: new Map<string, GatewayBook>() });
    const key = `${gateway.gatewayNamespace}/${gateway.gatewayName}`;
    const known = root[BOOKS]!.get(key);
    if (known) return known;
    const book = new GatewayBook(key);
    root[BOOKS]!.set(key, book);
    return book;
  }

  private readonly models = new Set<string>();
  private readonly owners = new Map<string, IConstruct>();
  private readonly hostnames = new Set<string>();
  private router?: IConstruct;
  private readonly listeners: { readonly listener: IConstruct; readonly call: (hostname: string) => void }[] = [];

  private constructor(private readonly gateway: string) {}

  public get modelCount(): number {
    return this.models.size;
  }

  public get hasRouter(): boolean {
    return this.router !== undefined && isAttached(this.router);
  }

  public claim(route: IConstruct, attached: AttachedRoute): void {
    const { modelName, additionalModelNames = [], paths = [], hostnames = [], condition = '' } = attached;
    const models = modelName ? [modelName, ...additionalModelNames] : additionalModelNames;
    const where = JSON.stringify([[...hostnames].sort(), condition]);
    for (const model of models) {
      this.models.add(model);
      this.claimOnce(route, `model ${where} ${model}`, (owner) => ({
        code: 'IGW403',
        field: 'modelName',
        value: model,
        problem: `is also the name ${owner} answers to on Gateway ${this.gateway}, which picks one of the two silently`,
        fix: 'set `modelName` or `servedName` to a name of its own, one with the team in it for example',
      }));
    }
    for (const path of paths) {
      this.claimOnce(route, `path ${where} ${path}`, (owner) => ({
        code: 'IGW410',
        field: 'path',
        value: path,
        problem: `is also a path ${owner} answers to on Gateway ${this.gateway}, which picks one of the two silently`,
        fix: 'keep one of the two, or give them different `hostnames`',
      }));
    }
    if (models.length > 0) this.addHostnames(hostnames);
  }

  public claimRouter(router: IConstruct): void {
    this.assertNoRouter(router);
    this.router = router;
  }

  /** Calls back for each host name that a model's route has, now or later, as long as the construct is in the app. */
  public forEachHostname(listener: IConstruct, call: (hostname: string) => void): void {
    this.hostnames.forEach(call);
    this.listeners.push({ listener, call });
  }

  public assertNoRouter(scope: IConstruct): void {
    if (!this.hasRouter) return;
    assertNoMistakes(scope, [{
      code: 'IGW402',
      field: 'gateway',
      value: this.gateway,
      problem: `has the body-based router ${this.router!.node.path} already`,
      allowed: 'one router for each Gateway',
      fix: 'remove one of the two',
    }]);
  }

  private claimOnce(route: IConstruct, key: string, mistake: (owner: string) => Mistake): void {
    const owner = this.owners.get(key);
    if (owner && owner !== route && isAttached(owner)) warn(route, mistake(owner.node.path));
    else this.owners.set(key, route);
  }

  private addHostnames(hostnames: readonly string[]): void {
    for (const hostname of hostnames) {
      if (this.hostnames.has(hostname)) continue;
      this.hostnames.add(hostname);
      this.listeners.filter(({ listener }) => isAttached(listener)).forEach(({ call }) => call(hostname));
    }
  }
}
