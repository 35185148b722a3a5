/*
 * What the graph asks of plugins, registries and transformations: functions of plain data. Checking manifests loads this, and no construct.
 */
export { checkPluginChain, pluginIdOf } from './plugin-chain';
export { checkServiceRegistry } from './validation/check-service-registry';
export { checkTransform, noticesOfTransform } from './validation/check-transform';
