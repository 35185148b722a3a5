import { isObjectOfKind, Manifest, Mistake, parseDocuments } from '../core';
import type { CrdFile } from './crd-file';

/** A CustomResourceDefinition as plain data. */
export interface CrdManifest extends Manifest {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: readonly CrdVersion[];
  } & Record<string, unknown>;
}

export interface CrdVersion {
  readonly name: string;
  readonly schema?: { readonly openAPIV3Schema?: object };
  readonly [field: string]: unknown;
}

export interface CrdDocuments {
  readonly crds: CrdManifest[];
  readonly mistakes: Mistake[];
}

/** The CustomResourceDefinitions among the documents of a file. A file may hold other objects too, but it must hold objects. */
export function readCrdDocuments(file: CrdFile): CrdDocuments {
  const crds: CrdManifest[] = [];
  const mistakes: Mistake[] = [];
  const wrong = (problem: string) => mistakes.push({
    code: 'IGW602', field: file.location, problem, fix: 'replace the file with the one upstream releases, or remove it',
  });

  const documents = parseDocuments(file.bytes.toString('utf8'));
  if (typeof documents === 'string') wrong(`is not YAML: ${documents}`);
  else if (!documents.some(isObjectOfKind)) wrong('has no CustomResourceDefinition, nor any other Kubernetes object');
  else {
    for (const document of documents.filter(isObjectOfKind)) {
      if (document.kind !== 'CustomResourceDefinition') continue;
      if (isCrd(document)) crds.push(document);
      else wrong(`the CustomResourceDefinition '${document.metadata?.name}' is incomplete: it needs versions and the name <plural>.<group>`);
    }
  }
  return { crds, mistakes };
}

function isCrd(document: Manifest): document is CrdManifest {
  const { spec } = document as Partial<CrdManifest>;
  return document.apiVersion === 'apiextensions.k8s.io/v1'
    && Array.isArray(spec?.versions) && spec.versions.length > 0
    && document.metadata?.name === `${spec.names?.plural}.${spec.group}`;
}
