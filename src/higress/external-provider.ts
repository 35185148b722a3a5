import type { Mistake } from '../core';
import { PROVIDER_HOSTS } from './model-route/provider-hosts';
import type { SecretText } from './secret-text';
import { checkExternalProvider } from './validation/check-external-provider';

/** Providers that are one service for everybody, which needs nothing but a token. */
export enum ExternalProviderType {
  AI360 = 'ai360',
  BAICHUAN = 'baichuan',
  BAIDU = 'baidu',
  COHERE = 'cohere',
  COZE = 'coze',
  DEEPSEEK = 'deepseek',
  FIREWORKS = 'fireworks',
  /** GPUStack offers it, and ai-proxy of Higress does not know it: a warning (IGW767). */
  GALADRIEL = 'galadriel',
  GITHUB = 'github',
  GROK = 'grok',
  GROQ = 'groq',
  LONGCAT = 'longcat',
  MISTRAL = 'mistral',
  MOONSHOT = 'moonshot',
  OPENROUTER = 'openrouter',
  SPARK = 'spark',
  STEPFUN = 'stepfun',
  TOGETHER_AI = 'together-ai',
  YI = 'yi',
  ZHIPUAI = 'zhipuai',
}

/** Access to Amazon Bedrock. */
export interface BedrockProviderOptions {
  /** Region, `us-east-1` for example. */
  readonly region: string;
  /** Access key. */
  readonly accessKey: SecretText;
  /** Secret key. */
  readonly secretKey: SecretText;
}

/** A provider that is told where it is, in the words of ai-proxy. */
export interface CustomProviderOptions {
  /** URL of the service: scheme, host and port are used. */
  readonly url: string;

  /**
   * Fields of the provider in ai-proxy, beside `id`, `type`, `apiTokens`, `failover` and `retryOnFailure`. A `SecretText` may stand wherever
   * text may.
   *
   * @default - none
   */
  readonly config?: any;
}

/**
 * A service that has models and is not of the cluster, as ai-proxy of Higress knows it: its type, where it is, and the type's own fields.
 *
 * Source: gpustack/gpustack gpustack/schemas/model_provider.py, gpustack/gateway/ai_proxy_types.py; alibaba/higress
 * plugins/wasm-go/extensions/ai-proxy.
 */
export class ExternalProvider {
  /**
   * OpenAI, or whatever speaks its API.
   *
   * @param url base URL of another service, with the path that stands before `/chat/completions`
   */
  public static openai(url?: string): ExternalProvider {
    return new ExternalProvider('openai', url ?? urlOf('openai'), url === undefined ? {} : { openaiCustomUrl: url });
  }

  /**
   * Anthropic, or whatever speaks its API.
   *
   * @param url base URL of another service, with the path that stands before `/v1/messages`
   */
  public static claude(url?: string): ExternalProvider {
    return new ExternalProvider('claude', url ?? urlOf('claude'), { claudeVersion: '2023-06-01', ...(url === undefined ? {} : domainAndPath(url)) });
  }

  /** Azure OpenAI: the whole URL of a deployment, with its `api-version`. */
  public static azure(serviceUrl: string): ExternalProvider {
    return new ExternalProvider('azure', serviceUrl, { azureServiceUrl: serviceUrl });
  }

  /** Amazon Bedrock. It takes no tokens. */
  public static bedrock(options: BedrockProviderOptions): ExternalProvider {
    const { region, accessKey, secretKey } = options;
    return new ExternalProvider('bedrock', `https://bedrock-runtime.${region}.amazonaws.com`, {
      awsRegion: region, awsAccessKey: accessKey, awsSecretKey: secretKey,
    });
  }

  /** Cloudflare Workers AI. */
  public static cloudflare(accountId: string): ExternalProvider {
    return new ExternalProvider('cloudflare', urlOf('cloudflare'), { cloudflareAccountId: accountId });
  }

  /** DeepL: the language that texts are translated to. */
  public static deepl(targetLanguage: string): ExternalProvider {
    return new ExternalProvider('deepl', urlOf('deepl'), { targetLang: targetLanguage });
  }

  /**
   * Dify.
   *
   * @param url URL of one's own installation
   */
  public static dify(url?: string): ExternalProvider {
    return new ExternalProvider('dify', url ?? urlOf('dify'), url === undefined ? {} : { difyApiUrl: url });
  }

  /**
   * Doubao.
   *
   * @param domain another domain of the service
   */
  public static doubao(domain?: string): ExternalProvider {
    return new ExternalProvider('doubao', domain === undefined ? urlOf('doubao') : `https://${domain}`, domain === undefined ? {} : { doubaoDomain: domain });
  }

  /**
   * Google Gemini.
   *
   * @param apiVersion version of its API, v1beta when it is not given
   */
  public static gemini(apiVersion: string = 'v1beta'): ExternalProvider {
    return new ExternalProvider('gemini', urlOf('gemini'), { apiVersion });
  }

  /** Tencent Hunyuan. */
  public static hunyuan(authId: SecretText, authKey: SecretText): ExternalProvider {
    return new ExternalProvider('hunyuan', urlOf('hunyuan'), { hunyuanAuthId: authId, hunyuanAuthKey: authKey });
  }

  /**
   * MiniMax.
   *
   * @param groupId the group, which version `pro` of its API needs
   */
  public static minimax(groupId?: string): ExternalProvider {
    return new ExternalProvider('minimax', urlOf('minimax'), {
      minimaxApiType: groupId === undefined ? 'v2' : 'pro', ...(groupId === undefined ? {} : { minimaxGroupId: groupId }),
    });
  }

  /** Ollama, over HTTP. */
  public static ollama(host: string, port: number = 11434): ExternalProvider {
    return new ExternalProvider('ollama', `http://${host}:${port}`, { ollamaServerHost: host, ollamaServerPort: port });
  }

  /** Qwen of Alibaba Cloud, by its API that is compatible with OpenAI's. */
  public static qwen(): ExternalProvider {
    return new ExternalProvider('qwen', urlOf('qwen'), { qwenEnableCompatible: true });
  }

  /**
   * Triton.
   *
   * @param domain its domain, reached by HTTPS
   */
  public static triton(domain: string): ExternalProvider {
    return new ExternalProvider('triton', `https://${domain}`, { tritonDomain: domain });
  }

  /** A provider that needs nothing but a token. */
  public static hosted(type: ExternalProviderType): ExternalProvider {
    return new ExternalProvider(type, urlOf(type), {});
  }

  /** Any other type of ai-proxy, and any known one with other fields. */
  public static of(type: string, options: CustomProviderOptions): ExternalProvider {
    return new ExternalProvider(type, options.url, options.config ?? {});
  }

  /** Type of the provider in ai-proxy. */
  public readonly type: string;
  /** Where it is. */
  public readonly url: string;
  /** @internal */
  public readonly _config: Record<string, unknown>;

  private constructor(type: string, url: string, config: Record<string, unknown>) {
    this.type = type;
    this.url = url;
    this._config = config;
  }

  /** @internal */
  public _mistakes(field: string): Mistake[] {
    return checkExternalProvider(field, this);
  }
}

function urlOf(type: string): string {
  return `https://${PROVIDER_HOSTS[type]}`;
}

/** ai-proxy has no URL of its own for this type, only what goes before all others. */
function domainAndPath(url: string): Record<string, string> {
  if (!URL.canParse(url)) return {};
  const [, authority, path = ''] = /^[a-z]+:\/\/([^/?#]*)([^?#]*)/i.exec(url) ?? [];
  const basePath = path.replace(/\/+$/, '');
  return { providerDomain: authority ?? '', ...(basePath === '' ? {} : { providerBasePath: basePath }) };
}
