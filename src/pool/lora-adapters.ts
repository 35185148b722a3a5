import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { assertNoMistakes, checkObjectName, kubeObject, Mistake, namespaceOf } from '../core';

/** Properties of `LoraAdapters`. */
export interface LoraAdaptersProps {
  /** The model the adapters are loaded on, as routes match it in the header `X-Gateway-Base-Model-Name`. */
  readonly baseModel: string;

  /** Names of the adapters, as clients ask for them. */
  readonly adapters: string[];

  /**
   * Name of the ConfigMap.
   *
   * @default - the construct id
   */
  readonly name?: string;

  /**
   * Namespace of the ConfigMap. A body-based router reads those of its own namespace, unless it has `allNamespaces`.
   *
   * @default - the chart's namespace, else `default`
   */
  readonly namespace?: string;
}

/**
 * Tells a body-based router which LoRA adapters run on which base model, so that routes can match on the base model alone.
 *
 * Renders a `ConfigMap` with the label `inference.networking.k8s.io/bbr-managed`.
 *
 * Source: Gateway API Inference Extension v1.5.0, pkg/bbr/plugins/basemodelextractor/adapters_store.go.
 *
 * Errors: IGW101 for the name, IGW509 for missing, empty and duplicate names.
 */
export class LoraAdapters extends Construct {
  /** Name of the ConfigMap. */
  public readonly name: string;
  /** The ConfigMap. */
  public readonly configMap: ApiObject;

  public constructor(scope: Construct, id: string, props: LoraAdaptersProps) {
    super(scope, id);
    this.name = props.name ?? id;
    assertNoMistakes(this, [...checkObjectName('name', this.name), ...checkAdapters(props)]);
    this.configMap = kubeObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: this.name, namespace: namespaceOf(this, props.namespace), labels: { 'inference.networking.k8s.io/bbr-managed': 'true' },
      },
      // JSON strings are YAML ones, whatever is in them.
      data: { baseModel: props.baseModel, adapters: props.adapters.map((adapter) => `- ${quoted(adapter)}\n`).join('') },
    });
  }
}

const PLAIN = /^[A-Za-z][A-Za-z0-9._/-]*$/;
const WORDS = /^(true|false|yes|no|on|off|null|y|n)$/i;

function quoted(text: string): string {
  return PLAIN.test(text) && !WORDS.test(text) ? text : JSON.stringify(text);
}

function checkAdapters({ baseModel, adapters }: LoraAdaptersProps): Mistake[] {
  const mistakes: Mistake[] = [];
  if (!baseModel.trim()) {
    mistakes.push({ code: 'IGW509', field: 'data.baseModel', value: baseModel, problem: 'is empty', fix: 'name the base model as the routes match it' });
  }
  if (adapters.length === 0) mistakes.push({ code: 'IGW509', field: 'data.adapters', problem: 'is empty', fix: 'name the adapters' });
  adapters.forEach((adapter, index) => {
    const field = `data.adapters[${index}]`;
    if (!adapter.trim()) mistakes.push({ code: 'IGW509', field, value: adapter, problem: 'is empty', fix: 'name the adapter, or remove it' });
    else if (adapters.indexOf(adapter) !== index) mistakes.push({ code: 'IGW509', field, value: adapter, problem: 'is listed twice', fix: 'remove one of the two' });
  });
  return mistakes;
}
