import { Mistake } from '../../core';
import { checkDistinct, checkText, missing } from './checks';
import { PluginData, pluginData } from './plugin-data';

/** A request that clients fill in. */
export interface PromptTemplate {
  /** Name that requests refer to. */
  readonly name: string;
  /** Body of the request. `{{name}}` in its texts is replaced by the property of that name. */
  readonly template: any;
}

/** Options of the plugin `ai-prompt-template`. */
export interface AiPromptTemplateOptions {
  /** The templates. */
  readonly templates: PromptTemplate[];
}

export function aiPromptTemplate({ templates }: AiPromptTemplateOptions): PluginData {
  const mistakes: Mistake[] = [
    ...(templates.length === 0 ? [missing('templates', 'add a template', 'is empty')] : []),
    ...templates.flatMap(({ name }, index) => checkText(`templates[${index}].name`, name)),
    ...checkDistinct('templates', templates.map(({ name }) => name)),
  ];
  return pluginData('ai-prompt-template', { templates }, { mistakes });
}
