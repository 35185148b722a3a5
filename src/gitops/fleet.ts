import { join } from 'node:path';
import { ApiObject, App } from 'cdk8s';
import { Construct } from 'constructs';
import { assertNoMistakes, claimObject, InvalidInputError, Manifest, Mistake, throwTogether, warnAtSynth } from '../core';
import { decide } from '../manifests';
import { DefaultRendering, ModelRenderingOptions, PlainModel, planPlainManifest, planPlainModel, Rendering } from '../model';
import { PRESETS, ProviderGateway } from '../provider';
import { FleetFolder } from './files/fleet-folder';
import { Progress } from './files/progress';
import { FleetCheck } from './fleet-check';
import { FleetLayout } from './fleet-layout';
import type { FleetModel } from './fleet-model';
import type { IFleetSource } from './fleet-source';
import { FleetTexts } from './synth/fleet-texts';
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
  private readonly checks: FleetCheck[] = [];
  private readonly extension: string;
  private readonly texts: FleetTexts;
  private isWritten = false;

  public constructor(scope: Construct, id: string, props: FleetProps = {}) {
    super(scope, id);
    this.app = App.of(this);
    this.props = props;
    this.outdir = props.outdir ?? join(this.app.outdir, id);
    this.texts = new FleetTexts(new ObjectEmitter(this.app));
    this.extension = props.outputFileExtension ?? this.app.outputFileExtension ?? '.k8s.yaml';
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

  /** Checks a model and adds it. Models of an async iterator are added in a loop over it. */
  public addModel(model: FleetModel): void {
    throwTogether(this.attempt(model));
  }

  /** Checks all models of a source and adds them; the mistakes of all are reported together. */
  public addModels(source: IFleetSource): void {
    const errors: InvalidInputError[] = [];
    for (let model = source.next(); model; model = source.next()) errors.push(...this.attempt(model));
    throwTogether(errors);
  }

  /**
   * Checks the whole app and writes the files of all models. Synthesize the app afterwards, for the Gateway and whatever else is in charts.
   */
  public write(): FleetReport {
    this.isWritten = true;
    const folder = new FleetFolder(this.outdir);
    const files = [...this.files.keys()];
    assertNoMistakes(this, folder.checkNotEmptied(files));
    this.checkObjects();
    assertNoMistakes(this, folder.checkForeign(files, (file) => this.files.get(file)!.map((entry) => this.texts.take(entry))));

    const progress = new Progress(`${this.node.path}: wrote`, this.models.size);
    const report = folder.write(files, (file, append) => {
      for (const entry of this.files.get(file)!) {
        append(this.texts.take(entry));
        progress.step();
      }
    });
    progress.end();
    return { models: this.models.size, ...report };
  }

  /**
   * Has the objects of every file looked at before anything is written. To be called before models are added: those that are done and not
   * looked at later are kept as text.
   *
   * @internal
   */
  public _addCheck(check: FleetCheck): void {
    this.checks.push(check);
  }

  /** Names that are taken, what other checks find, and everything else of the app. */
  private checkObjects(): void {
    const shared = this.checks.length > 0 ? this.objectsOfCharts() : [];
    const problems: string[] = [];
    for (const [file, entries] of this.checks.length > 0 ? this.files : []) {
      const manifests = entries.flatMap(({ plan }) => plan!.objects()).map(({ manifest }) => manifest);
      for (const check of this.checks) problems.push(...check.check(file, manifests, shared));
    }
    validateAll(this.app.node.findAll());
    if (problems.length > 0) throw new Error(`${this.node.path}: ${problems.length} problems\n  ${problems.join('\n  ')}`);
  }

  private objectsOfCharts(): Manifest[] {
    return this.app.node.findAll().filter((child): child is ApiObject => ApiObject.isApiObject(child)).map((object) => object.toJson());
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
      const plan = this.planOf(owner, model, namespace);
      const objects = plan.objects();
      objects.forEach(({ manifest }) => claimObject(owner, manifest));
      const entry: FleetEntry = { owner, plan, location: model.location };
      // A plan is some kilobytes that the garbage collector has to carry about.
      if (plan.isFinal && this.texts.keep(entry, objects) && this.checks.length === 0) entry.plan = undefined;
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

  private planOf(owner: Construct, { name, _props, _manifest }: FleetModel, namespace: string): PlainModel {
    if (_props) return planPlainModel(owner, name, namespace, { ...this.optionsFor(undefined), ..._props });
    const options = this.optionsFor(_manifest?.spec?.provider?.name);
    return planPlainManifest(owner, namespace, this.decided(_manifest, owner), options);
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

interface FleetEntry {
  /** Stands for the model in the app: there is one construct for each model, and none for its objects. */
  readonly owner: Construct;
  readonly location?: string;
  /** Not needed any more where the text is kept. */
  plan?: PlainModel;
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
