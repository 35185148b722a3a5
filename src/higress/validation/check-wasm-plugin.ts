import { checkLabelName, checkObjectName, isMap, Mistake } from '../../core';
import type { WasmPluginShape } from '../manifests/wasm-plugin-manifest';
import { checkSecrets } from '../secrets';
import type { WasmPluginProps } from '../wasm-plugin';
import type { WasmPluginEnv, WasmPluginMatchRule } from '../wasm-plugin-options';

/** What is wrong with the properties of a `WasmPlugin`. */
export function checkWasmPlugin(name: string, namespace: string, props: WasmPluginProps): Mistake[] {
  const { plugin, pluginConfig, defaultConfig, matchRules } = props;
  const url = props.url ?? plugin?.url;
  const mistakes: Mistake[] = [
    ...checkObjectName('name', name),
    ...checkLabelName('namespace', namespace),
    ...(url === undefined ? [mistake('url', 'is missing', 'set `url`, or `plugin` to a plugin of HigressPlugin')] : url._mistakes('url')),
    ...(plugin?._mistakes('plugin') ?? []),
    ...checkPriority(props.priority ?? plugin?.priority),
    ...(props.imagePullSecret === undefined ? [] : checkObjectName('imagePullSecret', props.imagePullSecret)),
    ...checkSha(props.sha256, url?.sha256),
    ...checkConfig('defaultConfig', defaultConfig),
    ...checkConfig('pluginConfig', pluginConfig),
    ...checkSecrets('plugin.config', plugin?.config, { references: true }),
    ...(matchRules ?? []).flatMap((rule, index) => checkRule(`matchRules[${index}]`, rule, plugin?.id)),
    ...checkEnv(props.env ?? []),
  ];
  if (props.pluginName !== undefined && (props.pluginName === '' || props.pluginName.length > 256)) {
    mistakes.push({ ...mistake('pluginName', 'is not a plugin name', 'remove it: modules have one plugin'), value: props.pluginName, allowed: '1 to 256 characters' });
  }
  const ignored = [defaultConfig !== undefined && 'defaultConfig', plugin && 'plugin', matchRules && 'matchRules'].filter(Boolean);
  if (pluginConfig !== undefined && ignored.length > 0) {
    mistakes.push(mistake('pluginConfig', `makes Higress ignore ${ignored.join(' and ')}`, `move it to \`defaultConfig\`, or remove ${ignored.join(' and ')}`));
  }
  if (plugin && defaultConfig !== undefined) {
    mistakes.push(mistake('defaultConfig', 'is given beside `plugin`, which has a configuration', 'remove one of the two'));
  }
  return mistakes;
}

/** What of a spec has no effect, or another one than it seems. */
export function noticesOfWasmPlugin(spec: WasmPluginShape): Mistake[] {
  const notices: Mistake[] = [];
  const notice = (field: string, problem: string, fix: string) => notices.push({ code: 'IGW708', field, problem, fix });
  const rules = (spec.matchRules ?? []).filter(({ configDisable }) => !configDisable);
  if (!/^oci:\/\//.test(spec.url ?? '')) {
    const pulled = spec.imagePullPolicy !== undefined && spec.imagePullPolicy !== 'UNSPECIFIED_POLICY';
    if (pulled) notice('imagePullPolicy', 'has no effect: the module is not pulled from an OCI registry', 'remove it');
    if (spec.imagePullSecret !== undefined) notice('imagePullSecret', 'has no effect: the module is not pulled from an OCI registry', 'remove it');
  }
  if (spec.defaultConfigDisable && rules.length === 0 && spec.pluginConfig === undefined) {
    notice('defaultConfigDisable', 'turns the plugin off: no match rule is left', 'add a match rule, or remove `defaultConfigDisable`');
  }
  spec.matchRules?.forEach(({ ingress, routeType, configDisable }, index) => {
    if (routeType !== 'GRPC' || !ingress?.length || configDisable) return;
    notice(`matchRules[${index}].ingress`, 'never matches: Higress 2.2.1 loses the names of Ingresses of gRPC rules', 'match by domain or service');
  });
  return notices;
}

function mistake(field: string, problem: string, fix: string): Mistake {
  return { code: 'IGW703', field, problem, fix };
}

const LARGEST = 2 ** 31 - 1;

function checkPriority(priority: number | undefined): Mistake[] {
  if (priority === undefined || (Number.isInteger(priority) && Math.abs(priority) <= LARGEST)) return [];
  return [{ ...mistake('priority', 'is not a 32-bit integer', 'set it to an integer, 1 to 1000 as a rule'), value: priority }];
}

function checkSha(given: string | undefined, ofUrl: string | undefined): Mistake[] {
  if (given === undefined) return [];
  if (!/^[a-f0-9]{64}$/.test(given)) {
    return [{ ...mistake('sha256', 'is no SHA-256', 'write the checksum as `sha256sum` prints it'), value: given, allowed: '64 lower-case hexadecimal digits' }];
  }
  return ofUrl === undefined || ofUrl === given ? [] : [{ ...mistake('sha256', `is not that of \`url\`, ${ofUrl}`, 'give one of the two'), value: given }];
}

function checkConfig(field: string, config: unknown): Mistake[] {
  if (config === undefined) return [];
  if (!isMap(config)) return [{ ...mistake(field, 'is not an object', 'write the fields of the configuration'), value: config }];
  const reserved = Object.keys(config).filter((key) => key === '_rules_' || /^_match_.*_$/.test(key));
  return [
    ...reserved.map((key) => mistake(`${field}.${key}`, 'is written by Higress itself', 'use `matchRules`')),
    ...checkSecrets(field, config, { references: true }),
  ];
}

function checkRule(field: string, rule: WasmPluginMatchRule, pluginId: string | undefined): Mistake[] {
  const conditions = { ingress: rule.ingress, domain: rule.domain, service: rule.service };
  const mistakes = [...checkConfig(`${field}.config`, rule.config), ...(rule.plugin?._mistakes(`${field}.plugin`) ?? [])];
  if (!rule.configDisable && Object.values(conditions).every((items) => !items?.length)) {
    mistakes.push(mistake(field, 'has no condition, so Higress refuses the whole plugin', 'set `ingress`, `domain` or `service`'));
  }
  const beside = (['ingress', 'service'] as const).filter((kind) => rule[kind]?.length);
  if (!rule.configDisable && rule.domain?.length && beside.length > 0) {
    const problem = `is given beside ${beside.join(' and ')}: plugins in Go ignore one of them, and others refuse the configuration`;
    mistakes.push(mistake(`${field}.domain`, problem, 'write a rule for each'));
  }
  Object.entries(conditions).forEach(([kind, items]) => items?.forEach((item, index) => {
    if (item !== '' && !/\s/.test(item)) return;
    mistakes.push({ ...mistake(`${field}.${kind}[${index}]`, 'matches nothing', 'write a name without spaces'), value: item });
  }));
  rule.ingress?.forEach((item, index) => {
    if (!item || item.split('/').length <= 2) return;
    mistakes.push({ ...mistake(`${field}.ingress[${index}]`, 'is no Ingress', 'write `name` or `namespace/name`'), value: item });
  });
  if (rule.plugin && rule.config !== undefined) mistakes.push(mistake(`${field}.config`, 'is given beside `plugin`, which has a configuration', 'remove one of the two'));
  if (rule.plugin && pluginId !== undefined && rule.plugin.id !== pluginId) {
    mistakes.push({ ...mistake(`${field}.plugin`, 'is another plugin than the one that reads it', `configure ${pluginId}`), value: rule.plugin.id });
  }
  if (rule.plugin) mistakes.push(...checkSecrets(`${field}.plugin.config`, rule.plugin.config, { references: true }));
  return mistakes;
}

function checkEnv(env: readonly WasmPluginEnv[]): Mistake[] {
  return env.flatMap(({ name, value, fromHost }, index) => {
    const field = `env[${index}]`;
    const mistakes: Mistake[] = [];
    if (!/^[A-Za-z_]\w{0,255}$/.test(name)) {
      mistakes.push({ ...mistake(`${field}.name`, 'is not the name of a variable', 'use letters, digits and _'), value: name });
    }
    if (env.findIndex((other) => other.name === name) < index) mistakes.push({ ...mistake(`${field}.name`, 'is given twice', 'remove one of the two'), value: name });
    if (fromHost && value !== undefined) mistakes.push(mistake(`${field}.value`, 'is given beside `fromHost`, which Istio refuses', 'remove one of the two'));
    return mistakes;
  });
}
