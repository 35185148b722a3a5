/** A configuration file of the endpoint picker as plain data, in the dialect of one build. */
export interface ConfigDocument {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly featureGates?: readonly string[];
  readonly plugins?: readonly PluginEntry[];
  readonly schedulingProfiles?: readonly ProfileEntry[];
  readonly [section: string]: any;
}

export interface PluginEntry {
  readonly name?: string;
  readonly type?: string;
  readonly parameters?: Readonly<Record<string, any>>;
}

export interface ProfileEntry {
  readonly name?: string;
  readonly plugins?: readonly { readonly pluginRef?: string; readonly weight?: number }[];
}

export const CONFIG_KIND = 'EndpointPickerConfig';

/** YAML as upstream writes it: lists not indented, no line folded. */
export function configText(document: ConfigDocument): string {
  const keys = Object.keys(document);
  // The empty configuration is the default of every pool: no need to load the YAML library for it.
  if (keys.every((key) => key === 'apiVersion' || key === 'kind')) return keys.map((key) => `${key}: ${document[key]}\n`).join('');
  const { stringify } = require('yaml') as typeof import('yaml');
  return stringify(document, { indentSeq: false, lineWidth: 0 });
}
