import { compact, Mistake } from '../../core';
import { wrong } from './checks';
import { PluginData, pluginData } from './plugin-data';

/** Options of the plugin `model-mapper`. */
export interface ModelMapperOptions {
  /**
   * Names of models, and what the model server calls them. A name may end with `*`; `*` alone is for all others. An empty text keeps the
   * name.
   *
   * @default {}
   */
  readonly modelMapping?: Record<string, string>;

  /**
   * Field of the body that names the model.
   *
   * @default - absent, which means `model`
   */
  readonly modelKey?: string;

  /**
   * Header with the model's name, which is changed too where requests have it.
   *
   * @default - absent, which means `x-higress-llm-model`
   */
  readonly modelToHeader?: string;

  /**
   * Ends of paths whose bodies are changed; `*` for all.
   *
   * @default - absent: the usual paths of the OpenAI and Anthropic APIs
   */
  readonly enableOnPathSuffix?: string[];
}

export function modelMapper({ modelMapping = {}, modelKey, modelToHeader, enableOnPathSuffix }: ModelMapperOptions): PluginData {
  return pluginData('model-mapper', compact({ modelKey, modelMapping, modelToHeader, enableOnPathSuffix }), { mistakes: checkModelMapping('modelMapping', modelMapping) });
}

/** A mapping of model names, of which only the last character may be a star. */
export function checkModelMapping(field: string, mapping: Record<string, string>): Mistake[] {
  return Object.keys(mapping).filter((name) => name === '' || name.slice(0, -1).includes('*')).map((name) => (
    wrong(`${field}.${name}`, name, name === '' ? 'is no model' : 'has a star that is not at its end, which is taken as it is written', 'end it with the star, or name the model')
  ));
}
