import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { assertNoMistakes, kubeObject } from '../core';
import type { CrdManifest } from './crd-documents';
import { CrdFamily } from './crd-family';

/** Properties of `InferenceCrds`. */
export interface InferenceCrdsProps {
  /** Which CustomResourceDefinitions to render. A family named twice counts once. */
  readonly families: CrdFamily[];

  /**
   * A folder to read from instead of the network, with one sub-folder per family, named as the family's value is: `gateway-api/`,
   * `gaie/`, `airunway/`, … Every `.yaml` and `.yml` file in the sub-folder is read; objects of other kinds in it are left out.
   *
   * @default - the pinned upstream releases are downloaded at synth
   */
  readonly directory?: string;

  /**
   * The expected SHA-256 checksums, in hexadecimal digits, of the files as upstream serves them. The key is a file's URL, or its name
   * when `directory` is set.
   *
   * @default - nothing is compared
   */
  readonly sha256?: { [name: string]: string };
}

/**
 * The CustomResourceDefinitions that the objects of this library need in a cluster.
 *
 * They are rendered whole, but for `status`, which the API server owns: every version, validation rule and description stays. Some are
 * larger than an annotation may be (ApplicationSet, RayService), so apply them with `kubectl apply --server-side`, and before any
 * object of their kinds.
 *
 * The files come from the pinned releases on github.com: Gateway API, Gateway API Inference Extension, AI Runway, Higress, Istio,
 * KAITO, KubeRay, Argo CD. Each object's id is the name of its CustomResourceDefinition.
 *
 * Throws IGW602, naming the URL or file and the fix, when a URL does not answer within 30 seconds, a folder or file is missing, a file
 * is not YAML or has no CustomResourceDefinition, the same one is found twice, or a checksum differs or names an unknown file.
 */
export class InferenceCrds extends Construct {
  /** The CustomResourceDefinitions, sorted by name. */
  public readonly definitions: ApiObject[];

  constructor(scope: Construct, id: string, props: InferenceCrdsProps) {
    super(scope, id);
    const { loadCrds } = require('./load-crds') as typeof import('./load-crds');
    const { crds, mistakes } = loadCrds(props.families, props);
    assertNoMistakes(this, mistakes);
    this.definitions = crds.map((crd) => this.render(crd));
  }

  private render({ status: _, ...crd }: CrdManifest): ApiObject {
    return kubeObject(this, crd.metadata.name, crd);
  }
}
