import { IConstruct } from 'constructs';
import { assertNoMistakes, Manifest, PlacedManifest } from '../core';
import { attachCustomResource, customResourceOf } from './custom-resource';
import { DecidedModel, decideModel } from './decided-model';
import type { ModelDeploymentProps, ModelRenderingOptions } from './model-deployment-props';
import { DefaultRendering, Rendering } from './rendering';
import { checkDocument, propsOfManifest } from './spec-from-manifest';
import { planStaticModel } from './static-model';

/** A model that is checked and planned, as `ModelDeployment` would, but has no constructs. */
export interface PlainModel {
  readonly modelName: string;
  /** Whether its objects are what they are, whatever models follow. */
  readonly isFinal: boolean;
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
  const { modelName, rendering } = decided;
  if (rendering === Rendering.STATIC) {
    const plan = planStaticModel(owner, decided);
    decided.props.provider?._usedBy('static');
    return { modelName, ...plan };
  }
  attachCustomResource(owner, decided);
  return { modelName, isFinal: true, objects: () => [customResourceOf(decided)] };
}
