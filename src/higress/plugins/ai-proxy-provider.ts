import type { Duration } from 'cdk8s';
import type { SecretText } from '../secret-text';

/** The kinds of model servers that `ai-proxy` 2.0 speaks with. */
export enum AiProviderType {
  AI360 = 'ai360',
  AZURE = 'azure',
  BAICHUAN = 'baichuan',
  BAIDU = 'baidu',
  BEDROCK = 'bedrock',
  CLAUDE = 'claude',
  CLOUDFLARE = 'cloudflare',
  COHERE = 'cohere',
  COZE = 'coze',
  DEEPL = 'deepl',
  DEEPSEEK = 'deepseek',
  DIFY = 'dify',
  DOUBAO = 'doubao',
  FIREWORKS = 'fireworks',
  GEMINI = 'gemini',
  GENERIC = 'generic',
  GITHUB = 'github',
  GROK = 'grok',
  GROQ = 'groq',
  HUNYUAN = 'hunyuan',
  LONGCAT = 'longcat',
  MINIMAX = 'minimax',
  MISTRAL = 'mistral',
  MOONSHOT = 'moonshot',
  OLLAMA = 'ollama',
  OPENAI = 'openai',
  OPENROUTER = 'openrouter',
  QWEN = 'qwen',
  SPARK = 'spark',
  STEPFUN = 'stepfun',
  TOGETHER_AI = 'together-ai',
  TRITON = 'triton',
  VERTEX = 'vertex',
  VLLM = 'vllm',
  YI = 'yi',
  ZHIPUAI = 'zhipuai',
}

/** Whether requests are translated for the model server. */
export enum AiProtocol {
  /** Clients speak the OpenAI API, and requests are translated. */
  OPENAI = 'openai',
  /** Requests go on as they are. */
  ORIGINAL = 'original',
}

/** What becomes of a model's reasoning. */
export enum ReasoningContentMode {
  PASS_THROUGH = 'passthrough',
  IGNORE = 'ignore',
  CONCAT = 'concat',
}

/** What `basePath` does. */
export enum BasePathHandling {
  REMOVE_PREFIX = 'removePrefix',
  PREPEND = 'prepend',
}

/** Takes tokens out of use that fail, until they work again. */
export interface AiProviderFailover {
  /** Whether it does. */
  readonly enabled: boolean;

  /**
   * Model that tokens are tried with. Required when it is enabled.
   *
   * @default - none
   */
  readonly healthCheckModel?: string;

  /**
   * Failures in a row before a token is taken out.
   *
   * @default - 3
   */
  readonly failureThreshold?: number;

  /**
   * Successes in a row before it comes back.
   *
   * @default - 1
   */
  readonly successThreshold?: number;

  /**
   * How often it is tried.
   *
   * @default - 5 seconds
   */
  readonly healthCheckInterval?: Duration;

  /**
   * How long a try may take.
   *
   * @default - 10 seconds
   */
  readonly healthCheckTimeout?: Duration;

  /**
   * Statuses that count as failures, as regular expressions.
   *
   * @default - `4.*` and `5.*`
   */
  readonly failoverOnStatus?: string[];
}

/** Sends a request again with another token when it fails. */
export interface AiProviderRetry {
  /** Whether it does. */
  readonly enabled: boolean;

  /**
   * How often.
   *
   * @default - once
   */
  readonly maxRetries?: number;

  /**
   * How long all tries may take.
   *
   * @default - 60 seconds
   */
  readonly retryTimeout?: Duration;

  /**
   * Statuses that count as failures, as regular expressions.
   *
   * @default - `4.*` and `5.*`
   */
  readonly retryOnStatus?: string[];
}

/** A field that requests are given. */
export interface AiProviderCustomSetting {
  /** Name of the field. */
  readonly name: string;
  /** Its value. */
  readonly value: any;

  /**
   * `auto` translates the name for the model server, `raw` does not.
   *
   * @default - absent, which means `auto`
   */
  readonly mode?: string;

  /**
   * Whether a value that the request has is replaced.
   *
   * @default - absent, which means true
   */
  readonly overwrite?: boolean;
}

/** A model server, or a service with models. */
export interface AiProvider {
  /** Id that `activeProviderId` refers to. */
  readonly id: string;

  /** What it speaks. */
  readonly type: AiProviderType;

  /**
   * Tokens; one is chosen at random for each request. Most kinds need one.
   *
   * @default - none
   */
  readonly apiTokens?: SecretText[];

  /**
   * How long requests may take.
   *
   * @default - 2 minutes
   */
  readonly timeout?: Duration;

  /**
   * How long the first byte of a streamed answer may take.
   *
   * @default - none
   */
  readonly firstByteTimeout?: Duration;

  /**
   * Names of models, and what the model server calls them. A name may end with `*`; `*` alone is for all others. A name that begins with
   * `~` is a regular expression.
   *
   * @default - none
   */
  readonly modelMapping?: Record<string, string>;

  /**
   * Whether requests are translated.
   *
   * @default - absent, which means OPENAI
   */
  readonly protocol?: AiProtocol;

  /**
   * Takes tokens out of use that fail.
   *
   * @default - it does not
   */
  readonly failover?: AiProviderFailover;

  /**
   * Sends requests again that fail.
   *
   * @default - it does not
   */
  readonly retryOnFailure?: AiProviderRetry;

  /**
   * Fields that requests are given.
   *
   * @default - none
   */
  readonly customSettings?: AiProviderCustomSetting[];

  /**
   * Paths of the model server by what they do: `openai/v1/chatcompletions` and its path.
   *
   * @default - those of the kind
   */
  readonly capabilities?: Record<string, string>;

  /**
   * What becomes of reasoning.
   *
   * @default - absent, which means PASS_THROUGH
   */
  readonly reasoningContentMode?: ReasoningContentMode;

  /**
   * Path before the API's own.
   *
   * @default - none
   */
  readonly basePath?: string;

  /**
   * What `basePath` does. Needs one.
   *
   * @default - absent, which means REMOVE_PREFIX
   */
  readonly basePathHandling?: BasePathHandling;

  /**
   * Host, and port, that takes the place of the service's own.
   *
   * @default - that of the kind
   */
  readonly providerDomain?: string;

  /**
   * Path that is put before those of requests.
   *
   * @default - none
   */
  readonly providerBasePath?: string;

  /**
   * Base URL of a server that speaks the OpenAI API, for OPENAI.
   *
   * @default - OpenAI's own
   */
  readonly openaiCustomUrl?: string;

  /**
   * URL of the deployment, with `api-version` in its query, for AZURE. Required there.
   *
   * @default - none
   */
  readonly azureServiceUrl?: string;

  /**
   * Version of the API, for CLAUDE.
   *
   * @default - `2023-06-01`
   */
  readonly claudeVersion?: string;

  /**
   * Version of the API, for GEMINI.
   *
   * @default - `v1beta`
   */
  readonly apiVersion?: string;

  /**
   * Host name, for OLLAMA. Required there.
   *
   * @default - none
   */
  readonly ollamaServerHost?: string;

  /**
   * Port, for OLLAMA. Required there.
   *
   * @default - none
   */
  readonly ollamaServerPort?: number;

  /**
   * Host name, for VLLM.
   *
   * @default - that of the service
   */
  readonly vllmServerHost?: string;

  /**
   * Base URL, for VLLM.
   *
   * @default - none
   */
  readonly vllmCustomUrl?: string;

  /**
   * Host name, for GENERIC.
   *
   * @default - that of the service
   */
  readonly genericHost?: string;

  /**
   * Whether models search the web, for QWEN.
   *
   * @default - absent, which means false
   */
  readonly qwenEnableSearch?: boolean;

  /**
   * Whether the OpenAI-compatible API is used, for QWEN.
   *
   * @default - absent, which means false
   */
  readonly qwenEnableCompatible?: boolean;

  /**
   * Region, for BEDROCK. Required there.
   *
   * @default - none
   */
  readonly awsRegion?: string;

  /**
   * Access key, for BEDROCK without tokens.
   *
   * @default - none
   */
  readonly awsAccessKey?: SecretText;

  /**
   * Secret key, for BEDROCK without tokens.
   *
   * @default - none
   */
  readonly awsSecretKey?: SecretText;

  /**
   * Key of a service account as JSON, for VERTEX without tokens.
   *
   * @default - none
   */
  readonly vertexAuthKey?: SecretText;

  /**
   * Region, for VERTEX without tokens.
   *
   * @default - none
   */
  readonly vertexRegion?: string;

  /**
   * Project, for VERTEX without tokens.
   *
   * @default - none
   */
  readonly vertexProjectId?: string;

  /**
   * Service that gives access tokens, for VERTEX without tokens.
   *
   * @default - none
   */
  readonly vertexAuthServiceName?: string;

  /**
   * Language, for DEEPL. Required there.
   *
   * @default - none
   */
  readonly targetLang?: string;

  /**
   * Fields of the plugin that are not listed here, `hunyuanAuthId` for one, by their own names. A `SecretText` may stand wherever text may.
   *
   * @default - none
   */
  readonly otherFields?: any;
}
