/**
 * Host names of the providers that need no address, by their type in ai-proxy.
 *
 * Source: gpustack/gpustack gpustack/schemas/model_provider.py.
 */
export const PROVIDER_HOSTS: Readonly<Record<string, string>> = {
  'ai360': 'api.360.cn',
  'baichuan': 'api.baichuan-ai.com',
  'baidu': 'qianfan.baidubce.com',
  'claude': 'api.anthropic.com',
  'cloudflare': 'api.cloudflare.com',
  'cohere': 'api.cohere.com',
  'coze': 'api.coze.cn',
  'deepl': 'api-free.deepl.com',
  'deepseek': 'api.deepseek.com',
  'dify': 'api.dify.ai',
  'doubao': 'ark.cn-beijing.volces.com',
  'fireworks': 'api.fireworks.ai',
  'galadriel': 'api.galadriel.com',
  'gemini': 'generativelanguage.googleapis.com',
  'github': 'models.inference.ai.azure.com',
  'grok': 'api.x.ai',
  'groq': 'api.groq.com',
  'hunyuan': 'hunyuan.tencentcloudapi.com',
  'longcat': 'api.longcat.chat',
  'minimax': 'api.minimax.chat',
  'mistral': 'api.mistral.ai',
  'moonshot': 'api.moonshot.cn',
  'openai': 'api.openai.com',
  'openrouter': 'openrouter.ai',
  'qwen': 'dashscope.aliyuncs.com',
  'spark': 'spark-api-open.xf-yun.com',
  'stepfun': 'api.stepfun.com',
  'together-ai': 'api.together.xyz',
  'yi': 'api.lingyiwanwu.com',
  'zhipuai': 'open.bigmodel.cn',
};
