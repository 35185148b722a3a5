import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type * as gaie from '../../imports/inference.networking.x-k8s.io';
import { assertNoMistakes, checkObjectName, compact, kubeObject, Mistake, namespaceOf, Plain } from '../core';
import { EndpointPickerRuntime } from './endpoint-picker-runtime';
import { POOL_KIND } from './pool-kind';

/** A model that requests are rewritten to. */
export interface ModelRewriteTarget {
  /** The model name the servers answer to. */
  readonly model: string;

  /**
   * Share of the requests, relative to the weights of the other targets, 1 to 1000000.
   *
   * @default - equal shares; either all targets have a weight or none
   */
  readonly weight?: number;
}

/** Which requests are rewritten, and to what. */
export interface ModelRewriteRule {
  /** The models they go to. */
  readonly targets: ModelRewriteTarget[];

  /**
   * Model names of the requests, exactly.
   *
   * @default - every request that no other rule names
   */
  readonly models?: string[];
}

/** Options of an `InferenceModelRewrite`. */
export interface InferenceModelRewriteOptions {
  /** The rules. A name is rewritten by the first rule that lists it. */
  readonly rules: ModelRewriteRule[];
}

/** Properties of `InferenceModelRewrite`. */
export interface InferenceModelRewriteProps extends InferenceModelRewriteOptions {
  /** Name of the InferencePool, which is in the same namespace. */
  readonly poolName: string;

  /**
   * Name of the InferenceModelRewrite.
   *
   * @default - the construct id
   */
  readonly name?: string;

  /**
   * Namespace of the InferenceModelRewrite and of the pool.
   *
   * @default - the chart's namespace, else `default`
   */
  readonly namespace?: string;

  /**
   * The build of the pool's endpoint picker, which decides the API group.
   *
   * @default EndpointPickerRuntime.GAIE_1_5
   */
  readonly runtime?: EndpointPickerRuntime;
}

/**
 * Has the endpoint picker of a pool put another model name into requests: a canary of a LoRA adapter, an alias, a split.
 *
 * Renders an `InferenceModelRewrite`: inference.networking.x-k8s.io/v1alpha2, or llm-d.ai/v1alpha2 for the llm-d router.
 *
 * Source: Gateway API Inference Extension v1.5.0, apix/v1alpha2/inferencemodelrewrite_types.go.
 *
 * Errors: IGW101 for the names, IGW509 for the rules; among them what the API server lets pass: weights on some targets only, and a model name or a
 * catch-all in two rules, of which the second never applies.
 */
export class InferenceModelRewrite extends Construct {
  /** Name of the InferenceModelRewrite. */
  public readonly name: string;
  /** The InferenceModelRewrite object. */
  public readonly modelRewrite: ApiObject;

  public constructor(scope: Construct, id: string, props: InferenceModelRewriteProps) {
    super(scope, id);
    this.name = props.name ?? id;
    assertNoMistakes(this, [...checkObjectName('name', this.name), ...checkObjectName('poolName', props.poolName), ...checkRules(props.rules)]);
    const spec: Plain<gaie.InferenceModelRewriteSpec> = {
      poolRef: { ...POOL_KIND, name: props.poolName },
      rules: props.rules.map(({ models, targets }) => compact({
        matches: models?.length ? models.map((value) => ({ model: { type: 'Exact' as const, value } })) : undefined,
        targets: targets.map(({ model, weight }) => compact({ modelRewrite: model, weight })),
      })),
    };
    this.modelRewrite = kubeObject(this, 'Resource', {
      apiVersion: (props.runtime ?? EndpointPickerRuntime.GAIE_1_5).objectiveApiVersion,
      kind: 'InferenceModelRewrite',
      metadata: { name: this.name, namespace: namespaceOf(this, props.namespace) },
      spec,
    });
  }
}

const HEAVIEST = 1_000_000;

function checkRules(rules: readonly ModelRewriteRule[]): Mistake[] {
  const mistakes: Mistake[] = [];
  const wrong = (field: string, problem: string, fix: string, rest: Pick<Mistake, 'value' | 'allowed'> | object = {}) => {
    mistakes.push({ code: 'IGW509', field, problem, fix, ...rest });
  };
  if (rules.length === 0) wrong('spec.rules', 'is empty', 'add a rule');
  const seen = new Set<string>();
  rules.forEach(({ models = [], targets }, index) => {
    const field = `spec.rules[${index}]`;
    (models.length > 0 ? models : ['']).forEach((model, at) => {
      const path = models.length > 0 ? `${field}.matches[${at}].model.value` : `${field}.matches`;
      if (models.length > 0 && model === '') wrong(path, 'is empty', 'name a model, or leave `models` out for every request');
      else if (seen.has(model)) {
        const what = models.length > 0 ? 'is matched by an earlier rule, so this one never applies' : 'matches every request, as an earlier rule does';
        wrong(path, what, 'remove one of the two', models.length > 0 ? { value: model } : {});
      }
      seen.add(model);
    });
    if (targets.length === 0) wrong(`${field}.targets`, 'is empty', 'add a target');
    const weighted = targets.filter(({ weight }) => weight !== undefined);
    if (weighted.length > 0 && weighted.length < targets.length) {
      wrong(`${field}.targets`, `have weights on ${weighted.length} of ${targets.length}`, 'give every target a weight, or none');
    }
    targets.forEach(({ model, weight }, at) => {
      if (!model) wrong(`${field}.targets[${at}].modelRewrite`, 'is empty', 'name the model the servers answer to');
      if (weight !== undefined && !(Number.isInteger(weight) && weight >= 1 && weight <= HEAVIEST)) {
        const value = { value: weight, allowed: `whole numbers from 1 to ${HEAVIEST}` };
        wrong(`${field}.targets[${at}].weight`, 'is not a weight', 'set another one, or remove a target that should get nothing', value);
      }
    });
  });
  return mistakes;
}
