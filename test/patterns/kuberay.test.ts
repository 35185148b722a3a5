import { Engine, Model } from '../../src/model';
import { ProviderGateway } from '../../src/provider';
import { itRenders } from './pattern';

itRenders({
  name: 'qwen3-32b',
  model: (platform) => ({
    provider: ProviderGateway.kuberay(platform, 'kuberay'),
    model: Model.huggingFace('Qwen/Qwen3-32B', { servedName: 'qwen3-32b' }),
    engine: Engine.vllm({ args: { 'tensor-parallel-size': '4' } }),
    resources: { gpus: 4 },
  }),
});
