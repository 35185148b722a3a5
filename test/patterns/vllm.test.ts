import { Size } from 'cdk8s';
import { Engine, Model } from '../../src/model';
import { ProviderGateway } from '../../src/provider';
import { itRenders } from './pattern';

itRenders({
  name: 'qwen3',
  model: (platform) => ({
    provider: ProviderGateway.vllm(platform, 'vllm'),
    model: Model.huggingFace('Qwen/Qwen3-0.6B', { servedName: 'qwen3' }),
    engine: Engine.vllm({ contextLength: 8192 }),
    resources: { gpus: 2, memory: Size.gibibytes(32) },
    huggingFaceTokenSecretName: 'hf-token',
  }),
});
