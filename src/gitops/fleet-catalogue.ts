import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { InvalidInputError, isMap, Manifest, Mistake, readYaml } from '../core';
import { readManifestFiles } from '../manifests';
import { readCsv } from './catalogue/read-csv';
import { readRow, Row } from './catalogue/read-row';
import { FleetModel } from './fleet-model';
import type { IFleetSource } from './fleet-source';

/**
 * The models of a file or folder, for a `Fleet`.
 *
 * A `.csv` file has the names of columns in its first line and a model in each other: `name`, `namespace`, `team`, `cluster`, `model`,
 * `engine`, `provider`, `replicas`, `gpus` and so on; docs/fleet.md lists them. A `.json`, `.yaml` or `.yml` file is a list of objects with
 * the same fields, alone or below `models`, or ModelDeployment manifests. A folder holds ModelDeployment manifests, one or more in each
 * file; other objects in it are `others`.
 *
 * Errors: IGW805 for what cannot be read, IGW601 for a manifest. What a model says is checked when it is added to a fleet.
 */
export class FleetCatalogue implements IFleetSource {
  /**
   * Reads a catalogue, all mistakes in it together.
   *
   * @param path the file or folder
   */
  public static read(path: string): FleetCatalogue {
    const { models, others, mistakes } = readPath(path);
    if (mistakes.length > 0) throw new InvalidInputError(path, mistakes);
    return new FleetCatalogue(models, others);
  }

  /** All models, in the order of the file, or of the files by their paths. */
  public readonly models: FleetModel[];
  /** Manifests that are no ModelDeployments: Gateways for example. */
  public readonly others: any[];

  private position = 0;

  private constructor(models: readonly FleetModel[], others: readonly Manifest[]) {
    this.models = [...models];
    this.others = [...others];
  }

  /** The clusters that models name, sorted. */
  public get clusters(): string[] {
    return [...new Set(this.models.flatMap(({ cluster }) => cluster ?? []))].sort();
  }

  /** The teams that models name, sorted. */
  public get teams(): string[] {
    return [...new Set(this.models.flatMap(({ team }) => team ?? []))].sort();
  }

  /** The models that name this cluster, and those that name none. */
  public ofCluster(cluster: string): FleetCatalogue {
    return new FleetCatalogue(this.models.filter((model) => model.cluster === undefined || model.cluster === cluster), this.others);
  }

  /** The models that name this team. */
  public ofTeam(team: string): FleetCatalogue {
    return new FleetCatalogue(this.models.filter((model) => model.team === team), this.others);
  }

  /** The next model; undefined after the last, and then the first again. */
  public next(): FleetModel | undefined {
    const model = this.models[this.position];
    this.position = model ? this.position + 1 : 0;
    return model;
  }
}

interface ReadCatalogue {
  readonly models: readonly FleetModel[];
  readonly others: readonly Manifest[];
  readonly mistakes: readonly Mistake[];
}

function readPath(path: string): ReadCatalogue {
  try {
    if (statSync(path).isDirectory()) return readFolder(path);
    const extension = extname(path).toLowerCase();
    if (extension === '.csv') return ofCsv(readFileSync(path, 'utf8'), path);
    if (['.json', '.yaml', '.yml'].includes(extension)) return readList(path) ?? ofManifests(path);
    return failed(path, 'is no catalogue', 'a folder, or a .csv, .json, .yaml or .yml file');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return failed(path, code === 'ENOENT' ? 'is not a file or a folder' : `cannot be read: ${code}`, 'a folder, or a .csv, .json, .yaml or .yml file');
  }
}

/** Files of all kinds may be in a folder, in any order. */
function readFolder(path: string): ReadCatalogue {
  const tables = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.csv')).sort();
  const read = tables.map((name) => ofCsv(readFileSync(join(path, name), 'utf8'), join(path, name)));
  const manifests = readdirSync(path, { recursive: true, encoding: 'utf8' }).some((name) => /\.(ya?ml|json)$/.test(name)) ? [ofManifests(path)] : [];
  if (read.length + manifests.length === 0) return failed(path, 'holds no file of a catalogue', '.csv, .json, .yaml and .yml files');
  return [...read, ...manifests].reduce((all, one) => ({
    models: [...all.models, ...one.models], others: [...all.others, ...one.others], mistakes: [...all.mistakes, ...one.mistakes],
  }));
}

function ofCsv(text: string, source: string): ReadCatalogue {
  const { rows, mistakes } = readCsv(text, source);
  return ofRows(rows, mistakes, source);
}

/** A list of rows, alone or below `models`; undefined for anything else. */
function readList(path: string): ReadCatalogue | undefined {
  const documents = readYaml(readFileSync(path, 'utf8'));
  const broken = documents.find(({ error }) => error !== undefined);
  if (broken) return failed(`${path}:${broken.line}`, `is not YAML: ${broken.error}`, 'YAML or JSON');
  const [document, ...rest] = documents.map(({ value }) => value);
  const list = isMap(document) && !('kind' in document) ? document.models : document;
  if (!Array.isArray(list) || rest.length > 0) return isMap(document) && 'kind' in document ? undefined : failed(path, 'is no list of models', 'a list, or a list below `models`');
  const isManifest = (item: unknown): item is Manifest => isMap(item) && 'kind' in item;
  const locationOf = (index: number) => `${path} models[${index}]`;
  const bad = list.flatMap((item, index): Mistake[] => (isMap(item) ? [] : [{
    code: 'IGW805', field: locationOf(index), value: item, problem: 'is no model', allowed: 'an object of columns, or a ModelDeployment', fix: 'correct or remove it',
  }]));
  const rows = list.flatMap((item, index) => (isMap(item) && !isManifest(item) ? [{ cells: item, location: locationOf(index) }] : []));
  const manifests = list.flatMap((item, index) => (isManifest(item) ? [FleetModel.fromManifest(item, { location: locationOf(index) })] : []));
  const read = rows.length === 0 && manifests.length > 0 ? { models: [], others: [], mistakes: bad } : ofRows(rows, bad, path);
  return { ...read, models: [...read.models, ...manifests] };
}

function ofManifests(path: string): ReadCatalogue {
  const { found, mistakes } = readManifestFiles(path);
  const isModel = ({ kind }: Manifest) => kind === 'ModelDeployment';
  return {
    models: found.filter(({ manifest }) => isModel(manifest)).map(({ manifest, location }) => FleetModel.fromManifest(manifest, { location })),
    others: found.map(({ manifest }) => manifest).filter((manifest) => !isModel(manifest)),
    mistakes,
  };
}

function ofRows(rows: readonly Row[], mistakes: readonly Mistake[], source: string): ReadCatalogue {
  if (mistakes.length > 0) return { models: [], others: [], mistakes };
  if (rows.length === 0) return failed(source, 'holds no model', 'a line for each model');
  const read = rows.map(readRow);
  return {
    models: read.filter((model): model is FleetModel => !Array.isArray(model)),
    others: [],
    mistakes: read.flatMap((model) => (Array.isArray(model) ? model : [])),
  };
}

function failed(field: string, problem: string, allowed: string): ReadCatalogue {
  return { models: [], others: [], mistakes: [{ code: 'IGW805', field, problem, allowed, fix: 'correct the path or the file' }] };
}
