import type { GatewayImplementation } from '../gateway';
import type { EndpointPickerBuild } from '../versions';
import { GraphObject, groupOf, keyOf, ObjectName, Origin } from './graph-object';
import { at, map, text } from './json';
import { Presence, presenceOf } from './presence';
import type { Reference } from './reference';
import { referencesOf } from './references';
import { isClusterScoped } from './scope';
import { addTo } from './view';

/** What the author of a set says about it. */
export interface GraphSettings {
  /**
   * Where objects go that name no namespace.
   *
   * @default 'default'
   */
  readonly namespace?: string;
  /**
   * Whether all that is referred to is in the set, but for what every cluster has.
   *
   * @default false
   */
  readonly closed?: boolean;
  /**
   * What is behind the Gateways.
   *
   * @default - told by their gatewayClassName
   */
  readonly implementation?: GatewayImplementation;
  /**
   * The build that endpoint pickers run.
   *
   * @default - told by their image
   */
  readonly runtime?: EndpointPickerBuild;
}

/** A document of the set: any object, and where it comes from. */
export interface GraphDocument {
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly origin: Origin;
}

const NOTHING: readonly never[] = [];

/**
 * A set of Kubernetes objects and the references between them.
 *
 * All indexes take time linear in the number of objects. The order of the documents makes no difference: objects are sorted by what
 * identifies them.
 */
export class Graph {
  /** All objects, sorted by group, kind, namespace and name. */
  public readonly objects: readonly GraphObject[];
  private readonly byKey = new Map<string, GraphObject[]>();
  private readonly byKind = new Map<string, GraphObject[]>();
  private readonly byKindAndNamespace = new Map<string, GraphObject[]>();
  private readonly byKindAndName = new Map<string, GraphObject[]>();
  private links?: { readonly all: readonly Reference[]; readonly from: Map<GraphObject, Reference[]>; readonly to: Map<GraphObject, Reference[]> };

  public constructor(documents: readonly GraphDocument[], public readonly settings: GraphSettings = {}) {
    const scopes = scopesOf(documents);
    const { namespace = 'default' } = settings;
    this.objects = sorted(documents.map(({ manifest, origin }) => {
      const [group] = groupOf(text(manifest.apiVersion) ?? '');
      const kind = text(manifest.kind) ?? '';
      return new GraphObject(manifest, origin, namespace, scopes.get(`${group}/${kind}`) ?? isClusterScoped(group, kind));
    }));
    for (const object of this.objects) {
      const { group, kind, name } = object;
      addTo(this.byKey, object.key, object);
      addTo(this.byKind, JSON.stringify([group, kind]), object);
      addTo(this.byKindAndNamespace, JSON.stringify([group, kind, object.namespace ?? '']), object);
      addTo(this.byKindAndName, JSON.stringify([group, kind, name]), object);
    }
  }

  /** Whether everything referred to is in the set. */
  public get closed(): boolean {
    return this.settings.closed ?? false;
  }

  /** The object of a name; the first one when several share it. */
  public find(name: ObjectName): GraphObject | undefined {
    return this.byKey.get(keyOf(name))?.[0];
  }

  /** All objects of one name: more than one is a mistake. */
  public allOf(name: ObjectName): readonly GraphObject[] {
    return this.byKey.get(keyOf(name)) ?? NOTHING;
  }

  /** The objects of a kind in any version, of all namespaces or of one. */
  public ofKind(group: string, kind: string, namespace?: string): readonly GraphObject[] {
    const found = namespace === undefined
      ? this.byKind.get(JSON.stringify([group, kind]))
      : this.byKindAndNamespace.get(JSON.stringify([group, kind, namespace]));
    return found ?? NOTHING;
  }

  /** The objects of a kind and name in whichever namespace. */
  public namesakes(group: string, kind: string, name: string): readonly GraphObject[] {
    return this.byKindAndName.get(JSON.stringify([group, kind, name])) ?? NOTHING;
  }

  /** Names that more than one object has, each with its objects. */
  public duplicates(): readonly (readonly GraphObject[])[] {
    return [...this.byKey.values()].filter((objects) => objects.length > 1);
  }

  /** Every reference that an object makes to another. */
  public get edges(): readonly Reference[] {
    return this.linked.all;
  }

  public edgesFrom(object: GraphObject): readonly Reference[] {
    return this.linked.from.get(object) ?? NOTHING;
  }

  public edgesTo(object: GraphObject): readonly Reference[] {
    return this.linked.to.get(object) ?? NOTHING;
  }

  /**
   * Whether the target of a reference is in the set, and if not, whether that proves it missing. What is merely not in the set is
   * `unknown`: no error. See `presence.ts` for what is proof.
   */
  public presence(reference: Reference): Presence {
    return presenceOf(this, reference);
  }

  private get linked(): NonNullable<typeof this.links> {
    if (!this.links) {
      const all = referencesOf(this);
      const from = new Map<GraphObject, Reference[]>();
      const to = new Map<GraphObject, Reference[]>();
      for (const reference of all) {
        addTo(from, reference.from, reference);
        if (reference.to) addTo(to, reference.to, reference);
      }
      this.links = { all, from, to };
    }
    return this.links;
  }
}

/** What CustomResourceDefinitions of the set say about their kinds. */
function scopesOf(documents: readonly GraphDocument[]): Map<string, boolean> {
  const scopes = new Map<string, boolean>();
  for (const { manifest } of documents) {
    if (manifest.kind !== 'CustomResourceDefinition') continue;
    const { group, scope } = map(manifest.spec);
    const kind = at(manifest, ['spec', 'names', 'kind']);
    if (scope !== 'Cluster' && scope !== 'Namespaced') continue;
    const key = `${text(group) ?? ''}/${text(kind) ?? ''}`;
    // Of two that contradict each other none is the first: the order of documents makes no difference.
    scopes.set(key, scope === 'Cluster' && scopes.get(key) !== false);
  }
  return scopes;
}

function sorted(objects: GraphObject[]): GraphObject[] {
  return objects.sort((a, b) => compare(a.key, b.key) || compare(a.apiVersion, b.apiVersion) || compareOrigins(a, b));
}

/** Objects of one name: they are told apart by what they say, then by where they are. */
function compareOrigins(a: GraphObject, b: GraphObject): number {
  return compare(JSON.stringify(a.manifest), JSON.stringify(b.manifest))
    || compare(a.origin.file ?? a.origin.construct ?? '', b.origin.file ?? b.origin.construct ?? '')
    || (a.origin.line ?? 0) - (b.origin.line ?? 0);
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
