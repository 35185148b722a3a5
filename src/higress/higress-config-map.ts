import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import {
  assertNoMistakes, checkLabelName, copyOf, isMap, kubeObject, Manifest, Mistake, namespaceOf, parseDocuments, readTextFiles,
} from '../core';
import { HigressConfigSource } from './higress-config-source';
import { HigressSettings } from './higress-settings';

/** Properties of `HigressConfigMap`. */
export interface HigressConfigMapProps {
  /** The settings. */
  readonly settings: HigressSettings;

  /** What exists: nothing, or a ConfigMap that the settings are merged into. */
  readonly source: HigressConfigSource;

  /**
   * Namespace: that of Higress.
   *
   * @default - that of the existing ConfigMap, else the chart's, else `default`
   */
  readonly namespace?: string;
}

const NAME = 'higress-config';

/**
 * The ConfigMap `higress-config`, where Higress reads the settings of the whole gateway.
 *
 * Errors: IGW737 for a ConfigMap that cannot be merged into.
 */
export class HigressConfigMap extends Construct {
  /** Namespace of the ConfigMap. */
  public readonly namespace: string;
  /** The ConfigMap object. */
  public readonly object: ApiObject;

  public constructor(scope: Construct, id: string, props: HigressConfigMapProps) {
    super(scope, id);
    const existing = existingOf(props.source);
    assertNoMistakes(this, Array.isArray(existing) ? existing : []);
    const given = existing as Manifest | undefined;
    this.namespace = namespaceOf(this, props.namespace ?? given?.metadata?.namespace);
    assertNoMistakes(this, checkLabelName('namespace', this.namespace));
    this.object = kubeObject(this, 'Resource', this.manifest(given, props));
  }

  private manifest(existing: Manifest | undefined, { settings, source }: HigressConfigMapProps): Manifest {
    const metadata = { name: NAME, namespace: this.namespace };
    if (existing === undefined) {
      assertNoMistakes(this, Object.entries(source._data).flatMap(([key, text]) => checkYaml(`source.${key}`, text)));
      return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { higress: settings.toText(), ...source._data } };
    }
    const data = existing.data as Record<string, string> | undefined;
    if (typeof data?.higress !== 'string') assertNoMistakes(this, [missingKey()]);
    const higress = settings._mergeInto(data!.higress);
    if (typeof higress !== 'string') assertNoMistakes(this, higress);
    const { labels, annotations } = existing.metadata;
    return {
      ...existing,
      metadata: { ...metadata, ...(labels ? { labels } : {}), ...(annotations ? { annotations } : {}) },
      data: { ...data, higress },
    };
  }
}

function existingOf(source: HigressConfigSource): Manifest | Mistake[] | undefined {
  if (source._file !== undefined) return readConfigMap(source._file);
  if (source._existing === undefined) return undefined;
  const wrong = checkConfigMap(source._existing);
  return wrong.length > 0 ? wrong : copyOf(source._existing);
}

function readConfigMap(path: string): Manifest | Mistake[] {
  const documents: unknown[] = [];
  for (const { file, text, problem, fix } of readTextFiles(path)) {
    if (text === undefined) return [mistake('source', file, problem!, fix!)];
    const read = parseDocuments(text);
    if (typeof read === 'string') return [mistake('source', file, `is not YAML: ${read}`, 'correct the file')];
    documents.push(...read);
  }
  const objects = documents.flatMap((document) => (isMap(document) && Array.isArray(document.items) ? document.items : [document]));
  const found = objects.filter((object) => checkConfigMap(object).length === 0);
  if (found.length === 1) return found[0] as Manifest;
  return [mistake('source', path, `holds ${found.length} ConfigMaps named ${NAME}`, 'give a file with one')];
}

function checkConfigMap(object: unknown): Mistake[] {
  const fix = 'give the manifest of the ConfigMap';
  if (!isMap(object)) return [mistake('source', object, 'is not a manifest', fix)];
  const { kind, metadata } = object as { kind?: unknown; metadata?: { name?: unknown } };
  if (kind !== 'ConfigMap') return [mistake('source.kind', kind, 'is not ConfigMap', fix)];
  return metadata?.name === NAME ? [] : [mistake('source.metadata.name', metadata?.name, `is not ${NAME}`, fix)];
}

/** Istio reads one map from each of its keys. */
function checkYaml(field: string, text: string): Mistake[] {
  const documents = parseDocuments(text);
  if (typeof documents !== 'string' && documents.length <= 1 && documents.every((document) => document === null || isMap(document))) return [];
  return [mistake(field, text, 'is no map in YAML, which Istio reads it as', 'give the key as the chart of Higress renders it')];
}

function missingKey(): Mistake {
  return { code: 'IGW737', field: 'source.data.higress', problem: 'is missing', fix: 'give the ConfigMap that Higress runs with, or add the key: `higress: "downstream: {}"`' };
}

function mistake(field: string, value: unknown, problem: string, fix: string): Mistake {
  return { code: 'IGW737', field, value, problem, fix };
}
