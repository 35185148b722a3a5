import { Engine, Model } from '../../src/model';
import { ProviderGateway } from '../../src/provider';
import { itRenders } from './pattern';

itRenders({
  name: 'phi-4-mini',
  model: (platform) => ({
    provider: ProviderGateway.kaito(platform, 'kaito'),
    model: Model.huggingFace('phi-4-mini-instruct'),
    engine: Engine.vllm(),
    resources: { gpus: 1 },
  }),
});
