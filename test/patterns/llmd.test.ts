import { Engine, Model } from '../../src/model';
import { ProviderGateway } from '../../src/provider';
import { itRenders } from './pattern';

itRenders({
  name: 'qwen3',
  model: (platform) => ({
    provider: ProviderGateway.llmd(platform, 'llmd'), model: Model.huggingFace('Qwen/Qwen3-0.6B', { servedName: 'qwen3' }), engine: Engine.vllm(),
  }),
});
