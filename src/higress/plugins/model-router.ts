import { compact, Mistake } from '../../core';
import { checkRe2, checkText, missing, notice } from './checks';
import { PluginData, pluginData } from './plugin-data';

/** A model for requests whose last message matches. */
export interface AutoRoutingRule {
  /** Regular expression (RE2) for the last message of the user. */
  readonly pattern: string;
  /** The model that serves it. */
  readonly model: string;
}

/** Which model serves requests that ask for `higress/auto`. */
export interface AutoRoutingOptions {
  /**
   * Rules; the first one that matches decides.
   *
   * @default - none
   */
  readonly rules?: AutoRoutingRule[];

  /**
   * The model when no rule matches.
   *
   * @default - the request is not changed
   */
  readonly defaultModel?: string;
}

/** Options of the plugin `model-router`. */
export interface ModelRouterOptions {
  /**
   * Header that the model's name is copied to, so that routes match on it.
   *
   * @default - `x-higress-llm-model`, unless `addProviderHeader` is given
   */
  readonly modelToHeader?: string;

  /**
   * Header that the provider is copied to: the part before the slash in `provider/model`, which is cut off the model's name.
   *
   * @default - none
   */
  readonly addProviderHeader?: string;

  /**
   * Field of the body that names the model.
   *
   * @default - absent, which means `model`
   */
  readonly modelKey?: string;

  /**
   * Ends of paths whose bodies are read; `*` for all. An empty list reads none.
   *
   * @default - absent: the usual paths of the OpenAI and Anthropic APIs
   */
  readonly enableOnPathSuffix?: string[];

  /**
   * Chooses the model by the last message.
   *
   * @default - it does not
   */
  readonly autoRouting?: AutoRoutingOptions;
}

export function modelRouter(options: ModelRouterOptions): PluginData {
  const { addProviderHeader, modelKey, enableOnPathSuffix, autoRouting } = options;
  const modelToHeader = options.modelToHeader ?? (addProviderHeader === undefined ? 'x-higress-llm-model' : undefined);
  const mistakes: Mistake[] = (autoRouting?.rules ?? []).flatMap(({ pattern, model }, index) => [
    ...checkText(`autoRouting.rules[${index}].pattern`, pattern),
    ...checkRe2(`autoRouting.rules[${index}].pattern`, pattern),
    ...checkText(`autoRouting.rules[${index}].model`, model),
  ]);
  if (autoRouting && !autoRouting.rules?.length && !autoRouting.defaultModel) mistakes.push(missing('autoRouting', 'set `rules` or `defaultModel`', 'has neither rules nor a default model'));
  const notices = enableOnPathSuffix?.length === 0 ? [notice('enableOnPathSuffix', 'is empty, so the plugin reads no request', 'list ends of paths, or remove it')] : [];
  return pluginData('model-router', compact({
    modelKey,
    addProviderHeader,
    modelToHeader,
    enableOnPathSuffix,
    autoRouting: autoRouting && compact({ enable: true, defaultModel: autoRouting.defaultModel, rules: autoRouting.rules }),
  }), { mistakes, notices });
}
