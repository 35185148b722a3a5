import { compact, Mistake } from '../../core';
import { checkRe2, checkText, missing, wrong } from './checks';
import { PluginData, pluginData } from './plugin-data';

/** A message of a conversation. */
export interface PromptMessage {
  /** Who says it: `system`, `user`, `assistant`. */
  readonly role: string;
  /** What is said. `${geo-country}` and its like are replaced where the plugin `geo-ip` runs. */
  readonly content: string;
}

/** Text of messages that is replaced. */
export interface PromptReplacement {
  /** The text, or a regular expression (RE2) with `regex`. */
  readonly pattern: string;
  /** What takes its place; `$1` is the first group of a regular expression. */
  readonly replacement: string;

  /**
   * Role of the messages that are changed.
   *
   * @default - any
   */
  readonly onRole?: string;

  /**
   * Whether the pattern is a regular expression.
   *
   * @default - absent, which means false
   */
  readonly regex?: boolean;
}

/** Options of the plugin `ai-prompt-decorator`. */
export interface AiPromptDecoratorOptions {
  /**
   * Messages before those of the request.
   *
   * @default - none
   */
  readonly prepend?: PromptMessage[];

  /**
   * Messages after those of the request.
   *
   * @default - none
   */
  readonly append?: PromptMessage[];

  /**
   * Text that is replaced.
   *
   * @default - none
   */
  readonly replace?: PromptReplacement[];
}

export function aiPromptDecorator({ prepend, append, replace }: AiPromptDecoratorOptions): PluginData {
  const mistakes: Mistake[] = [...checkMessages('prepend', prepend), ...checkMessages('append', append)];
  replace?.forEach(({ pattern, regex }, index) => {
    mistakes.push(...checkText(`replace[${index}].pattern`, pattern), ...(regex ? checkRe2(`replace[${index}].pattern`, pattern) : []));
  });
  if (!prepend?.length && !append?.length && !replace?.length) mistakes.push(missing('prepend', 'set `prepend`, `append` or `replace`', 'is empty, and so is the rest'));
  return pluginData('ai-prompt-decorator', compact({
    prepend,
    append,
    replace: replace?.map(({ onRole, pattern, replacement, regex }) => compact({ on_role: onRole, pattern, replacement, regex })),
  }), { mistakes });
}

const ROLES = ['system', 'developer', 'user', 'assistant', 'tool'];

function checkMessages(field: string, messages: readonly PromptMessage[] = []): Mistake[] {
  return messages.flatMap(({ role }, index) => ROLES.includes(role) ? [] : [
    wrong(`${field}[${index}].role`, role, 'is not a role', 'set `role` to one of them', ROLES.join(', ')),
  ]);
}
