import type { Manifest } from './manifest';

/** The documents of a YAML or JSON text, or what is wrong with the first bad one, with line and column. */
export function parseDocuments(text: string): unknown[] | string {
  // Loaded on first use: most apps read no YAML.
  const { parseAllDocuments } = require('yaml') as typeof import('yaml');
  const documents = [...parseAllDocuments(text, { prettyErrors: true })];
  const error = documents.flatMap((document) => document.errors)[0];
  return error ? error.message.split('\n')[0].replace(/:$/, '') : documents.map((document) => document.toJS() as unknown);
}

/** Whether a document is a Kubernetes object of some kind. */
export function isObjectOfKind(document: unknown): document is Manifest {
  return typeof document === 'object' && document !== null && typeof (document as Partial<Manifest>).kind === 'string';
}
