import { isIP } from 'node:net';
import type { Duration } from 'cdk8s';
import { checkLabelName, checkObjectName, checkServiceName, isHostname, Mistake } from '../../core';
import type { GpuStackPlan } from '../gpustack-plan';
import { GpuStackRole } from '../gpustack-role';
import { GpuStackGatewayMode } from '../gpustack-upstream';
import type { HigressPluginsProps } from '../higress-plugins-props';
import { Ownership } from '../ownership';
import { GpuStackProfile } from '../releases';
import { checkSecrets } from '../secrets';
import { WasmPluginPullPolicy } from '../wasm-plugin-options';

/** What is wrong with the properties of `HigressPlugins`. */
export function checkGpuStack(props: HigressPluginsProps, plan: GpuStackPlan, profile: GpuStackProfile): Mistake[] {
  return [
    ...checkMode(props, plan),
    ...checkAddresses(props),
    ...checkExternalUrl(props.externalUrl, plan.hostname),
    ...checkLabelName('gatewayNamespace', plan.gatewayNamespace),
    ...checkObjectName('mirrorIngressName', plan.mirrorIngressName),
    ...checkObjectName('ingressClass', plan.ingressClass),
    ...checkContentTypes(plan.contentTypes),
    ...checkAuthentication(props, profile),
    ...checkPluginOptions(props, profile),
    ...checkTimeout('idleTimeout', props.idleTimeout),
    ...checkTimeout('upstreamIdleTimeout', props.upstreamIdleTimeout),
    ...checkSecrets('token', plan.token, { references: true }),
    ...checkSecrets('authCacheKey', plan.authCacheKey, { references: true }),
    ...checkOwnership(props),
  ];
}

function checkMode({ upstream, role, pluginServerUrl }: HigressPluginsProps, plan: GpuStackPlan): Mistake[] {
  const mistakes: Mistake[] = [];
  const embedded = upstream.mode === GpuStackGatewayMode.EMBEDDED;
  if (embedded && role === GpuStackRole.WORKER) {
    mistakes.push({
      code: 'IGW730',
      field: 'upstream',
      value: upstream.mode,
      problem: 'is not a gateway that a worker can have',
      allowed: 'inCluster, external, disabled',
      fix: 'use GpuStackUpstream.inCluster or external, or GpuStackRole.SERVER',
    });
  }
  if (upstream.mode === GpuStackGatewayMode.AUTO && role !== GpuStackRole.WORKER) {
    mistakes.push({
      code: 'IGW732',
      field: 'upstream',
      value: upstream.mode,
      problem: 'is decided by the server when it starts, by where it runs and which IngressClasses there are',
      allowed: 'inCluster, embedded, external, disabled; auto for a worker',
      fix: 'use the factory of the mode that the server logs at its start',
    });
  }
  if (embedded && pluginServerUrl !== undefined) {
    mistakes.push({
      code: 'IGW731',
      field: 'pluginServerUrl',
      value: pluginServerUrl,
      problem: 'is set, and an embedded gateway downloads its plugins from its own server',
      fix: 'remove `pluginServerUrl`',
    });
  }
  if (plan.mode !== GpuStackGatewayMode.DISABLED && !/^https?:\/\/[^\s/]+(\/[^\s?#]*[^\s?#/])?$/.test(plan.pluginServerUrl)) {
    mistakes.push({
      code: 'IGW731',
      field: 'pluginServerUrl',
      value: plan.pluginServerUrl,
      problem: 'is not the base of a URL',
      allowed: 'http://… or https://… without a slash at its end',
      fix: 'set it to the URL that `/wasm-plugins/<plugin>/<version>/plugin.wasm` follows',
    });
  }
  return mistakes;
}

function checkAddresses({ upstream }: HigressPluginsProps): Mistake[] {
  const mistakes: Mistake[] = [];
  const { port, service, namespace, address } = upstream;
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65535)) {
    mistakes.push({ code: 'IGW734', field: 'upstream.port', value: port, problem: 'is not a port', allowed: '1 to 65535', fix: 'set the port of the server' });
  }
  if (service !== undefined) mistakes.push(...checkServiceName('upstream.service', service));
  if (namespace !== undefined) mistakes.push(...checkLabelName('upstream.namespace', namespace));
  if (address !== undefined && !isIP(address) && !HOST.test(address)) {
    mistakes.push({
      code: 'IGW734',
      field: 'upstream.address',
      value: address,
      problem: 'is neither an IP address nor a host name',
      allowed: '192.0.2.10, 2001:db8::1',
      fix: 'write the address alone, and the port as `port`',
    });
  }
  return mistakes;
}

function checkExternalUrl(externalUrl: string | undefined, hostname: string | undefined): Mistake[] {
  if (externalUrl === undefined) return [];
  const refuse = (problem: string, allowed: string, fix: string): Mistake[] => [{ code: 'IGW734', field: 'externalUrl', value: externalUrl, problem, allowed, fix }];
  if (!isWebUrl(externalUrl)) return refuse('is not a URL', 'http://… or https://…', 'write the URL that clients use, with its scheme');
  if (hostname === undefined || isHostname(hostname)) return [];
  return refuse('has a host that a rule of an Ingress cannot have', 'labels of letters, digits and - with dots between them', 'write the one host name that clients use');
}

const HOST = /^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?)*$/;

function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:\/\/\S+$/.test(text);
}

function checkContentTypes(contentTypes: readonly string[]): Mistake[] {
  return contentTypes.flatMap((value, index): Mistake[] => {
    const field = `statisticsContentTypes[${index}]`;
    if (value === 'audio/pcm') {
      return [{ code: 'IGW733', field, value, problem: 'is refused by GPUStack: the statistics plugin cannot read raw audio', fix: 'remove it' }];
    }
    // The plugin looks for the text in the header Content-Type; `*` is every one.
    if (value === '*' || /^[\w!#$&^.+-]+\/([\w!#$&^.+-]+(; ?[^\s,;]+)*)?$/.test(value)) return [];
    return [{
      code: 'IGW733',
      field,
      value,
      problem: 'is no part of a content type',
      allowed: 'type/subtype, type/, *',
      fix: value.includes('*') ? 'leave the * out: what begins the same matches' : 'write it as in the header Content-Type',
    }];
  });
}

function checkAuthentication({ authentication = {}, release }: HigressPluginsProps, { hasPluginOptions }: GpuStackProfile): Mistake[] {
  const mistakes: Mistake[] = [];
  const { timeout, localKeys, allowAuthenticatedOnFailure, statusOnError } = authentication;
  if (!hasPluginOptions) {
    for (const [key, value] of Object.entries({ localKeys, allowAuthenticatedOnFailure, statusOnError })) {
      if (value === undefined) continue;
      mistakes.push({
        code: 'IGW735', field: `authentication.${key}`, value, problem: `has no effect in release ${release}`, allowed: 'HEAD_2026_08 only', fix: 'remove it',
      });
    }
  }
  if (statusOnError !== undefined && !(Number.isInteger(statusOnError) && statusOnError >= 400 && statusOnError <= 599)) {
    mistakes.push({
      code: 'IGW735', field: 'authentication.statusOnError', value: statusOnError, problem: 'is not the status of an error', allowed: '400 to 599', fix: 'choose a status in this range',
    });
  }
  if (timeout !== undefined && !(Number.isInteger(timeout.toMilliseconds()) && timeout.toMilliseconds() >= 1)) {
    mistakes.push({
      code: 'IGW735', field: 'authentication.timeout', value: `${timeout.toMilliseconds()}ms`, problem: 'is no time to wait', allowed: 'at least 1 millisecond', fix: 'set a longer timeout',
    });
  }
  return mistakes;
}

function checkPluginOptions({ pluginOptions = {}, release }: HigressPluginsProps, { hasPluginOptions, plugins }: GpuStackProfile): Mistake[] {
  const names = plugins.map(({ plugin }) => plugin);
  return Object.entries(pluginOptions).flatMap(([name, { url, sha256, imagePullPolicy }]): Mistake[] => {
    const field = `pluginOptions.${name}`;
    if (!hasPluginOptions) {
      const problem = `cannot be set in release ${release}, which has no \`gateway_plugin\``;
      return [{ code: 'IGW735', field, problem, fix: 'remove it, or serve other modules by `pluginServerUrl`' }];
    }
    if (!names.includes(name)) {
      const resource = plugins.find((plugin) => plugin.name === name);
      return [{
        code: 'IGW735',
        field,
        problem: resource ? 'is the name of a WasmPlugin, which GPUStack ignores here' : 'is no plugin of this release',
        allowed: names.join(', '),
        fix: resource ? `use \`${resource.plugin}\`` : 'use the name in the URL of the module',
      }];
    }
    const mistakes = [...url?._mistakes(`${field}.url`) ?? []];
    if (sha256 !== undefined && !/^[a-f0-9]{64}$/.test(sha256)) {
      mistakes.push({ code: 'IGW735', field: `${field}.sha256`, value: sha256, problem: 'is no SHA-256', allowed: '64 lower-case hexadecimal digits', fix: 'write the checksum as `sha256sum` prints it' });
    }
    if (imagePullPolicy !== undefined && plugins.some(({ plugin, pullPolicy }) => plugin === name && pullPolicy)) {
      mistakes.push({
        code: 'IGW735',
        field: `${field}.imagePullPolicy`,
        value: imagePullPolicy,
        problem: 'keeps GPUStack from starting, which sets the policy of this plugin itself',
        allowed: `the policy of ${plugins.filter(({ pullPolicy }) => !pullPolicy).map(({ plugin }) => plugin).join(', ')}`,
        fix: 'remove it; `url` with a tag or a digest decides which module is used',
      });
    }
    const policies: string[] = Object.values(WasmPluginPullPolicy);
    if (imagePullPolicy !== undefined && !policies.includes(imagePullPolicy)) {
      mistakes.push({ code: 'IGW735', field: `${field}.imagePullPolicy`, value: imagePullPolicy, problem: 'is not a pull policy', allowed: policies.join(', '), fix: 'use one of them' });
    }
    return mistakes;
  });
}

function checkTimeout(field: string, value: Duration | undefined): Mistake[] {
  if (value === undefined || value.toMilliseconds() % 1000 === 0) return [];
  return [{ code: 'IGW737', field, value: `${value.toMilliseconds()}ms`, problem: 'is not in whole seconds', allowed: 'whole seconds', fix: 'round it' }];
}

function checkOwnership({ ownership, registries, proxies }: HigressPluginsProps): Mistake[] {
  if ((ownership ?? Ownership.SHARED) !== Ownership.SHARED) return [];
  return Object.entries({ registries, proxies }).filter(([, list]) => list && list.length > 0).map(([field]) => sharedMcpBridge(field));
}

/** A McpBridge's lists are replaced as a whole, so two cannot write them. */
export function sharedMcpBridge(field: string): Mistake {
  return {
    code: 'IGW738',
    field,
    problem: 'belongs to the McpBridge, whose lists a running GPUStack server writes',
    fix: 'add it in GPUStack as a provider, or own the McpBridge with Ownership.GITOPS or BOOTSTRAP',
  };
}

/** What works, and may be meant otherwise. */
export function noticesOfGpuStack(props: HigressPluginsProps, plan: GpuStackPlan, profile: GpuStackProfile): Mistake[] {
  if (plan.mode === GpuStackGatewayMode.DISABLED) return [];
  const shared = (props.ownership ?? Ownership.SHARED) === Ownership.SHARED;
  const notices: Mistake[] = [];
  const secrets = { token: props.token, ...(profile.hasPluginOptions ? { authCacheKey: props.authCacheKey } : {}) };
  for (const [field, given] of Object.entries(secrets)) {
    const placeholder = plan[field as keyof typeof secrets]!._text;
    if (given === undefined) {
      notices.push({
        code: 'IGW739', field, problem: `is not given: plugins send ${placeholder} until something replaces it`, fix: `set \`${field}\` to a SecretText`,
      });
    } else if (shared && given._kind === 'secret') {
      notices.push({
        code: 'IGW739',
        field,
        problem: 'refers to a Secret, and GPUStack writes the secret itself over it at each start',
        fix: 'use a placeholder that your deployment fills in, or Ownership.GITOPS without a server that initialises the gateway',
      });
    }
  }
  if (shared && plan.mode === GpuStackGatewayMode.IN_CLUSTER && props.pluginServerUrl === undefined && props.upstream.pluginServerUrl === undefined) {
    notices.push({
      code: 'IGW740',
      field: 'pluginServerUrl',
      problem: 'is not given, and GPUStack writes the address of its own pod into each plugin at its start',
      fix: `set \`gateway_plugin_server_url\` of GPUStack to ${plan.pluginServerUrl}, or both to a server of plugins beside it`,
    });
  }
  const { address } = props.upstream;
  if (address !== undefined && !isIP(address)) {
    notices.push({
      code: 'IGW734',
      field: 'upstream.address',
      value: address,
      problem: 'is a host name, and GPUStack makes a registry of type static of it, which Higress leaves out',
      fix: 'set the advertise address of GPUStack, and this, to an IP address',
    });
  }
  return notices;
}
