import { gatewayProps } from './gateway-props';
import { renderGateway } from './initial-state';
import type { ScenarioKind } from './scenario';

const NAME = /^upgrade-(?:seed|head)-to-(seed|head)-server-(embedded|incluster)$/;

/** One release initialises, then another one over it. */
export const UPGRADES: ScenarioKind = {
  title: 'upgrade',
  matches: (name) => NAME.test(name),
  render: (name, golden) => {
    const [, version, mode] = NAME.exec(name)!;
    const config = { gateway_mode: mode, ...(mode === 'incluster' ? { gateway_plugin_server_url: PLUGIN_SERVER } : {}) };
    const effective = { role: 'server', jwt_secret_key: 'golden-jwt-secret-key-not-a-real-secret' };
    return renderGateway(name, gatewayProps({ ...golden, version, config, effective }));
  },
};

const PLUGIN_SERVER = 'http://gpustack-higress-plugins.gpustack-system.svc.cluster.local:8080';
