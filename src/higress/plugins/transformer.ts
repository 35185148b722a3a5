import { compact } from '../../core';
import type { HeaderTransform } from '../header-transform';
import { missing } from './checks';
import { PluginData, pluginData } from './plugin-data';

/** Options of the plugin `transformer`. Give `requests`, `answers` or both. */
export interface TransformerOptions {
  /**
   * Steps for requests. An empty list changes none.
   *
   * @default - none
   */
  readonly requests?: HeaderTransform[];

  /**
   * Steps for answers.
   *
   * @default - none
   */
  readonly answers?: HeaderTransform[];

  /**
   * Whether the route is looked for again when a request was changed.
   *
   * @default - absent, which means true
   */
  readonly reroute?: boolean;
}

export function transformer({ requests, answers, reroute }: TransformerOptions): PluginData {
  const mistakes = [
    ...(requests ?? []).flatMap((step, index) => step._mistakes(`reqRules[${index}]`, false)),
    ...(answers ?? []).flatMap((step, index) => step._mistakes(`respRules[${index}]`, true)),
    ...(requests || answers ? [] : [missing('reqRules', 'set `requests` or `answers`', 'and respRules are missing, which the plugin refuses')]),
  ];
  const notices = [
    ...(requests ?? []).flatMap((step, index) => step._notices(`reqRules[${index}]`)),
    ...(answers ?? []).flatMap((step, index) => step._notices(`respRules[${index}]`)),
  ];
  const config = compact({ reroute, reqRules: requests?.map((step) => step._rule()), respRules: answers?.map((step) => step._rule()) });
  return pluginData('transformer', config, { mistakes, notices });
}
