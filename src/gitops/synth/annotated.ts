import { emitManifest, isMap, Manifest, readYaml } from '../../core';
import type { Notes } from './fleet-sample';

/** Documents with annotations added to some of them, by their places. */
export function annotated(documents: Buffer, notes: Notes): Buffer {
  // A line like this in a text is indented.
  const texts = documents.toString().split(/^---\n/m);
  return Buffer.from(texts.map((text, index) => {
    const note = notes.get(index);
    return note ? withAnnotations(text, note) : text;
  }).join('---\n'));
}

function withAnnotations(text: string, note: Record<string, string>): string {
  const [{ value }] = readYaml(text);
  const { metadata, ...rest } = value as Manifest;
  const annotations = isMap(metadata.annotations) ? metadata.annotations : {};
  return emitManifest({ ...rest, metadata: { ...metadata, annotations: { ...annotations, ...note } } }) ?? text;
}
