import { Size } from 'cdk8s';
import { Engine, Model } from '../../src/model';
import { ProviderGateway } from '../../src/provider';
import { itRenders } from './pattern';

itRenders({
  name: 'gemma-3-1b',
  model: (platform) => ({
    provider: ProviderGateway.kaito(platform, 'kaito'),
    model: Model.huggingFace('google/gemma-3-1b-it-qat-q8_0-gguf'),
    modelName: 'gemma-3-1b',
    engine: Engine.llamaCpp(),
    image: 'ghcr.io/kaito-project/aikit/llama-cpp:v0.20.2',
    resources: { cpu: '4', memory: Size.gibibytes(8) },
  }),
});
