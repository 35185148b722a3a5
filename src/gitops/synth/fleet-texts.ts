import { IConstruct } from 'constructs';
import { isPlainYaml, Manifest, objectKey, PlacedManifest, warningCount } from '../../core';
import type { ModelNames, PlainModel } from '../../model';
import { ModelFamily } from './model-family';
import type { ObjectEmitter } from './object-emitter';
import { ShapeKeys } from './shape-keys';
import { shapeOf } from './shape-of';
import { Slots, slotsOf } from './slots';
import { TextTemplate } from './text-template';

/** Texts that are kept until a fleet is written; what is beyond is rendered again. */
const MOST_BYTES = 128 * 1024 * 1024;

const SEPARATOR = '---\n';

/** A model that is to be written. */
export interface FleetRequest {
  readonly name: string;
  readonly namespace: string;
  /** Names that clients ask for, where they are said. */
  readonly servedNames: readonly string[];
  /** All that is said of it, and of the models of its fleet. */
  readonly input: unknown;
  /** Checks and plans it. */
  readonly plan: (owner: IConstruct) => PlainModel;
}

/** A model whose objects are known, and what is needed to write them. */
export interface FleetText extends ModelNames {
  /** Models of one shape have the same objects but for names and the numbers of flags that tune them. */
  readonly shape: string;
  /** What gives the text and the objects, unless there is a plan. */
  readonly member?: { readonly kin: Kin; readonly slots: Slots };
  readonly plan?: PlainModel;
  /** The text itself, when it is kept. */
  readonly kept?: Buffer;
}

/** A model and those that are the same but for their names. */
interface Kin {
  readonly first: FleetText & { readonly plan: PlainModel };
  readonly slots: Slots;
  readonly keys: readonly string[];
  /** From the second model on. */
  family?: ModelFamily;
  /** The objects as JSON, once they are asked for. */
  manifests?: TextTemplate;
}

/**
 * The YAML of models. A model that is the same as others but for its names is neither planned nor rendered: it gets their text with its own
 * names. See `ModelFamily` for when.
 */
export class FleetTexts {
  private readonly kins = new Map<string, Kin>();
  private readonly keys = new ShapeKeys();
  private room = MOST_BYTES;
  private count = 0;

  public constructor(private readonly emitter: ObjectEmitter) {}

  /** Takes a model up in the name of its owner, and gives the keys of its objects. */
  public add(request: FleetRequest, owner: IConstruct): { readonly text: FleetText; readonly keys: readonly string[] } {
    const { name, namespace } = request;
    const { slots, relation } = slotsOf([name, ...request.servedNames]);
    const key = slots.every(isPlainYaml) ? `${namespace} ${relation} ${this.keys.keyOf(request.input, slots)}` : undefined;
    const kin = key === undefined ? undefined : this.kins.get(key);
    if (kin?.family?.fits(slots)) {
      const names = kin.family.namesOf(name, namespace, slots);
      kin.first.plan.repeat!(owner, names);
      return { text: { ...names, shape: kin.first.shape, member: { kin, slots } }, keys: kin.family.keysOf(slots) };
    }
    const warnings = warningCount(owner);
    const plan = request.plan(owner);
    const isQuiet = warningCount(owner) === warnings;
    const { modelName } = plan;
    const objects = plan.objects();
    const keys = objects.map(({ manifest }) => objectKey(manifest));
    const documents = this.documentsOf(objects);
    if (documents === undefined) return { text: { name, namespace, modelName, shape: `${this.count++}`, plan }, keys };
    if (kin && isQuiet && this.room > 0) {
      kin.family ??= this.familyOf(kin);
      if (kin.family.prove({ slots, documents, keys, modelName })) {
        return { text: { name, namespace, modelName, shape: kin.first.shape, member: { kin, slots } }, keys };
      }
    }
    const shape = shapeOf(documents, plan);
    const text = { name, namespace, modelName, shape, plan, kept: plan.isFinal ? this.keep(documents) : undefined };
    // A key of a map that is a name may change places with another key.
    if (key !== undefined && !kin && isQuiet && plan.isFinal && plan.repeat && !objects.some(({ manifest }) => hasKeyWith(manifest, slots))) {
      this.kins.set(key, { first: text, slots, keys });
    }
    return { text, keys };
  }

  /** The documents of a model. */
  public take({ kept, member, plan }: FleetText): Buffer {
    if (kept) return kept;
    return member ? member.kin.family!.documents.fillBytes(member.slots) : this.render(plan!);
  }

  /** The objects of a model, as an app would give them. */
  public manifestsOf({ member, plan }: FleetText): Manifest[] {
    if (!member) return plan!.objects().map((object) => this.emitter.toJson(object));
    const { kin, slots } = member;
    kin.manifests ??= new TextTemplate(JSON.stringify(this.manifestsOf(kin.first)), kin.slots);
    return JSON.parse(kin.manifests.fill(slots)) as Manifest[];
  }

  private familyOf({ first, slots, keys }: Kin): ModelFamily {
    const documents = (first.kept ?? this.render(first.plan)).toString();
    this.room -= 2 * documents.length;
    return new ModelFamily({ slots, documents, keys, modelName: first.modelName });
  }

  private render(plan: PlainModel): Buffer {
    return Buffer.from(plan.objects().map((object) => this.emitter.emit(object)).join(SEPARATOR));
  }

  /** Undefined when something has to be resolved, which may give another value at the end. */
  private documentsOf(objects: readonly PlacedManifest[]): string | undefined {
    let text = '';
    for (const object of objects) {
      const document = this.emitter.emitPlain(object);
      if (document === undefined) return undefined;
      text += text === '' ? document : SEPARATOR + document;
    }
    return text;
  }

  private keep(documents: string): Buffer | undefined {
    if (this.room <= 0) return undefined;
    const bytes = Buffer.from(documents);
    this.room -= bytes.length;
    return bytes;
  }
}

function hasKeyWith(value: unknown, slots: Slots): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((item) => hasKeyWith(item, slots));
  return Object.keys(value).some((key) => slots.some((slot) => key.includes(slot))) || Object.values(value).some((item) => hasKeyWith(item, slots));
}
