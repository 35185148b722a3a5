import { Mistake, parseDocuments } from '../../core';
import type { EndpointPickerBuild } from '../../versions';
import { checkConfig, ConfigFindings } from './check-config';
import type { ConfigDocument } from './config-document';

export interface ConfigTextFindings extends ConfigFindings {
  /** What the text says, when it is one document. */
  readonly document?: ConfigDocument;
}

/** Fleets give the same text to every model. */
const PARSED = new Map<string, unknown[] | string>();
const MOST_PARSED = 64;

/** Checks a configuration file as it is written. */
export function checkConfigText(text: string, build: EndpointPickerBuild | undefined, allowAlpha = false): ConfigTextFindings {
  let documents = PARSED.get(text);
  if (documents === undefined) {
    documents = parseDocuments(text);
    if (PARSED.size >= MOST_PARSED) PARSED.clear();
    PARSED.set(text, documents);
  }
  const wrong = (mistake: Omit<Mistake, 'code' | 'field'>): ConfigTextFindings => (
    { notices: [], mistakes: [{ code: 'IGW505', field: 'endpointPicker.config', ...mistake }] });
  if (typeof documents === 'string') return wrong({ problem: `is not YAML: ${documents}`, fix: 'correct it' });
  if (documents.length !== 1) return wrong({ problem: `has ${documents.length} documents`, allowed: 'one', fix: 'remove the others' });
  const [document] = documents;
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    return wrong({ problem: 'is no EndpointPickerConfig', fix: 'write apiVersion, kind and plugins' });
  }
  return { ...checkConfig(document as ConfigDocument, build, allowAlpha), document: document as ConfigDocument };
}
