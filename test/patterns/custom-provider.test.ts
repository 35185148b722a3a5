import { Engine, Model } from '../../src/model';
import { EngineType } from '../../src/plan';
import { ProviderGateway } from '../../src/provider';
import { itRenders } from './pattern';

itRenders({
  name: 'qwen3',
  model: (platform) => ({
    provider: new ProviderGateway(platform, 'acme', {
      engines: [{
        name: EngineType.VLLM,
        gpuSupport: true,
        gateway: { managesInferencePool: true, inferencePoolNamePattern: '{namespace}-{name}-pool', inferencePoolNamespace: 'acme-system' },
      }],
    }),
    model: Model.huggingFace('Qwen/Qwen3-0.6B', { servedName: 'qwen3' }),
    engine: Engine.vllm(),
    endpointPickerService: { name: 'acme-epp' },
  }),
});
