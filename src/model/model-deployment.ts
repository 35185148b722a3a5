import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { assertNoMistakes, copyOf, kubeObjects, Manifest, namespaceOf } from '../core';
import { ModelPool } from '../pool';
import { ModelRoute } from '../routing';
import { attachCustomResource, customResourceOf } from './custom-resource';
import { decideModel } from './decided-model';
import type { ModelDeploymentProps, ModelRenderingOptions } from './model-deployment-props';
import type { ModelNames } from './model-names';
import { DefaultRendering, Rendering } from './rendering';
import { checkDocument, propsOfManifest } from './spec-from-manifest';
import { StaticModel } from './static-model';

/**
 * A model served through a Gateway.
 *
 * Rendered statically (the default) it is every object AI Runway's controllers would create: the provider's workload, and behind a
 * Gateway an `InferencePool`, the endpoint picker, an `HTTPRoute`, a `ReferenceGrant` where pool and route are apart, and a
 * `DestinationRule` on Istio. Rendered for a controller it is the `ModelDeployment` (airunway.ai/v1alpha1) alone. It is never
 * both: the live controller deletes by name.
 *
 * Everything the API server, the admission webhook and the provider's controller would refuse is refused at once, all mistakes of
 * one model together: IGW101, IGW102, IGW201 to IGW209, IGW211, IGW301 and IGW503. What they ignore or warn of is a warning.
 *
 * Source of the rules: ai-runway/airunway, controller/internal and providers.
 */
export class ModelDeployment extends Construct {
  /**
   * Reads a ModelDeployment manifest in. For a controller it is rendered as it is; rendered statically it becomes its objects.
   *
   * @param manifest the parsed manifest
   */
  public static fromManifest(scope: Construct, id: string, manifest: any, options: ModelRenderingOptions = {}): ModelDeployment {
    assertNoMistakes(`${scope.node.path}/${id}`, checkDocument(manifest));
    const props = propsOfManifest(manifest, options);
    return new ModelDeployment(scope, id, { ...props, [MANIFEST]: copyOf(manifest) } as ModelDeploymentProps);
  }

  /** Name of the model's objects. */
  public readonly name: string;
  /** Namespace of the model's objects. */
  public readonly namespace: string;
  /** What is rendered. */
  public readonly rendering: Rendering;
  /** The name routes match on; empty when the model is not served through a Gateway and nothing says it. */
  public readonly modelName: string;
  /** The InferencePool and endpoint picker, in static rendering; undefined when the provider makes its own. */
  public readonly pool?: ModelPool;
  /** The route, in static rendering; undefined without a Gateway or with `httpRouteRef`. */
  public readonly route?: ModelRoute;
  /** The provider's objects, in static rendering, the primary one first. */
  public readonly workload: ApiObject[];
  /** The ModelDeployment object, when rendered for a controller. */
  public readonly customResource?: ApiObject;
  /**
   * By what its objects differ from those of models that are otherwise the same.
   *
   * @internal
   */
  public readonly _names: ModelNames & { readonly modelId: string };

  public constructor(scope: Construct, id: string, props: ModelDeploymentProps) {
    super(scope, id);
    const imported = (props as { [MANIFEST]?: Manifest })[MANIFEST];
    this.name = props.name ?? id;
    this.namespace = namespaceOf(this, props.namespace);
    this.rendering = props.rendering ?? DefaultRendering.of(this);

    const decided = decideModel(this, { name: this.name, namespace: this.namespace, rendering: this.rendering, props, imported });
    this.modelName = decided.modelName;
    this._names = { name: this.name, namespace: this.namespace, modelName: this.modelName, modelId: decided.context.spec.model.id ?? '' };
    if (this.rendering === Rendering.CONTROLLER) {
      this.workload = [];
      this.customResource = kubeObjects(this, [customResourceOf(decided)]).get('Resource');
      attachCustomResource(this, decided);
      return;
    }
    const objects = new StaticModel(this, decided);
    this.workload = objects.workload;
    this.pool = objects.pool;
    this.route = objects.route;
    props.provider?._usedBy('static');
  }
}

const MANIFEST = Symbol('manifest');
