import { IConstruct } from 'constructs';
import { assertNoMistakes, Mistake } from '../core';

/** Why a rule is not to be reported. */
export interface MuteOptions {
  /** Why the finding is none. It is written to the objects it is about. */
  readonly reason: string;
}

/** Why an app is not checked. */
export interface DisableOptions {
  /** Why the manifests are not checked. It is written to standard error at each synth. */
  readonly reason: string;
}

interface ScopedMute {
  readonly scope: IConstruct;
  readonly code: string;
  readonly reason: string;
}

interface GraphBook {
  readonly mutes: ScopedMute[];
  /** Rules whose errors are warnings here. */
  readonly lenient: Set<string>;
  closed: boolean;
  disabled?: string;
}

const OPTIONS = Symbol.for('cdk8s-inference-gateway.graph-options');
const CODE = /^IGW1[0-9]{3}$/;

/**
 * How the graph of an app is checked at synth.
 *
 * In every synth of an app that uses this library, all its objects are checked together, those of other libraries too: references, permissions,
 * ports, labels, flags. Errors stop the synth, all of them at once; warnings go to standard error.
 */
export class GraphOptions {
  /**
   * The options of a construct and all below it.
   *
   * @param scope an app, a chart, or any construct
   */
  public static of(scope: IConstruct): GraphOptions {
    return new GraphOptions(scope);
  }

  /** @internal */
  public static _bookOf(scope: IConstruct): GraphBook {
    const root = scope.node.root as IConstruct & { [OPTIONS]?: GraphBook };
    if (!root[OPTIONS]) Object.defineProperty(root, OPTIONS, { value: { mutes: [], lenient: new Set(), closed: false } satisfies GraphBook });
    return root[OPTIONS]!;
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Leaves out what a rule finds at objects of this construct and all below it. Objects with such a finding get the annotation
   * `inference-gateway.cdk8s.io/ignore` with the code and the reason, so that whoever reads them knows, and other tools that run the
   * rules do not report it either.
   *
   * Fails (IGW105) for a code that is not of a graph rule, and without a reason.
   *
   * @param code the code of a rule of the graph, `IGW1203` for example
   * @param options why
   */
  public mute(code: string, options: MuteOptions): GraphOptions {
    const mistakes: Mistake[] = [];
    if (!CODE.test(code)) {
      mistakes.push({ code: 'IGW105', field: 'code', value: code, problem: 'is not a rule of the graph', allowed: 'IGW1000 to IGW1999', fix: 'take the code of the message' });
    }
    assertNoMistakes(this.scope, [...mistakes, ...checkReason(options.reason, 'is not said, and the rule is muted for good')]);
    GraphOptions._bookOf(this.scope).mutes.push({ scope: this.scope, code, reason: options.reason.trim() });
    return this;
  }

  /**
   * Says that all the app refers to is in it, but for what every cluster has: what is missing is an error then. It holds for the whole app.
   */
  public closed(): GraphOptions {
    GraphOptions._bookOf(this.scope).closed = true;
    return this;
  }

  /**
   * Checks nothing. It holds for the whole app. `mute` is nearly always better.
   *
   * Fails (IGW105) without a reason.
   *
   * @param options why
   */
  public disable(options: DisableOptions): GraphOptions {
    assertNoMistakes(this.scope, checkReason(options.reason, 'is not said, and nothing would be checked'));
    GraphOptions._bookOf(this.scope).disabled = options.reason.trim();
    return this;
  }
}

function checkReason(reason: string, problem: string): Mistake[] {
  if (reason.trim() === '') return [{ code: 'IGW105', field: 'reason', problem, fix: 'say why, for whoever reads the manifests' }];
  return reason.includes(';')
    ? [{ code: 'IGW105', field: 'reason', value: reason, problem: 'has a semicolon, which ends it in the annotation', fix: 'write a comma' }]
    : [];
}
