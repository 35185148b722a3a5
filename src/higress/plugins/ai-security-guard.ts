import type { Duration } from 'cdk8s';
import { compact, isMap, Mistake } from '../../core';
import type { SecretText } from '../secret-text';
import { checkPort, checkService, checkStatus, checkText, checkWhole, milliseconds, notice, wrong } from './checks';
import { PluginData, pluginData } from './plugin-data';

/** From which risk on a request or an answer is blocked. */
export enum GuardLevel {
  /** Nothing is blocked. */
  MAX = 'max',
  HIGH = 'high',
  MEDIUM = 'medium',
  LOW = 'low',
}

/** From which kind of personal data on a request or an answer is blocked. */
export enum SensitiveDataLevel {
  /** Nothing is blocked. */
  S4 = 'S4',
  S3 = 'S3',
  S2 = 'S2',
  S1 = 'S1',
}

/** What happens to text that is risky. */
export enum GuardAction {
  BLOCK = 'block',
  MASK = 'mask',
}

/** Options of the plugin `ai-security-guard`, which asks Alibaba Cloud's content moderation. */
export interface AiSecurityGuardOptions {
  /** Name of the service, as `ServiceRegistry.serviceName` gives it: `green.dns`. */
  readonly serviceName: string;
  /** Port of the service. */
  readonly servicePort: number;
  /** Host name of the service: `green-cip.cn-shanghai.aliyuncs.com`. */
  readonly serviceHost: string;
  /** Access key. */
  readonly accessKey: SecretText;
  /** Secret key. */
  readonly secretKey: SecretText;

  /**
   * Token of temporary keys.
   *
   * @default - none
   */
  readonly securityToken?: SecretText;

  /**
   * Action of the service.
   *
   * @default - `TextModerationPlus`
   */
  readonly action?: string;

  /**
   * Whether requests are checked.
   *
   * @default true
   */
  readonly checkRequest?: boolean;

  /**
   * Whether answers are checked.
   *
   * @default true
   */
  readonly checkResponse?: boolean;

  /**
   * Service that checks requests.
   *
   * @default - `llm_query_moderation`
   */
  readonly requestCheckService?: string;

  /**
   * Service that checks answers.
   *
   * @default - `llm_response_moderation`
   */
  readonly responseCheckService?: string;

  /**
   * What happens to risky text. Modules built of Higress 2.2.1 and before do not read it, and block.
   *
   * @default - BLOCK
   */
  readonly riskAction?: GuardAction;

  /**
   * From which risk of content on text is blocked.
   *
   * @default - MAX
   */
  readonly contentModerationLevel?: GuardLevel;

  /**
   * From which risk of an attack on text is blocked.
   *
   * @default - MAX
   */
  readonly promptAttackLevel?: GuardLevel;

  /**
   * From which kind of personal data on text is blocked.
   *
   * @default - S4
   */
  readonly sensitiveDataLevel?: SensitiveDataLevel;

  /**
   * From which risk of links on text is blocked.
   *
   * @default - MAX
   */
  readonly maliciousUrlLevel?: GuardLevel;

  /**
   * From which risk of made-up content on text is blocked.
   *
   * @default - MAX
   */
  readonly modelHallucinationLevel?: GuardLevel;

  /**
   * Status of the answer in place of a blocked one.
   *
   * @default - 200
   */
  readonly denyCode?: number;

  /**
   * Text of that answer.
   *
   * @default - what the service suggests
   */
  readonly denyMessage?: string;

  /**
   * How long a check may take.
   *
   * @default - 2 seconds
   */
  readonly timeout?: Duration;

  /**
   * How many characters are checked at a time.
   *
   * @default - 1000
   */
  readonly bufferLimit?: number;

  /**
   * Fields of the plugin that are not listed here, by their own names.
   *
   * @default - none
   */
  readonly otherFields?: any;
}

export function aiSecurityGuard(options: AiSecurityGuardOptions): PluginData {
  const { checkRequest = true, checkResponse = true, otherFields } = options;
  const mistakes: Mistake[] = [
    ...checkService('serviceName', options.serviceName),
    ...checkPort('servicePort', options.servicePort),
    ...checkText('serviceHost', options.serviceHost),
    ...checkStatus('denyCode', options.denyCode),
    ...checkWhole('bufferLimit', options.bufferLimit, 1),
  ];
  if (otherFields !== undefined && !isMap(otherFields)) mistakes.push(wrong('otherFields', otherFields, 'is not an object', 'write the fields by their names'));
  const notices = checkRequest || checkResponse ? [] : [notice('checkRequest', 'and `checkResponse` are false, so nothing is checked', 'set one of them')];
  return pluginData('ai-security-guard', compact({
    serviceName: options.serviceName,
    servicePort: options.servicePort,
    serviceHost: options.serviceHost,
    accessKey: options.accessKey,
    secretKey: options.secretKey,
    securityToken: options.securityToken,
    action: options.action,
    checkRequest,
    checkResponse,
    requestCheckService: options.requestCheckService,
    responseCheckService: options.responseCheckService,
    riskAction: options.riskAction,
    contentModerationLevelBar: options.contentModerationLevel,
    promptAttackLevelBar: options.promptAttackLevel,
    sensitiveDataLevelBar: options.sensitiveDataLevel,
    maliciousUrlLevelBar: options.maliciousUrlLevel,
    modelHallucinationLevelBar: options.modelHallucinationLevel,
    denyCode: options.denyCode,
    denyMessage: options.denyMessage,
    timeout: milliseconds(options.timeout),
    bufferLimit: options.bufferLimit,
    ...otherFields,
  }), { mistakes, notices });
}
