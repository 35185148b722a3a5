import { IConstruct } from 'constructs';
import { assertNoMistakes, isAttached, warn } from '../core';
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

  private readonly owners = new Map<string, IConstruct>();
  private router?: IConstruct;

  private constructor(private readonly gateway: string) {}

  public get modelCount(): number {
    return this.owners.size;
  }

  public get hasRouter(): boolean {
    return this.router !== undefined && isAttached(this.router);
  }

  public claimModel(route: IConstruct, modelName: string): void {
    const owner = this.owners.get(modelName);
    if (!owner || owner === route || !isAttached(owner)) {
      this.owners.set(modelName, route);
      return;
    }
    warn(route, {
      code: 'IGW403',
      field: 'modelName',
      value: modelName,
      problem: `is also the name ${owner.node.path} answers to on Gateway ${this.gateway}, which picks one of the two silently`,
      fix: 'set `modelName` or `servedName` to a name of its own, one with the team in it for example',
    });
  }

  public claimRouter(router: IConstruct): void {
    this.assertNoRouter(router);
    this.router = router;
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
}
