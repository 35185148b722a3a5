import { IConstruct } from 'constructs';
import { assertNoMistakes, Manifest, PlacedManifest } from '../core';
import { attachCustomResource, customResourceOf } from './custom-resource';
import { DecidedModel, decideModel } from './decided-model';
import type { ModelDeploymentProps, ModelRenderingOptions } from './model-deployment-props';
import type { ModelNames } from './model-names';
import { DefaultRendering, Rendering } from './rendering';
import { noteRendering } from './renderings-book';
import { checkDocument, propsOfManifest } from './spec-from-manifest';
import { planStaticModel } from './static-model';

/** A model that is checked and planned, as `ModelDeployment` would, but has no constructs. */
export interface PlainModel extends ModelNames {
  /** The id of what it serves. */
  readonly modelId: string;
  /** Whether its objects are what they are, whatever models follow. */
  readonly isFinal: boolean;
  /**
   * Leaves in the app what planning a model leaves there that is the same but for its names: what it is called, who attaches to its Gateway.
   * Undefined when its objects depend on other models too.
   */
  readonly repeat?: (owner: IConstruct, names: ModelNames) => void;
  /** Its objects in the order a chart has them. What several models share is known only when all of them are planned. */
  readonly objects: () => PlacedManifest[];
}

/** Plans a model in the name of `owner`, a construct that stands for it. */
export function planPlainModel(owner: IConstruct, name: string, namespace: string, props: ModelDeploymentProps, imported?: Manifest): PlainModel {
  const rendering = props.rendering ?? DefaultRendering.of(owner);
  return plainModelOf(owner, decideModel(owner, { name, namespace, rendering, props, imported }));
}

/** The same for a ModelDeployment manifest. */
export function planPlainManifest(owner: IConstruct, namespace: string, manifest: any, options: ModelRenderingOptions): PlainModel {
  assertNoMistakes(owner, checkDocument(manifest));
  const props = propsOfManifest(manifest, options);
  return planPlainModel(owner, props.name!, props.namespace ?? namespace, props, manifest as Manifest);
}

function plainModelOf(owner: IConstruct, decided: DecidedModel): PlainModel {
  const { name, namespace, modelName, rendering, props, context: { spec } } = decided;
  const model = { name, namespace, modelName, modelId: spec.model.id ?? '' };
  if (rendering === Rendering.STATIC) {
    const { isFinal, attach, objects } = planStaticModel(owner, decided);
    props.provider?._usedBy('static');
    return { ...model, isFinal, objects, repeat: attach && ((other, names) => {
      noteOnce(other, names, rendering);
      attach(other, names);
    }) };
  }
  attachCustomResource(owner, decided);
  return { ...model, isFinal: true, objects: () => [customResourceOf(decided)], repeat: (other, names) => {
    noteOnce(other, names, rendering);
    attachCustomResource(other, { ...decided, ...names });
  } };
}

function noteOnce(owner: IConstruct, { name, namespace }: ModelNames, rendering: Rendering): void {
  assertNoMistakes(owner, noteRendering(owner, namespace, name, rendering));
}
