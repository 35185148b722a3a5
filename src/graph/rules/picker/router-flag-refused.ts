import type { FlagFact } from '../../../versions';
import { GraphRule, RuleFamily, Severity } from '../../rule';
import { BodyRouter, bodyRoutersOf } from '../../views/body-routers';
import { FlagSet, refusedFlags, similarFlag } from '../../views/flag-problems';

export const rule: GraphRule = {
  code: 'IGW1308',
  title: 'a body-based router refuses a flag',
  family: RuleFamily.PICKER,
  severity: Severity.ERROR,
  symptom: 'The router restarts again and again, and every request through the gateway answers 500, those to other models included.',
  breaks: 'It exits at start on flags it does not know and on values of the wrong type.',
  source: 'pkg/bbr/server/options.go of the Gateway API Inference Extension v1.5.0',
  * check(graph) {
    for (const router of bodyRoutersOf(graph)) {
      const known = IMAGE.test(router.container.image);
      for (const { path, value, problem, allowed, fix } of refusedFlags(router.line, FLAGS)) {
        const certain = known || isVariant(value);
        yield {
          object: router.object,
          field: path,
          value,
          problem: certain ? `${problem}; ${outcome(router)}` : `${problem}, unless this image has it`,
          ...allowed === undefined ? {} : { allowed },
          fix,
          ...certain ? {} : { severity: Severity.WARNING },
        };
      }
      for (const { value, valuePath, dynamic, name: flag } of router.line.flags) {
        // Without a value it is refused above.
        if (flag !== 'plugin' || dynamic || value === undefined) continue;
        const [type, name] = value.split(':');
        if (!known || (PLUGINS.includes(type) && name)) continue;
        yield {
          object: router.object,
          field: valuePath,
          value,
          problem: `${PLUGINS.includes(type) ? 'gives the plugin no name' : 'is no plugin of the body-based router'}, which exits at start; ${outcome(router)}`,
          allowed: PLUGINS.map((plugin) => `${plugin}:<name>`).join(', '),
          fix: 'write <type>:<name>, and JSON parameters after another colon',
        };
      }
    }
  },
};

const PLUGINS = ['body-field-to-header', 'base-model-to-header'];

/** Releases whose flags are known. */
const IMAGE = /gateway-api-inference-extension\/bbr:v1\.5\.[0-9]+(@|$)/;

const INT: FlagFact = { type: 'int' };
const BOOL: FlagFact = { type: 'bool' };
const TEXT: FlagFact = { type: 'string' };

const FLAGS: FlagSet = {
  name: 'the body-based router',
  flags: {
    'grpc-port': INT,
    'grpc-health-port': INT,
    'metrics-port': INT,
    'tracing': BOOL,
    'metrics-endpoint-auth': BOOL,
    'streaming': BOOL,
    'secure-serving': BOOL,
    'enable-pprof': BOOL,
    'plugin': TEXT,
    'v': INT,
    'zap-devel': BOOL,
    'zap-encoder': TEXT,
    'zap-log-level': TEXT,
    'zap-stacktrace-level': TEXT,
    'zap-time-encoding': TEXT,
  },
};

function outcome({ plugs }: BodyRouter): string {
  return plugs.length > 0 && plugs.every(({ failOpen }) => failOpen) ? 'no model is read from bodies' : 'every request through the gateway answers 500';
}

function isVariant(written: string): boolean {
  const name = written.replace(/^-+/, '');
  const similar = similarFlag(name, Object.keys(FLAGS.flags));
  return similar !== undefined && similar !== name && similar.replaceAll('-', '') === name.toLowerCase().replace(/[-_]/g, '');
}
