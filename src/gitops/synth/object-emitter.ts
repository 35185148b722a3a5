import { ApiObject, App, Chart } from 'cdk8s';
import { emitManifest, emitYaml, kubeObject, Manifest, PlacedManifest, plainManifest } from '../../core';

/** Resolvers that every App has, after those it was given. */
const BUILT_IN = 3;

/** The YAML of objects as an app writes it, without their constructs. */
export class ObjectEmitter {
  private readonly hasResolvers: boolean;

  public constructor(private readonly app: App) {
    this.hasResolvers = app.resolvers.length > BUILT_IN;
  }

  public emit(object: PlacedManifest): string {
    return this.emitPlain(object) ?? emitYaml(this.toJson(object));
  }

  /** The object as an app gives it. */
  public toJson(object: PlacedManifest): Manifest {
    const plain = this.hasResolvers || object.patches?.length ? undefined : plainManifest(object.manifest) as Manifest | undefined;
    return plain ?? this.constructOf(object).toJson();
  }

  /** Undefined where something has to be resolved, which may give another value later. */
  public emitPlain({ manifest, patches }: PlacedManifest): string | undefined {
    return this.hasResolvers || patches?.length ? undefined : emitManifest(manifest);
  }

  /** Tokens, patches and resolvers are for cdk8s. */
  private constructOf({ id, manifest, patches = [] }: PlacedManifest): ApiObject {
    const app = new App({ resolvers: this.app.resolvers.slice(0, -BUILT_IN) });
    const object = kubeObject(new Chart(app, 'fleet'), id, manifest);
    object.addJsonPatch(...patches);
    return object;
  }
}
