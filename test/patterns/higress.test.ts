import { Yaml } from 'cdk8s';
import {
  GpuStackRelease, GpuStackRole, GpuStackUpstream, HigressConfigSource, HigressPlugins, HigressPluginsProps, HigressTls, Ownership, SecretText,
} from '../../src';
import { warningsOf } from '../../src/core';
import { chartsOf, objectsOf } from '../synth';

const RELEASES = Object.values(GpuStackRelease);

const PATTERNS: Record<string, Omit<HigressPluginsProps, 'release'>> = {
  'embedded server': { upstream: GpuStackUpstream.embedded(), higressConfig: HigressConfigSource.whole({ mesh: 'rootNamespace: higress-system\n' }) },
  'external server with a host and a certificate': {
    upstream: GpuStackUpstream.external({ address: '192.0.2.10' }),
    externalUrl: 'https://gpustack.example.com',
    tls: HigressTls.certManager({ clusterIssuer: 'letsencrypt' }),
    ingressClass: 'edge',
    mirrorIngressName: 'gpustack-main',
  },
  'external worker': { upstream: GpuStackUpstream.external({ address: '192.0.2.20' }), role: GpuStackRole.WORKER },
  'server in the cluster': { upstream: GpuStackUpstream.helmChart() },
  'worker in the cluster': {
    upstream: GpuStackUpstream.inCluster(), role: GpuStackRole.WORKER, pluginServerUrl: 'http://gpustack-higress-plugins.gpustack-system.svc:8080',
  },
};

/** One gateway in the namespace of Higress; nothing in it is worth a warning. */
function render(props: HigressPluginsProps): string {
  const [chart] = chartsOf('higress-system');
  new HigressPlugins(chart, 'gpustack', {
    token: SecretText.placeholder('<path:gpustack#token>'), authCacheKey: SecretText.placeholder('<path:gpustack#auth-cache-key>'), ...props,
  });
  expect(warningsOf(chart)).toEqual([]);
  return Yaml.stringify(...objectsOf(chart));
}

describe.each(RELEASES)('release %s', (release) => {
  test.each(Object.keys(PATTERNS))('%s', (name) => {
    expect(render({ release, ownership: Ownership.GITOPS, ...PATTERNS[name] })).toMatchSnapshot();
  });

  test.each([Ownership.SHARED, Ownership.BOOTSTRAP])('server in the cluster, %s', (ownership) => {
    expect(render({ release, ownership, ...PATTERNS['server in the cluster'] })).toMatchSnapshot();
  });
});
