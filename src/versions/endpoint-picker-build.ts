/** How a command-line flag is parsed. */
export type FlagType = 'bool' | 'int' | 'string' | 'duration' | 'ints' | 'strings';

export interface FlagFact {
  readonly type: FlagType;
  /** What the build assumes when the flag is left out; absent when that is nothing. */
  readonly default?: string;
}

/** What a plugin can do in a configuration. */
export type PluginKind =
  'scorer' | 'filter' | 'picker' | 'profileHandler' | 'dataSource' | 'extractor' | 'parser' | 'saturationDetector' | 'fairnessPolicy'
  | 'orderingPolicy' | 'usageLimitPolicy' | 'producer' | 'admitter' | 'decider' | 'other';

/** The value a configuration key takes: a scalar, a list of one shape, a map, or anything (plugin parameters). */
export type ConfigShape = 'any' | 'string' | 'integer' | 'number' | 'boolean' | 'quantity' | 'duration' | ConfigList | ConfigMap;
export interface ConfigList { readonly listOf: ConfigShape }
export interface ConfigMap {
  readonly keys: Readonly<Record<string, ConfigShape>>;
  /** Keys of other builds, with what this one has instead. */
  readonly replaced?: Readonly<Record<string, string>>;
}

/** Names of the headers a client steers the endpoint picker with. */
export interface HeaderNames {
  readonly objective: string;
  readonly fairnessId: string;
  readonly modelNameRewrite: string;
  readonly ttftSlo: string;
  readonly tpotSlo: string;
}

/** Everything in which one build of the endpoint picker differs from another. */
export interface EndpointPickerBuild {
  /** What messages call it. */
  readonly name: string;
  readonly image: string;
  /** The end of the image's path that tells it is this project's, whatever the registry. */
  readonly repository: string;
  /** `major.minor` of its tags. */
  readonly release: string;
  readonly flags: Readonly<Record<string, FlagFact>>;
  /** Flags the parser takes and the process then exits on, with their replacement. */
  readonly forbiddenFlags: Readonly<Record<string, string>>;
  /** Flags of earlier builds, with their replacement. */
  readonly removedFlags: Readonly<Record<string, string>>;
  /** apiVersions of the configuration file it reads; the first is rendered. */
  readonly configApiVersions: readonly string[];
  /** The configuration file, which is decoded strictly. */
  readonly config: ConfigMap;
  /** How its configuration says what several builds say differently. */
  readonly dialect: {
    readonly dataLayer: 'data' | 'dataLayer';
    readonly saturationDetector: 'thresholds' | 'pluginRef' | 'flowControl';
    readonly parser: 'none' | 'parser' | 'requestHandler';
    /** Whether the plugins of the data layer need the gate `dataLayer` to have an effect. */
    readonly dataLayerGate: boolean;
    /** Whether a plugin that others name in their parameters has to come before them. */
    readonly orderedPlugins: boolean;
    /** How prefill and decode are told apart. */
    readonly disaggregation: 'pd-profile-handler' | 'disagg-profile-handler';
    /** Whether the metrics of an engine are named in the configuration or by flags. */
    readonly engineMetrics: 'extractor' | 'flags';
    /** Whether exact prefix matching is one scorer or a pipeline of producers. */
    readonly precisePrefix: 'scorer' | 'producer';
  };
  readonly featureGates: readonly string[];
  readonly plugins: Readonly<Partial<Record<PluginKind, readonly string[]>>>;
  /** Plugins that need the flag `allow-experimental-plugins`. */
  readonly alphaPlugins: readonly string[];
  /** Plugins the build adds by itself when something refers to them. */
  readonly impliedPlugins: readonly string[];
  /** Names other builds have for plugins of this one. */
  readonly renamedPlugins: Readonly<Record<string, string>>;
  /** API groups whose objectives and rewrites it reads. */
  readonly extensionGroups: readonly string[];
  /** The group it prefers where several are installed, with the version of its objects. */
  readonly objectiveApiVersion: string;
  readonly probeServices: { readonly single: ProbeServices; readonly highlyAvailable: ProbeServices };
  /** Pod label that tells the engine of a model server apart. */
  readonly engineTypeLabel: string;
  readonly headers: HeaderNames;
  /** `service.name` of its traces. */
  readonly traceServiceName: string;
  /** Engines whose metric names it knows. */
  readonly engines: readonly string[];
  /** Images of the latency predictor's two servers; absent where upstream releases none for it. */
  readonly latencyPredictor?: { readonly training: string; readonly prediction: string };
}

export interface ProbeServices { readonly liveness: string; readonly readiness: string }

/** The gRPC health services every build so far answers to: any name without leader election, these two with it. */
export const PROBE_SERVICES: EndpointPickerBuild['probeServices'] = {
  single: { liveness: 'inference-extension', readiness: 'inference-extension' },
  highlyAvailable: { liveness: 'liveness', readiness: 'readiness' },
};

/** What a plugin of a build can do; undefined when the build has no such plugin. */
export function pluginKindsOf(build: EndpointPickerBuild, type: string): PluginKind[] | undefined {
  const kinds = (Object.keys(build.plugins) as PluginKind[]).filter((kind) => build.plugins[kind]!.includes(type));
  return kinds.length > 0 ? kinds : undefined;
}
