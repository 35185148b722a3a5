import { compact, Mistake } from '../../core';
import type { SecretText } from '../secret-text';
import { checkDistinct, checkText, missing, notice, wrong } from './checks';
import { PluginData, pluginData } from './plugin-data';

/** Who may call, and with which key. */
export interface KeyAuthConsumer {
  /** Name of the consumer; later plugins read it from the header `x-mse-consumer`. */
  readonly name: string;
  /**
   * The key it sends, which is compared with the whole value: clients of the OpenAI API send `Bearer <key>` in `Authorization`, so that is
   * `SecretText.fromSecret('keys', 'team-a').withPrefix('Bearer ')`.
   */
  readonly credential: SecretText;
}

/** Options of the plugin `key-auth`. */
export interface KeyAuthOptions {
  /** Who may call. One or more; each has a key of its own. */
  readonly consumers: KeyAuthConsumer[];

  /**
   * Names of the headers or query parameters that hold the key. A request with more than one of them is refused.
   *
   * @default - `Authorization`
   */
  readonly keys?: string[];

  /**
   * Whether the key is in a header.
   *
   * @default - true, unless `inQuery` is
   */
  readonly inHeader?: boolean;

  /**
   * Whether the key is in the query, where access logs show it. The plugin does not look there when `inHeader` is true.
   *
   * @default - absent, which means false
   */
  readonly inQuery?: boolean;

  /**
   * Whether requests that no match rule matches need a key: true, all of them; false, none. Not given, they need one until a match rule
   * exists, and none from then on.
   *
   * @default true
   */
  readonly globalAuth?: boolean;
}

/** The global configuration. */
export function keyAuth(options: KeyAuthOptions): PluginData {
  const { consumers, inQuery, inHeader = !inQuery, globalAuth = true } = options;
  const keys = options.keys ?? ['Authorization'];
  const mistakes: Mistake[] = [
    ...(consumers.length === 0 ? [missing('consumers', 'list who may call', 'is empty')] : []),
    ...consumers.flatMap(({ name }, index) => checkText(`consumers[${index}].name`, name)),
    ...checkDistinct('consumers', consumers.map(({ name }) => name)),
    ...checkDistinctKeys(consumers),
    ...(keys.length === 0 ? [missing('keys', 'name the header that holds the key', 'is empty')] : []),
    ...keys.flatMap((key, index) => checkText(`keys[${index}]`, key)),
    ...(inHeader || inQuery ? [] : [wrong('in_header', inHeader, 'leaves no place for the key', 'set `inHeader` or `inQuery`')]),
  ];
  const ofQuery = inHeader && inQuery ? [notice('in_query', 'has no effect: the plugin looks in headers only when `in_header` is true', 'set one of the two')] : [];
  const notices = globalAuth ? ofQuery : [...ofQuery, notice('global_auth', 'lets every request pass that no match rule matches', 'add match rules with HigressPlugin.keyAuthRule')];
  return pluginData('key-auth', compact({ global_auth: globalAuth, keys, in_header: inHeader, in_query: inQuery, consumers }), { mistakes, notices });
}

/** The configuration of a match rule, which inherits the rest. */
export function keyAuthRule(allow: readonly string[]): PluginData {
  const mistakes = [
    ...(allow.length === 0 ? [missing('allow', 'name the consumers that may call', 'is empty')] : []),
    ...allow.flatMap((name, index) => checkText(`allow[${index}]`, name)),
  ];
  return pluginData('key-auth', { allow: [...allow] }, { mistakes });
}

function checkDistinctKeys(consumers: readonly KeyAuthConsumer[]): Mistake[] {
  const texts = consumers.map(({ credential }) => credential._text);
  return consumers.flatMap(({ name }, index) => texts.indexOf(texts[index]) < index
    ? [wrong(`consumers[${index}].credential`, name, `has the key of ${consumers[texts.indexOf(texts[index])].name}, which the plugin refuses`, 'give each consumer a key of its own')]
    : []);
}
