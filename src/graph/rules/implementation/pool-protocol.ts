import { GraphRule, RuleFamily, Severity } from '../../rule';
import { modelServerOf } from '../../views/model-servers';
import { poolsOf } from '../../views/pools';

/** Servers whose HTTP side is uvicorn, which speaks HTTP/1.1. */
const HTTP1 = /(vllm|sglang|lmdeploy)/i;

export const rule: GraphRule = {
  code: 'IGW1508',
  title: 'a pool speaks HTTP/2 to servers that do not',
  family: RuleFamily.IMPLEMENTATION,
  severity: Severity.WARNING,
  symptom: 'Every request to the model answers 502 or 503, "upstream connect error or disconnect/reset before headers".',
  breaks: 'appProtocol kubernetes.io/h2c of an InferencePool makes the gateway speak HTTP/2 without TLS to the pods. The OpenAI servers of vLLM and SGLang speak HTTP/1.1.',
  source: 'Gateway API Inference Extension, InferencePool.spec.appProtocol; agentgateway#1194',
  * check(graph) {
    for (const { object, name, namespace, appProtocol, selects } of poolsOf(graph)) {
      if (appProtocol !== 'kubernetes.io/h2c') continue;
      const servers = selects.map((template) => modelServerOf(graph, template));
      const one = servers.find((server) => server && HTTP1.test(server.container.image) && !/grpc/i.test(server.container.words.map(({ text }) => text).join(' ')));
      if (!one) continue;
      yield {
        object,
        field: ['spec', 'appProtocol'],
        value: appProtocol,
        problem: `makes the gateway speak HTTP/2 to the pods of InferencePool ${namespace}/${name}, which run ${one.container.image}, a server of HTTP/1.1`,
        allowed: 'http, or nothing',
        fix: 'remove it, unless the pods serve gRPC on that port',
        related: [{ object: one.template.workload.object, field: one.container.path, note: 'the server' }],
      };
    }
  },
};
