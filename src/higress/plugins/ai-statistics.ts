import { compact, Mistake } from '../../core';
import { checkDistinct, checkText, checkWhole, missing, notice } from './checks';
import { PluginData, pluginData } from './plugin-data';

/** Where the value of an attribute comes from. */
export enum StatisticsSource {
  FIXED_VALUE = 'fixed_value',
  REQUEST_HEADER = 'request_header',
  REQUEST_BODY = 'request_body',
  RESPONSE_HEADER = 'response_header',
  RESPONSE_BODY = 'response_body',
  RESPONSE_STREAMING_BODY = 'response_streaming_body',
}

/** Which of several values of a streamed answer counts. */
export enum StatisticsRule {
  FIRST = 'first',
  REPLACE = 'replace',
  APPEND = 'append',
}

/** An attribute of requests in logs, traces and metrics. */
export interface StatisticsAttribute {
  /** Its name. Names that the plugin knows, `question` and `answer` for two, need no source. */
  readonly key: string;

  /**
   * Where its value comes from.
   *
   * @default - absent, for names that the plugin knows
   */
  readonly valueSource?: StatisticsSource;

  /**
   * The value, the name of the header, or the path in the body.
   *
   * @default - absent, for names that the plugin knows
   */
  readonly value?: string;

  /**
   * Name in traces.
   *
   * @default - the key
   */
  readonly traceSpanKey?: string;

  /**
   * Value when there is none.
   *
   * @default - none
   */
  readonly defaultValue?: string;

  /**
   * Which value counts, for RESPONSE_STREAMING_BODY.
   *
   * @default - FIRST
   */
  readonly rule?: StatisticsRule;

  /**
   * Whether it is logged.
   *
   * @default - absent, which means false
   */
  readonly applyToLog?: boolean;

  /**
   * Whether it is in traces.
   *
   * @default - absent, which means false
   */
  readonly applyToSpan?: boolean;

  /**
   * Whether it has a field of its own in logs.
   *
   * @default - absent, which means false
   */
  readonly asSeparateLogField?: boolean;
}

/** Options of the plugin `ai-statistics`. */
export interface AiStatisticsOptions {
  /**
   * Attributes beside the numbers of tokens and the times, which it always counts.
   *
   * @default - none
   */
  readonly attributes?: StatisticsAttribute[];

  /**
   * Adds the plugin's own list of attributes: questions, answers and reasoning are logged.
   *
   * @default - absent, which means false
   */
  readonly useDefaultAttributes?: boolean;

  /**
   * Adds the plugin's own list without questions and answers, so that answers need not be buffered.
   *
   * @default - absent, which means false
   */
  readonly useDefaultResponseAttributes?: boolean;

  /**
   * Longest value, in characters.
   *
   * @default - 4000; 10485760 with `useDefaultAttributes`
   */
  readonly valueLengthLimit?: number;

  /**
   * Does not read numbers of tokens as the OpenAI API gives them.
   *
   * @default - absent, which means false
   */
  readonly disableOpenaiUsage?: boolean;

  /**
   * Ends of paths that are counted; `*` for all.
   *
   * @default - absent: all, or the usual paths with one of the plugin's own lists
   */
  readonly enablePathSuffixes?: string[];

  /**
   * Content types of answers that are read.
   *
   * @default - absent: all, or JSON and event streams with one of the plugin's own lists
   */
  readonly enableContentTypes?: string[];

  /**
   * Header that names the session.
   *
   * @default - absent
   */
  readonly sessionIdHeader?: string;
}

export function aiStatistics(options: AiStatisticsOptions): PluginData {
  const { attributes = [] } = options;
  const mistakes: Mistake[] = [
    ...attributes.flatMap(({ key, valueSource, value }, index) => [
      ...checkText(`attributes[${index}].key`, key),
      ...(valueSource !== undefined && value === undefined ? [missing(`attributes[${index}].value`, 'say which value of the source is meant')] : []),
    ]),
    ...checkDistinct('attributes', attributes.map(({ key, valueSource, value }) => JSON.stringify([key, valueSource, value]))),
    ...checkWhole('value_length_limit', options.valueLengthLimit, 1),
  ];
  const notices = attributes.flatMap(({ rule, valueSource, applyToLog, applyToSpan }, index) => [
    ...(rule !== undefined && valueSource !== StatisticsSource.RESPONSE_STREAMING_BODY
      ? [notice(`attributes[${index}].rule`, 'has no effect: only streamed answers have several values', 'remove it')] : []),
    ...(applyToLog || applyToSpan ? [] : [notice(`attributes[${index}]`, 'is neither logged nor traced', 'set `applyToLog` or `applyToSpan`')]),
  ]);
  return pluginData('ai-statistics', compact({
    attributes: options.attributes?.map((attribute) => compact({
      key: attribute.key,
      value_source: attribute.valueSource,
      value: attribute.value,
      trace_span_key: attribute.traceSpanKey,
      default_value: attribute.defaultValue,
      rule: attribute.rule,
      apply_to_log: attribute.applyToLog,
      apply_to_span: attribute.applyToSpan,
      as_separate_log_field: attribute.asSeparateLogField,
    })),
    use_default_attributes: options.useDefaultAttributes,
    use_default_response_attributes: options.useDefaultResponseAttributes,
    value_length_limit: options.valueLengthLimit,
    disable_openai_usage: options.disableOpenaiUsage,
    enable_path_suffixes: options.enablePathSuffixes,
    enable_content_types: options.enableContentTypes,
    session_id_header: options.sessionIdHeader,
  }), { mistakes, notices });
}
