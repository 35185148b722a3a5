import type { Mistake } from '../core';
import { EndpointPickerBuild, GAIE_1_5 } from '../versions';
import { checkConfig } from './config/check-config';
import { checkConfigText } from './config/check-text';
import { ConfigDocument, configText } from './config/config-document';
import { withModelServer, withParser } from './config/model-server-plugins';
import * as presets from './config/presets';
import { renderConfig } from './config/render-config';
import type { ResolvedConfig } from './config/resolved-config';
import type { EndpointPickerConfigProps } from './endpoint-picker-config-props';
import type { PrecisePrefixOptions, PrefillDecodeOptions } from './endpoint-picker-presets';
import type { EndpointPickerRuntime } from './endpoint-picker-runtime';
import type { ModelServerEngine } from './model-server-engine';

/**
 * The configuration file of an endpoint picker: which plugins filter, score and pick the pod of a request.
 *
 * It is written in the dialect of the picker's runtime and checked against it when the picker is made, all mistakes together: IGW505 for
 * references, duplicates, weights and values, IGW506 for plugins the runtime lacks, IGW507 for keys, groups and feature gates of another build.
 *
 * Source: apix/config/v1alpha1 and pkg/epp/config/loader of the Gateway API Inference Extension v1.5.0 and of the llm-d router v0.10.0.
 */
export class EndpointPickerConfig {
  /**
   * Only the picker's built-in default, without any scorer: what AI Runway's controller writes when a provider says nothing.
   */
  public static upstreamDefault(): EndpointPickerConfig {
    return new EndpointPickerConfig(presets.upstreamDefault);
  }

  /**
   * Shortest queue (weight 2), most free KV cache (2) and the longest prefix already cached (3): the default of the inference
   * extension's chart.
   */
  public static prefixAware(): EndpointPickerConfig {
    return new EndpointPickerConfig(presets.prefixAware);
  }

  /**
   * Decode pods with the longest prefix already cached: what AI Runway's llm-d provider uses. Needs a runtime of llm-d.
   */
  public static llmd(): EndpointPickerConfig {
    return new EndpointPickerConfig(presets.llmd);
  }

  /**
   * Prefill and decode on pods of their own, told apart by the label `llm-d.ai/role`: a prefill pod is used when enough of the prompt is not
   * cached. Needs a runtime of llm-d.
   */
  public static prefillDecode(options: PrefillDecodeOptions = {}): EndpointPickerConfig {
    return new EndpointPickerConfig(presets.prefillDecode(options));
  }

  /**
   * Decode pods that hold the longest prefix, told by the events of their KV caches rather than by what they were sent. Needs a runtime of llm-d,
   * and model servers that publish KV events.
   */
  public static precisePrefix(options: PrecisePrefixOptions): EndpointPickerConfig {
    return new EndpointPickerConfig(presets.precisePrefix(options));
  }

  /**
   * Pods with the best predicted latency. Needs the `latencyPredictor` of the endpoint picker, and GAIE 1.5 or later.
   */
  public static predictedLatency(): EndpointPickerConfig {
    return new EndpointPickerConfig(presets.predictedLatency);
  }

  /**
   * A configuration of your own.
   */
  public static of(props: EndpointPickerConfigProps): EndpointPickerConfig {
    return new EndpointPickerConfig(() => props);
  }

  /**
   * A configuration file as it stands: checked like the others, and written byte for byte.
   *
   * @param yaml an EndpointPickerConfig document
   */
  public static yaml(yaml: string): EndpointPickerConfig {
    return new EndpointPickerConfig(yaml);
  }

  private readonly resolved: { readonly target: ConfigTarget; readonly result: ResolvedConfig }[] = [];

  private constructor(private readonly source: presets.Preset | string) {}

  /** The document, as YAML for the default runtime. */
  public get document(): string {
    return this._resolve({ rendered: GAIE_1_5, checked: undefined }).text;
  }

  /**
   * The document, as YAML for a runtime.
   *
   * @param runtime the build that reads it
   */
  public documentFor(runtime: EndpointPickerRuntime): string {
    return this._resolve({ rendered: runtime._build, checked: undefined }).text;
  }

  /** @internal */
  public _resolve(target: ConfigTarget): ResolvedConfig {
    const { rendered, checked, engine, http2 = false, allowAlpha = false } = target;
    const same = (other: ConfigTarget) => other.rendered === rendered && other.checked === checked && other.engine === engine
      && (other.http2 ?? false) === http2 && (other.allowAlpha ?? false) === allowAlpha;
    const known = this.resolved.find((other) => same(other.target));
    if (known) return known.result;
    const result = typeof this.source === 'string'
      ? resolveText(this.source, target)
      : resolveTyped(forServers(this.source(rendered), target), rendered, checked, allowAlpha);
    this.resolved.push({ target, result });
    return result;
  }
}

interface ConfigTarget {
  /** The build whose dialect is written. */
  readonly rendered: EndpointPickerBuild;
  /** The build it is checked against; undefined when the image is not known. */
  readonly checked: EndpointPickerBuild | undefined;
  readonly engine?: ModelServerEngine;
  /** Whether the model servers speak HTTP/2. */
  readonly http2?: boolean;
  readonly allowAlpha?: boolean;
}

function forServers(props: EndpointPickerConfigProps, { rendered, engine, http2 }: ConfigTarget): EndpointPickerConfigProps {
  return withParser(withModelServer(props, engine, rendered), http2 ? engine : undefined, rendered);
}

function resolveTyped(
  props: EndpointPickerConfigProps, rendered: EndpointPickerBuild, checked: EndpointPickerBuild | undefined, allowAlpha: boolean,
): ResolvedConfig {
  const document = renderConfig(props, rendered);
  const { mistakes, notices } = checkConfig(document, checked, allowAlpha);
  return { text: configText(document), mistakes: [...checkDialect(props, rendered), ...mistakes], notices };
}

/** What the dialect of a build has no words for. */
function checkDialect({ saturationDetector, parser, metricsExtractor }: EndpointPickerConfigProps, build: EndpointPickerBuild): Mistake[] {
  const mistakes: Mistake[] = [];
  if (build.dialect.engineMetrics === 'flags' && metricsExtractor?.parameters) {
    mistakes.push({
      code: 'IGW507', field: 'endpointPicker.config.metricsExtractor', value: metricsExtractor.parameters, problem: `is ignored by ${build.name}`, fix: 'set `modelServer` of the endpoint picker, or the flags that name the metrics',
    });
  }
  if (build.dialect.saturationDetector === 'thresholds' && saturationDetector && saturationDetector.type !== 'utilization-detector') {
    mistakes.push({
      code: 'IGW507', field: 'endpointPicker.config.saturationDetector', value: saturationDetector.type, problem: `cannot be chosen in ${build.name}`, allowed: 'utilization-detector', fix: 'use it, or choose a later runtime',
    });
  }
  if (build.dialect.parser === 'none' && parser) {
    mistakes.push({ code: 'IGW507', field: 'endpointPicker.config.parser', value: parser.type, problem: `cannot be chosen in ${build.name}`, fix: 'remove it, or choose a later runtime' });
  }
  return mistakes;
}

function resolveText(text: string, { rendered, checked, engine, allowAlpha }: ConfigTarget): ResolvedConfig {
  const { document, mistakes, notices } = checkConfigText(text, checked, allowAlpha);
  const namedHere = document && rendered.dialect.engineMetrics === 'extractor' ? checkEngine(document, engine) : [];
  // A file that the build takes is taken: what is left out has a default there, and what is written is hardly meant.
  const unusual = mistakes.filter((mistake) => mistake.tolerated && 'value' in mistake);
  return { text, mistakes: [...mistakes.filter(({ tolerated }) => !tolerated), ...namedHere], notices: [...notices, ...unusual] };
}

/** The text is not touched, so it has to name the engine itself. */
function checkEngine({ plugins }: ConfigDocument, engine: ModelServerEngine | undefined): Mistake[] {
  if (!engine || engine === 'vllm') return [];
  const extractor = Array.isArray(plugins) ? plugins.find(({ parameters }) => parameters?.defaultEngine !== undefined) : undefined;
  if (extractor?.parameters?.defaultEngine === engine) return [];
  return [{
    code: 'IGW505', field: 'endpointPicker.modelServer', value: engine, problem: 'is not the defaultEngine of a metrics extractor in the YAML, which is written as it stands', fix: `add the parameter defaultEngine: ${engine} to core-metrics-extractor, or remove modelServer`,
  }];
}
