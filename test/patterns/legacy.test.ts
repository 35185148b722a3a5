import { AirunwayApi } from '../../src/core';
import { Engine, Model } from '../../src/model';
import { ProviderGateway } from '../../src/provider';
import { itRenders } from './pattern';

const airunwayApi = AirunwayApi.KUBEAIRUNWAY;

itRenders({
  name: 'qwen3',
  airunwayApi,
  model: (platform) => ({
    provider: ProviderGateway.vllm(platform, 'vllm', { airunwayApi }),
    model: Model.huggingFace('Qwen/Qwen3-0.6B', { servedName: 'qwen3' }),
    engine: Engine.vllm(),
  }),
});
