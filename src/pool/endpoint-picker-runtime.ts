import {
  buildOfImage, EndpointPickerBuild, GAIE_1_4, GAIE_1_5, LLMD_ROUTER_0_10, LLMD_ROUTER_0_9, LLMD_SCHEDULER_0_6,
} from '../versions';

/** How the value of a command-line flag is written. */
export enum EndpointPickerFlagType {
  /** `true` or `false`. */
  BOOL = 'bool',
  /** A whole number. */
  INT = 'int',
  /** Any text. */
  STRING = 'string',
  /** A Go duration: `50ms`, `1m30s`. */
  DURATION = 'duration',
}

/** Names of the HTTP headers by which a client steers an endpoint picker. */
export interface EndpointPickerHeaders {
  /** Carries the name of an `InferenceObjective`. */
  readonly objective: string;
  /** Carries who the request is for; flow control is fair between them. */
  readonly fairnessId: string;
  /** Carries the name the model is rewritten to. */
  readonly modelNameRewrite: string;
  /** Carries the longest time to the first token wanted, in milliseconds. */
  readonly ttftSlo: string;
  /** Carries the longest time per output token wanted, in milliseconds. */
  readonly tpotSlo: string;
}

/** Options of a runtime that is not among the known ones. */
export interface CustomRuntimeOptions {
  /** The container image. */
  readonly image: string;

  /**
   * The known runtime it is built from: flags, configuration, RBAC and probes are taken from there.
   *
   * @default EndpointPickerRuntime.GAIE_1_5
   */
  readonly basedOn?: EndpointPickerRuntime;

  /**
   * What messages call it.
   *
   * @default - the image
   */
  readonly name?: string;

  /**
   * Plugin types it registers beyond those of `basedOn`.
   *
   * @default - none
   */
  readonly extraPlugins?: string[];

  /**
   * Flags it has beyond those of `basedOn`, without leading dashes.
   *
   * @default - none
   */
  readonly extraFlags?: { [name: string]: EndpointPickerFlagType };
}

/**
 * A build of the endpoint picker, and everything in which it differs from the others: image, flags, group and keys of the configuration file,
 * registered plugins, API groups it reads, probe services, labels and headers.
 *
 * Choosing one renders all of it. What the build refuses is an error that names the replacement: IGW504 for flags, IGW506 for plugins, IGW507
 * for the configuration.
 *
 * GAIE 1.6 is not among them: it ships no endpoint picker. The llm-d router is the successor.
 */
export class EndpointPickerRuntime {
  /** Gateway API Inference Extension 1.4. */
  public static readonly GAIE_1_4 = new EndpointPickerRuntime(GAIE_1_4);

  /** Gateway API Inference Extension 1.5, the last with an endpoint picker of its own. The default. */
  public static readonly GAIE_1_5 = new EndpointPickerRuntime(GAIE_1_5);

  /** llm-d inference scheduler 0.6, which AI Runway's llm-d provider uses. Its flags and configuration are those of GAIE before 1.4. */
  public static readonly LLMD_SCHEDULER_0_6 = new EndpointPickerRuntime(LLMD_SCHEDULER_0_6);

  /** llm-d router 0.9. */
  public static readonly LLMD_ROUTER_0_9 = new EndpointPickerRuntime(LLMD_ROUTER_0_9);

  /** llm-d router 0.10. */
  public static readonly LLMD_ROUTER_0_10 = new EndpointPickerRuntime(LLMD_ROUTER_0_10);

  /**
   * A build of your own: a known one with another image, and with more plugins or flags if it has them.
   */
  public static of(options: CustomRuntimeOptions): EndpointPickerRuntime {
    const base = (options.basedOn ?? EndpointPickerRuntime.GAIE_1_5)._build;
    const extraFlags = Object.entries(options.extraFlags ?? {}).map(([name, type]) => [name, { type }]);
    return new EndpointPickerRuntime({
      ...base,
      name: options.name ?? options.image,
      image: options.image,
      flags: { ...base.flags, ...Object.fromEntries(extraFlags) },
      plugins: { ...base.plugins, other: [...base.plugins.other ?? [], ...options.extraPlugins ?? []] },
    });
  }

  /**
   * The known runtime an image is, whatever registry it comes from; undefined when its path and tag don't tell.
   *
   * @param image an image reference with a tag
   */
  public static fromImage(image: string): EndpointPickerRuntime | undefined {
    const build = buildOfImage(image);
    return build && KNOWN.find((runtime) => runtime._build === build);
  }

  /** What messages call it. */
  public readonly name: string;
  /** Its container image. */
  public readonly image: string;
  /** Every plugin type it registers. */
  public readonly pluginTypes: string[];
  /** Every flag it takes, without leading dashes. */
  public readonly flags: string[];
  /** The apiVersion its configuration file is rendered with. */
  public readonly configApiVersion: string;
  /** The apiVersion of `InferenceObjective` and `InferenceModelRewrite` it reads. */
  public readonly objectiveApiVersion: string;
  /** The pod label by which it tells the engines of model servers apart. */
  public readonly engineTypeLabel: string;
  /** The headers it reads. */
  public readonly headers: EndpointPickerHeaders;

  /** @internal */
  public readonly _build: EndpointPickerBuild;

  private constructor(build: EndpointPickerBuild) {
    this._build = build;
    this.name = build.name;
    this.image = build.image;
    this.pluginTypes = [...new Set(Object.values(build.plugins).flat())].sort();
    this.flags = Object.keys(build.flags).filter((flag) => !(flag in build.forbiddenFlags)).sort();
    this.configApiVersion = build.configApiVersions[0];
    this.objectiveApiVersion = build.objectiveApiVersion;
    this.engineTypeLabel = build.engineTypeLabel;
    this.headers = build.headers;
  }
}

const KNOWN = [
  EndpointPickerRuntime.GAIE_1_4, EndpointPickerRuntime.GAIE_1_5, EndpointPickerRuntime.LLMD_SCHEDULER_0_6, EndpointPickerRuntime.LLMD_ROUTER_0_9,
  EndpointPickerRuntime.LLMD_ROUTER_0_10,
];
