import { IConstruct } from 'constructs';
import { assertNoMistakes, warn } from '../core';
import type { IInferenceGateway } from './inference-gateway';

const BOOKS = Symbol.for('cdk8s-inference-gateway.gateways');

/** What an app knows of one Gateway, however many constructs refer to it: its model names, and its body-based router. */
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

  private readonly owners = new Map<string, string>();
  private router?: string;

  private constructor(private readonly gateway: string) {}

  public get modelCount(): number {
    return this.owners.size;
  }

  public get hasRouter(): boolean {
    return this.router !== undefined;
  }

  public claimModel(route: IConstruct, modelName: string): void {
    const { path } = route.node;
    const owner = this.owners.get(modelName) ?? path;
    this.owners.set(modelName, owner);
    if (owner === path) return;
    warn(route, {
      code: 'IGW403',
      field: 'modelName',
      value: modelName,
      problem: `is also the name ${owner} answers to on Gateway ${this.gateway}, which picks one of the two silently`,
      fix: 'set `modelName` or `servedName` to a name of its own, one with the team in it for example',
    });
  }

  public claimRouter(router: IConstruct): void {
    this.assertNoRouter(router);
    this.router = router.node.path;
  }

  public assertNoRouter(scope: IConstruct): void {
    if (!this.router) return;
    assertNoMistakes(scope, [{
      code: 'IGW402',
      field: 'gateway',
      value: this.gateway,
      problem: `has the body-based router ${this.router} already`,
      allowed: 'one router for each Gateway',
      fix: 'remove one of the two',
    }]);
  }
}
