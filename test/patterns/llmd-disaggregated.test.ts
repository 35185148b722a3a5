import { Size } from 'cdk8s';
import { Engine, Model, Serving } from '../../src/model';
import { ProviderGateway } from '../../src/provider';
import { itRenders } from './pattern';

itRenders({
  name: 'llama-70b',
  model: (platform) => ({
    provider: ProviderGateway.llmd(platform, 'llmd'),
    model: Model.huggingFace('meta-llama/Llama-3.3-70B-Instruct', { servedName: 'llama-70b' }),
    engine: Engine.vllm(),
    serving: Serving.disaggregated({ prefill: { gpus: 1, replicas: 2, memory: Size.gibibytes(64) }, decode: { gpus: 4 } }),
  }),
});
