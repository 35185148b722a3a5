import { map } from '../../json';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { poolByObject } from '../../views/pools';
import { Match, RouteRule, routesOf } from '../../views/routes';
import { servedBy } from '../../views/served-models';

/** Where model servers answer, by their first words: OpenAI's API, those of vLLM, SGLang, TGI, Triton, Ollama and llama.cpp, health and metrics. */
const PATHS = ('v1 v2 api openai generate generate_stream chat completions completion embeddings embed models messages responses rerank score classify pooling '
  + 'tokenize detokenize invocations health ping ready metrics version info load docs props slots inference audio images sleep wake_up is_sleeping flush_cache '
  + 'get_model_info get_server_info encode infill apply-template vllm.grpc.generation.GenerationService inference.GRPCInferenceService').split(' ');

export const rule: GraphRule = {
  code: 'IGW1409',
  title: 'a route takes requests on a path that model servers do not have',
  family: RuleFamily.MODELS,
  severity: Severity.WARNING,
  symptom: 'Requests answer 404: those on the usual path match no route, and those that match find nothing in the pod.',
  breaks: 'The path reaches the model server as it is. It answers on /v1/chat/completions and the like, and not on a path of its own, unless a filter URLRewrite cuts that off.',
  source: 'Gateway API, HTTPPathMatch and HTTPURLRewriteFilter; the API of OpenAI as vLLM serves it',
  * check(graph) {
    for (const { object, rules, kind } of routesOf(graph)) {
      if (kind !== 'HTTPRoute') continue;
      for (const one of rules) {
        const servers = one.backends.map(({ to }) => {
          const pool = to && poolByObject(graph).get(to);
          return pool && servedBy(graph, pool);
        });
        // What rewrites paths, or serves below another root, is not looked at.
        if (servers.length === 0 || servers.some((list) => !list || list.some(({ server }) => server.container.words.some(({ text }) => text.includes('root-path')))) || rewrites(one)) continue;
        for (const match of one.matches) {
          if (isServed(match)) continue;
          yield {
            object,
            field: [...match.path, 'path'],
            value: `${match.pathType} ${match.pathValue}`,
            problem: 'is a path that model servers do not answer on: requests for /v1/chat/completions do not match, and those that match answer 404',
            allowed: 'PathPrefix /, PathPrefix /v1',
            fix: 'match on PathPrefix /, or add a filter URLRewrite that replaces the prefix',
          };
        }
      }
    }
  },
};

function rewrites({ filters }: RouteRule): boolean {
  return filters.some(({ type, value }) => type === 'ExtensionRef' || map(value.urlRewrite).path !== undefined);
}

function isServed({ pathType, pathValue }: Match): boolean {
  if (pathType !== 'Exact' && pathType !== 'PathPrefix') return true;
  const [, first = ''] = pathValue.split('/');
  return first === '' ? pathType === 'PathPrefix' : PATHS.includes(first) || /[${}<>]/.test(pathValue);
}
