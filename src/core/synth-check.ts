import { IConstruct } from 'constructs';

/** What looks at a whole app when it is synthesized, and says what is wrong with it. */
export type SynthCheck = (root: IConstruct) => readonly string[];

interface Synth {
  /** What the check said in this synth. */
  errors?: readonly string[];
}

const checks: SynthCheck[] = [];
const unchecked = new WeakSet<IConstruct>();
const running = new WeakMap<IConstruct, Synth>();
const WATCHED = Symbol.for('cdk8s-inference-gateway.watched');

/** Adds a check of whole apps. Folders that core does not know bring theirs. */
export function registerSynthCheck(check: SynthCheck): void {
  checks.push(check);
}

/** Leaves an app out of the checks: what is wrong with it is told in another way. */
export function skipSynthChecks(root: IConstruct): void {
  unchecked.add(root);
}

/** Has the checks run in every synth of an app, once in each. */
export function checkAtSynth(root: IConstruct): void {
  watch(root);
  root.node.addValidation({
    validate: () => {
      const synth = running.get(root);
      if (!synth) return run(root);
      synth.errors ??= run(root);
      return [...synth.errors];
    },
  });
}

function run(root: IConstruct): string[] {
  return unchecked.has(root) ? [] : checks.flatMap((check) => check(root));
}

/**
 * cdk8s runs every validator once for each chart and once more in one synth, and tells none of them which synth it is in. So the methods that
 * synthesize an app say when they start and end. They are those of the class: other languages than TypeScript call these, not those of an
 * instance. A chart that is synthesized by itself is checked each time.
 */
function watch(root: IConstruct): void {
  for (const method of ['synth', 'synthYaml']) {
    let owner = Object.getPrototypeOf(root) as object | null;
    while (owner && !Object.hasOwn(owner, method)) owner = Object.getPrototypeOf(owner) as object | null;
    const original = owner && (owner as Record<string, unknown>)[method];
    if (!owner || typeof original !== 'function' || WATCHED in original) continue;
    const watched = function (this: IConstruct, ...args: unknown[]): unknown {
      // A class may call the method of the one it extends: the outer call is the synth.
      if (running.has(this)) return original.apply(this, args);
      running.set(this, {});
      try {
        return original.apply(this, args);
      } finally {
        running.delete(this);
      }
    };
    Object.defineProperty(watched, WATCHED, { value: true });
    Object.defineProperty(owner, method, { value: watched, writable: true, configurable: true });
  }
}
