import type { Graph } from './graph';
import type { GraphObject } from './graph-object';
import type { Path } from './json';

/** How bad a finding is. */
export enum Severity {
  /** Requests fail, or the API server refuses the object. Stops synth. */
  ERROR = 'error',
  /** Requests are answered, but not as the manifests read; or it depends on something that cannot be seen. */
  WARNING = 'warning',
  /** Worth knowing. */
  INFO = 'info',
}

/** What a rule is about; the first digits of its code. */
export enum RuleFamily {
  /** IGW10xx */
  NAMES = 'names and references',
  /** IGW11xx */
  PERMISSION = 'permission',
  /** IGW12xx */
  SERVING = 'serving path',
  /** IGW13xx */
  PICKER = 'endpoint picker',
  /** IGW14xx */
  MODELS = 'models',
  /** IGW15xx */
  IMPLEMENTATION = 'gateway implementation',
  /** IGW16xx */
  COEXISTENCE = 'coexistence with AI Runway',
  /** IGW17xx */
  HIGRESS = 'Higress',
  /** IGW18xx */
  GATEWAY_API = 'Gateway API',
  /** IGW19xx */
  DOCUMENTS = 'documents',
}

/** One place where a rule is broken. */
export interface Problem {
  readonly object: GraphObject;
  /** The field to look at; the line of it, or of the nearest field above that is there, is reported. */
  readonly field: Path;
  /** The offending value; absent when something is missing. */
  readonly value?: unknown;
  /** What is wrong, going on from "field is value: …". */
  readonly problem: string;
  /** The values allowed, when they can be said in a line. */
  readonly allowed?: string;
  /** The change to make. */
  readonly fix: string;
  /** Where it differs from the rule's. */
  readonly severity?: Severity;
  /** Other places that have to do with it. */
  readonly related?: readonly RelatedPlace[];
}

export interface RelatedPlace {
  readonly object: GraphObject;
  readonly field: Path;
  /** What is to be seen there. */
  readonly note: string;
}

/**
 * One thing that can be wrong with a set of manifests.
 *
 * Rules are pure, do not throw whatever the manifests hold, and take time at most linear in what they look at.
 */
export interface GraphRule {
  /** `IGW` and four digits. */
  readonly code: string;
  /** What is wrong, in a line. */
  readonly title: string;
  readonly family: RuleFamily;
  readonly severity: Severity;
  /** What a user sees in production. */
  readonly symptom: string;
  /** Why it does not work. */
  readonly breaks: string;
  /** The upstream document, source or observation the rule comes from. */
  readonly source: string;
  /** The code of the warning by which constructs of this library say the same: synth does not say it twice. */
  readonly warnedAs?: string;
  /** Every place where it is broken, in a fixed order. */
  check(graph: Graph): Iterable<Problem>;
}
