import { compact, parseQuantity } from '../../core';
import type { EndpointPickerBuild } from '../../versions';
import type { EndpointPickerConfigProps, FlowControl, PriorityBand } from '../endpoint-picker-config-props';
import { EndpointPickerPlugin } from '../endpoint-picker-plugin';
import { CONFIG_KIND, ConfigDocument, PluginEntry, ProfileEntry } from './config-document';

/** The configuration in the dialect of a build. Nothing is checked here: the result is, like a file that a user wrote. */
export function renderConfig(props: EndpointPickerConfigProps, build: EndpointPickerBuild): ConfigDocument {
  const plugins = new PluginList(build);
  props.plugins?.forEach((plugin) => plugins.add(plugin));
  const schedulingProfiles = props.schedulingProfiles?.map((profile): ProfileEntry => ({
    name: profile.name ?? 'default',
    plugins: profile.plugins.map(({ plugin, pluginRef, weight }) => compact({
      pluginRef: plugin ? plugins.add(plugin) : pluginRef, weight,
    })),
  }));
  const detector = saturationDetector(props, build, plugins);
  const flowControl = renderFlowControl(props.flowControl, plugins, detector.flowControl, build);
  const parser = props.parser && { pluginRef: plugins.add(props.parser) };
  const metrics = dataLayer(props, plugins);
  const gates = new Set(props.featureGates);
  if (props.flowControl) gates.add('flowControl');
  if (metrics && build.dialect.dataLayerGate) gates.add('dataLayer');
  return compact({
    apiVersion: build.configApiVersions[0],
    kind: CONFIG_KIND,
    featureGates: gates.size > 0 ? [...gates] : undefined,
    plugins: plugins.entries.length > 0 ? plugins.entries : undefined,
    schedulingProfiles,
    saturationDetector: detector.topLevel,
    [build.dialect.dataLayer]: metrics,
    flowControl,
    parser: build.dialect.parser === 'requestHandler' ? undefined : parser,
    requestHandler: build.dialect.parser === 'requestHandler' && parser ? { parsers: [parser] } : undefined,
  });
}

/** Collects plugins in the order they come up; the same plugin twice is one entry. */
class PluginList {
  public readonly entries: PluginEntry[] = [];

  public constructor(private readonly build: EndpointPickerBuild) {}

  /** Adds a plugin and returns the name to refer to it by. */
  public add(plugin: EndpointPickerPlugin): string {
    const type = this.typeOf(plugin.type);
    const name = plugin.name === plugin.type ? type : plugin.name;
    const entry: PluginEntry = compact({ name: name === type ? undefined : name, type, parameters: plugin.parameters });
    const text = JSON.stringify(entry);
    if (!this.entries.some((other) => JSON.stringify(other) === text)) this.entries.push(entry);
    return name;
  }

  private typeOf(type: string): string {
    const known = Object.values(this.build.plugins).some((types) => types.includes(type));
    return known ? type : this.build.renamedPlugins[type] ?? type;
  }
}

function saturationDetector(
  { saturationDetector: detector }: EndpointPickerConfigProps, build: EndpointPickerBuild, plugins: PluginList,
): { topLevel?: object; flowControl?: object } {
  if (!detector) return {};
  const { saturationDetector: dialect } = build.dialect;
  // Older builds have one detector, and its thresholds in the section itself.
  if (dialect === 'thresholds' && detector.type === 'utilization-detector') return { topLevel: detector.parameters ?? {} };
  const ref = { pluginRef: plugins.add(detector) };
  return dialect === 'flowControl' ? { flowControl: ref } : { topLevel: ref };
}

function renderFlowControl(
  flowControl: FlowControl | undefined, plugins: PluginList, detector: object | undefined, build: EndpointPickerBuild,
): object | undefined {
  if (!flowControl && !detector) return undefined;
  const bytes = (quantity: string | undefined) => (build.dialect.saturationDetector === 'thresholds' ? wholeBytes(quantity) : quantity);
  const count = (requests: number | undefined) => (requests === undefined ? undefined : String(requests));
  const band = (given: PriorityBand) => compact({
    priority: given.priority,
    maxBytes: bytes(given.maxBytes),
    maxRequests: count(given.maxRequests),
    fairnessPolicyRef: given.fairness && plugins.add(given.fairness),
    orderingPolicyRef: given.ordering && plugins.add(given.ordering),
  });
  return compact({
    maxBytes: bytes(flowControl?.maxBytes),
    maxRequests: count(flowControl?.maxRequests),
    defaultRequestTTL: flowControl?.defaultRequestTtl && `${flowControl.defaultRequestTtl.toMilliseconds()}ms`,
    defaultPriorityBand: flowControl?.defaultPriorityBand && band(flowControl.defaultPriorityBand),
    priorityBands: flowControl?.priorityBands?.map(band),
    usageLimitPolicyPluginRef: flowControl?.usageLimitPolicy && plugins.add(flowControl.usageLimitPolicy),
    saturationDetector: detector,
  });
}

/** Builds before 1.5 take bytes as a number; text that is none is left for the check to find. */
function wholeBytes(quantity: string | undefined): number | string | undefined {
  return quantity === undefined ? undefined : parseQuantity(quantity) ?? quantity;
}

function dataLayer(
  { metricsSource, metricsExtractor, dataSources = [] }: EndpointPickerConfigProps, plugins: PluginList,
): object | undefined {
  if (!metricsSource && !metricsExtractor && dataSources.length === 0) return undefined;
  const metrics = {
    source: metricsSource ?? EndpointPickerPlugin.metricsDataSource(), extractors: [metricsExtractor ?? EndpointPickerPlugin.coreMetricsExtractor()],
  };
  const sources = [metrics, ...dataSources].map(({ source, extractors }) => ({
    pluginRef: plugins.add(source), extractors: extractors.map((extractor) => ({ pluginRef: plugins.add(extractor) })),
  }));
  return { sources };
}
