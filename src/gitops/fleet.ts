import { join } from 'node:path';
import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { addPlainObjects, assertNoMistakes, claimKey, InvalidInputError, Manifest, Mistake, PlainObjects, RestOfApp, throwTogether, warnAtSynth } from '../core';
import { decide } from '../manifests';
import { DefaultRendering, ModelRenderingOptions, planPlainManifest, planPlainModel, Rendering } from '../model';
import { PRESETS, ProviderGateway } from '../provider';
import { FleetFolder } from './files/fleet-folder';
import { Progress } from './files/progress';
import { FleetLayout } from './fleet-layout';
import { FleetModel } from './fleet-model';
import type { IFleetSource } from './fleet-source';
import { annotated } from './synth/annotated';
import { Notes, SampledModel, sampleOf } from './synth/fleet-sample';
import { FleetRequest, FleetText, FleetTexts } from './synth/fleet-texts';
import { ObjectEmitter } from './synth/object-emitter';
import { validateAll } from './synth/validate-all';

/** Properties of `Fleet`. What they say of Gateway, provider, rendering and the like goes for all models that do not say otherwise. */
export interface FleetProps extends ModelRenderingOptions {
  /**
   * More providers, for models that name one of them.
   *
   * @default - `provider` alone; others are known by their names
   */
  readonly providers?: ProviderGateway[];

  /**
   * Namespace of models that name none.
   *
   * @default default
   */
  readonly namespace?: string;

  /**
   * Which models share a file, and what the files are called.
   *
   * @default FleetLayout.FILE_PER_MODEL
   */
  readonly layout?: FleetLayout;

  /**
   * The folder the files are written to. `cdk8s synth` empties its output folder before it runs an app, so give another one where unchanged
   * files are to be left alone.
   *
   * @default - a folder named like the fleet in the output folder of the app
   */
  readonly outdir?: string;

  /**
   * What file names end with.
   *
   * @default - as the app says; `.k8s.yaml` where that says nothing
   */
  readonly outputFileExtension?: string;
}

/** What `Fleet.write` did. */
export interface FleetReport {
  /** Number of models. */
  readonly models: number;
  /** Files that were written. */
  readonly written: string[];
  /** Number of files that held the right bytes already. */
  readonly unchanged: number;
  /** Files of models that are gone, which were deleted. */
  readonly deleted: string[];
}

/**
 * Any number of models of one cluster, a file for each model or team, written straight from their plans: the bytes are those of a chart with
 * `ModelDeployment`s through cdk8s, at a fraction of the time and memory, since there are no charts and no objects.
 *
 * It belongs below the app, not in a chart. Models are checked when they are added. `write` then writes their files, and the app's own
 * `synth` after it the others, the Gateway's with the namespaces of all models among them. Nothing is written when anything is wrong. A file
 * with the right bytes is left alone. A file of a model that is gone is deleted, if this fleet wrote it: `.fleet-files` in the folder lists
 * what it wrote, and belongs into Git beside the files.
 *
 * Errors: those of `ModelDeployment`; IGW103 for two objects of one name, IGW801 for a model that is there twice, IGW802 for a team that is
 * no name of a file, IGW803 for a file in the way, IGW804 for a fleet without models that would delete its files. Warnings: those of
 * `ModelDeployment`; IGW806 when the app is synthesized and the fleet is not written.
 */
export class Fleet extends Construct {
  /** The folder the files are written to. */
  public readonly outdir: string;

  private readonly app: App;
  private readonly props: FleetProps;
  private readonly models = new Map<string, FleetEntry>();
  private readonly files = new Map<string, FleetEntry[]>();
  private readonly extension: string;
  private readonly texts: FleetTexts;
  private isWritten = false;
  /** Whether the graph has seen all models as they are. */
  private isSampled = false;
  private checked?: { readonly folder: FleetFolder; readonly files: readonly string[] };

  public constructor(scope: Construct, id: string, props: FleetProps = {}) {
    super(scope, id);
    this.app = App.of(this);
    this.props = props;
    this.outdir = props.outdir ?? join(this.app.outdir, id);
    this.texts = new FleetTexts(new ObjectEmitter(this.app));
    this.extension = props.outputFileExtension ?? this.app.outputFileExtension ?? '.k8s.yaml';
    addPlainObjects(this.node.root, { take: (rest) => this.sample(rest) });
    warnAtSynth(this, () => (this.isWritten || this.models.size === 0 ? [] : [{
      code: 'IGW806',
      field: this.node.id,
      value: this.models.size,
      problem: 'is the number of its models, and none of them is in a file',
      fix: 'call its write() before synth() of the app',
    }]));
  }

  /** Number of models. */
  public get size(): number {
    return this.models.size;
  }

  /** Checks a model and adds it. */
  public addModel(model: FleetModel): void {
    throwTogether(this.attempt(model));
  }

  /** Checks all models of a source and adds them; the mistakes of all are reported together. */
  public addModels(source: IFleetSource): void {
    const errors: InvalidInputError[] = [];
    const progress = new Progress(`${this.node.path}: checked`);
    for (let model = source.next(); model; model = source.next()) {
      errors.push(...this.attempt(model));
      progress.step();
    }
    progress.end();
    throwTogether(errors);
  }

  /**
   * The same for anything that a loop goes through, with or without waiting: an array, a generator, an async iterator over the pages of an API.
   * For TypeScript and JavaScript; other languages have `addModels`.
   *
   * Errors: IGW805 for what is no FleetModel.
   *
   * @param models an iterable or async iterable of `FleetModel`s
   */
  public async addModelsFrom(models: any): Promise<void> {
    const errors: InvalidInputError[] = [];
    const progress = new Progress(`${this.node.path}: checked`);
    let count = 0;
    for await (const model of models) {
      errors.push(...(model instanceof FleetModel ? this.attempt(model) : [noModel(this.node.path, count, model)]));
      count++;
      progress.step();
    }
    progress.end();
    throwTogether(errors);
  }

  /**
   * Checks the whole app and writes the files of all models. Synthesize the app afterwards, for the Gateway and whatever else is in charts.
   */
  public write(): FleetReport {
    this._check();
    this.isWritten = true;
    const { folder, files } = this.checked!;
    this.checked = undefined;
    const progress = new Progress(`${this.node.path}: wrote`, this.models.size);
    const report = folder.write(files, (file, append) => {
      for (const entry of this.files.get(file)!) {
        append(this.textOf(entry));
        progress.step();
      }
    });
    progress.end();
    return { models: this.models.size, ...report };
  }

  /**
   * Checks the whole app, and whether files may be written. `write` right after it does not check again.
   *
   * @internal
   */
  public _check(): void {
    if (this.checked) return;
    const folder = new FleetFolder(this.outdir);
    const files = [...this.files.keys()];
    assertNoMistakes(this, folder.checkNotEmptied(files));
    this.isSampled = false;
    this.isWritten = true;
    try {
      validateAll(this.app.node.findAll());
    } finally {
      this.isWritten = false;
    }
    this.isSampled = true;
    assertNoMistakes(this, folder.checkForeign(files, (file) => this.files.get(file)!.map((entry) => this.textOf(entry))));
    this.checked = { folder, files };
  }

  /** What the graph of the app has to see of the models: once they are written, as much as the other objects may refer to. */
  private sample(rest: RestOfApp): PlainObjects {
    const { always, others: sets } = sampleOf(this.models.values(), rest);
    return { always, others: this.isSampled ? firstOf(sets) : sets };
  }

  private textOf({ text, notes }: FleetEntry): Buffer {
    const documents = this.texts.take(text);
    return notes && notes.size > 0 ? annotated(documents, notes) : documents;
  }

  private attempt(model: FleetModel): InvalidInputError[] {
    try {
      this.add(model);
      return [];
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      return [model.location === undefined ? error : new InvalidInputError(`${model.location} ${error.path}`, error.mistakes)];
    }
  }

  private add(model: FleetModel): void {
    this.checked = undefined;
    this.isSampled = false;
    const { name } = model;
    const namespace: string = model._props?.namespace ?? model._manifest?.metadata?.namespace ?? this.props.namespace ?? 'default';
    const key = `${namespace}.${name}`;
    const path = `${this.node.path}/${key}`;
    const other = this.models.get(key);
    if (other) assertNoMistakes(path, [twice(`${namespace}/${name}`, other)]);
    const team = model.team ?? namespace;
    assertNoMistakes(path, checkFileName('team', team));
    const owner = new Construct(this, key.replaceAll('/', '-'));
    try {
      const { text, keys } = this.texts.add(this.requestOf(model, namespace), owner);
      keys.forEach((object) => claimKey(owner, object));
      const entry = new FleetEntry(owner, model.location, text, () => this.texts.manifestsOf(text));
      const file = this.fileOf(team, key);
      this.models.set(key, entry);
      const entries = this.files.get(file);
      if (entries) entries.push(entry);
      else this.files.set(file, [entry]);
    } catch (error) {
      this.node.tryRemoveChild(owner.node.id);
      throw error;
    }
  }

  private requestOf({ name, _props, _manifest }: FleetModel, namespace: string): FleetRequest {
    const rendering = DefaultRendering.of(this);
    if (_props) {
      const props = { ...this.optionsFor(undefined), ..._props };
      const servedNames = [props.modelName, props.model?.servedName].filter((text) => typeof text === 'string');
      return { name, namespace, servedNames, input: [props, rendering], plan: (owner) => planPlainModel(owner, name, namespace, props) };
    }
    const spec = _manifest?.spec;
    const options = this.optionsFor(spec?.provider?.name);
    const servedNames = [spec?.gateway?.modelName, spec?.model?.servedName].filter((text) => typeof text === 'string');
    return {
      name, namespace, servedNames, input: [_manifest, options, rendering],
      plan: (owner) => planPlainManifest(owner, namespace, this.decided(_manifest, owner), options),
    };
  }

  /** A model that names a provider gets that one, else the fleet's. */
  private optionsFor(named: unknown): ModelRenderingOptions {
    const { provider, providers = [], rendering, gateway, resolvedImage, discoveredModelName, timeout, targetPort, ...pickers } = this.props;
    const { endpointPicker, endpointPickerService } = pickers;
    const known = [...(provider ? [provider] : []), ...providers];
    return {
      provider: named === undefined ? provider : known.find(({ providerName }) => providerName === named),
      rendering, gateway, resolvedImage, discoveredModelName, timeout, targetPort, endpointPicker, endpointPickerService,
    };
  }

  /** A manifest that names no provider or engine gets the ones AI Runway's controller would choose. */
  private decided(manifest: any, owner: Construct): any {
    const { provider, providers = [], rendering } = this.props;
    const isStatic = (rendering ?? DefaultRendering.of(owner)) === Rendering.STATIC;
    const spec = manifest?.spec;
    if (!isStatic || !spec || (spec.engine?.type && (spec.provider?.name || provider))) return manifest;
    const known = [...(provider ? [provider] : []), ...providers].map(({ providerName, _spec }) => ({ name: providerName, spec: _spec }));
    return decide(manifest, known.length > 0 ? known : PRESETS);
  }

  private fileOf(team: string, key: string): string {
    const names = {
      [FleetLayout.FILE_PER_MODEL]: key,
      [FleetLayout.FOLDER_PER_TEAM]: `${team}/${key}`,
      [FleetLayout.FILE_PER_TEAM]: team,
      [FleetLayout.ONE_FILE]: 'models',
    };
    return names[this.props.layout ?? FleetLayout.FILE_PER_MODEL] + this.extension;
  }
}

/** A model: there is one construct for each, and none for its objects. */
class FleetEntry implements SampledModel {
  public notes?: Notes;

  public constructor(
    public readonly owner: Construct, public readonly location: string | undefined, public readonly text: FleetText,
    public readonly manifests: () => readonly Manifest[],
  ) {}
}

/** What was checked already is there for references only. */
function* firstOf<T>(sets: Iterable<T>): Generator<T> {
  for (const set of sets) {
    yield set;
    return;
  }
}

function noModel(path: string, index: number, value: unknown): InvalidInputError {
  return new InvalidInputError(path, [{
    code: 'IGW805', field: `models[${index}]`, value, problem: 'is no FleetModel', fix: 'make one with FleetModel.of or FleetModel.fromManifest',
  }]);
}

function twice(model: string, { owner, location }: FleetEntry): Mistake {
  return {
    code: 'IGW801',
    field: 'name',
    value: model,
    problem: `is in the fleet already: ${location ?? owner.node.path}`,
    fix: 'remove one of the two, or give it another name or namespace',
  };
}

/** Lower case only: some file systems take `A` and `a` for one. */
const FILE_NAME = /^[a-z0-9]([-a-z0-9._]*[a-z0-9])?$/;

function checkFileName(field: string, value: string): Mistake[] {
  return FILE_NAME.test(value) && value.length <= 200 ? [] : [{
    code: 'IGW802',
    field,
    value,
    problem: 'is no name of a file or folder',
    allowed: 'lower-case letters, digits, -, _ and ., with a letter or digit at both ends',
    fix: `set another ${field}`,
  }];
}
