import { at, Path, text } from '../../json';
import type { Problem } from '../../rule';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { BodyRouter, bodyRoutersOf, PlugType, RouterPlug } from '../../views/body-routers';
import { flagOf } from '../../views/command-line';

export const rule: GraphRule = {
  code: 'IGW1214',
  title: 'a body-based router and the filter before it do not agree on how bodies are sent',
  family: RuleFamily.SERVING,
  severity: Severity.ERROR,
  symptom: 'Requests answer 404 or 500, now one and now the other.',
  breaks: 'With --streaming the router answers a body in parts, which Envoy takes in the mode FULL_DUPLEX_STREAMED only; without, it takes each '
    + 'part of a body for all of it. In the mode NONE it gets no body and finds no model.',
  source: 'pkg/bbr/handlers of the Gateway API Inference Extension; Envoy ext_proc processing_mode; observed with v1.5.0 and Istio 1.30',
  * check(graph) {
    for (const router of bodyRoutersOf(graph)) {
      for (const plug of router.plugs) yield* problemsOf(router, plug);
    }
  },
};

function* problemsOf(router: BodyRouter, plug: RouterPlug): Iterable<Problem> {
  const { object, type, path } = plug;
  const modes: Path = type === PlugType.ENVOY_FILTER ? [...path, 'patch', 'value', 'typed_config', 'processing_mode'] : [...path, 'processingMode'];
  const field = type === PlugType.GCP_ROUTING_EXTENSION
    ? [...path, 'requestBodySendMode']
    : [...modes, ...type === PlugType.ENVOY_FILTER ? ['request_body_mode'] : ['request', 'body']];
  const written = plug.bodyMode;
  const mode = modeOf(written, type);
  const problem = { object, field, ...written === undefined ? {} : { value: written } };
  const related = [{ object: router.object, field: flagOf(router.line, 'streaming')?.path ?? router.container.path, note: 'the flags of the router' }];
  const duplex = spelling(type, 'FULL_DUPLEX_STREAMED');
  const buffered = spelling(type, 'BUFFERED');
  if (mode === 'NONE') {
    yield { ...problem, problem: 'sends no body to the body-based router, which finds no model in it: no route matches', allowed: duplex, fix: `set ${duplex}`, related };
  } else if (router.streaming === false && mode === 'FULL_DUPLEX_STREAMED') {
    yield {
      object: router.object,
      field: flagOf(router.line, 'streaming')?.path ?? [...router.container.path, 'args'],
      problem: `has no --streaming, and ${object} sends bodies as ${duplex}: requests answer 404 or 500`,
      fix: `add the flag --streaming, or set ${buffered} in ${object}`,
      related: [{ object, field, note: 'sends bodies in parts' }],
    };
  } else if (router.streaming === true && (mode === 'BUFFERED' || mode === 'BUFFERED_PARTIAL' || mode === 'STREAMED')) {
    yield {
      ...problem, problem: `does not go with the flag --streaming of ${router.object}: its answers are refused, and requests fail`, allowed: duplex, fix: `set ${duplex}, or remove --streaming`, related,
    };
  } else if (router.streaming === false && (mode === 'STREAMED' || mode === 'BUFFERED_PARTIAL')) {
    yield {
      ...problem, problem: 'sends a long body in parts, each of which the body-based router takes for all of it', allowed: buffered, fix: `set ${buffered}`, severity: Severity.WARNING, related,
    };
  }
  if (type !== PlugType.ENVOY_FILTER) return;
  for (const direction of ['request', 'response']) {
    const trailers = [...modes, `${direction}_trailer_mode`];
    const value = at(object.manifest, trailers);
    if (modeOf(at(object.manifest, [...modes, `${direction}_body_mode`]), type) !== 'FULL_DUPLEX_STREAMED' || value === 'SEND' || value === 1) continue;
    yield {
      object, field: trailers, ...value === undefined ? {} : { value }, problem: 'is not SEND, which FULL_DUPLEX_STREAMED asks for: Envoy refuses the configuration of the listener', allowed: 'SEND', fix: 'set SEND',
    };
  }
}

const WORDS: Readonly<Record<string, string>> = {
  none: 'NONE', buffered: 'BUFFERED', bufferedpartial: 'BUFFERED_PARTIAL', streamed: 'STREAMED', fullduplexstreamed: 'FULL_DUPLEX_STREAMED',
};

/** Envoy's words by their numbers, which it takes as well. */
const NUMBERS: readonly unknown[] = ['NONE', 'STREAMED', 'BUFFERED', 'BUFFERED_PARTIAL', 'FULL_DUPLEX_STREAMED'];

/** Envoy's word for a mode; without one it sends no body. Undefined for what is no mode: that is IGW1226. */
function modeOf(written: unknown, type: PlugType): string | undefined {
  if (written === undefined || written === null) return type === PlugType.GCP_ROUTING_EXTENSION ? undefined : 'NONE';
  const word = typeof written === 'number' && type === PlugType.ENVOY_FILTER ? text(NUMBERS[written]) : text(written);
  const key = word?.replaceAll('_', '').toLowerCase() ?? '';
  return Object.hasOwn(WORDS, key) ? WORDS[key] : undefined;
}

function spelling(type: PlugType, mode: 'FULL_DUPLEX_STREAMED' | 'BUFFERED'): string {
  if (type === PlugType.ENVOY_FILTER) return mode;
  return mode === 'BUFFERED' ? 'Buffered' : 'FullDuplexStreamed';
}
