import { IConstruct } from 'constructs';

/** What a model is rendered as. */
export enum Rendering {
  /** Every object the controllers would create, and no ModelDeployment: complete, reviewable YAML. */
  STATIC = 'static',
  /** The ModelDeployment only; AI Runway's controllers create the rest. */
  CONTROLLER = 'controller',
}

const RENDERING = Symbol.for('cdk8s-inference-gateway.rendering');

/** The rendering of models that do not choose one themselves. */
export class DefaultRendering {
  /**
   * Sets the default for all models below an app, a chart or any other construct. The nearest one counts.
   *
   * @param scope the app, chart or construct
   */
  public static set(scope: IConstruct, rendering: Rendering): void {
    Object.defineProperty(scope, RENDERING, { value: rendering, configurable: true });
  }

  /** The default at a construct: `Rendering.STATIC` when none is set. */
  public static of(scope: IConstruct): Rendering {
    const chosen = [...scope.node.scopes].reverse().find((parent) => RENDERING in parent) as { [RENDERING]?: Rendering } | undefined;
    return chosen?.[RENDERING] ?? Rendering.STATIC;
  }

  private constructor() {}
}
