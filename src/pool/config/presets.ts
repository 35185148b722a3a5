import { compact } from '../../core';
import type { EndpointPickerBuild } from '../../versions';
import type { EndpointPickerConfigProps } from '../endpoint-picker-config-props';
import { EndpointPickerPlugin as Plugin } from '../endpoint-picker-plugin';
import type { PrecisePrefixOptions, PrefillDecodeOptions } from '../endpoint-picker-presets';

/** A configuration that says the same to every build, each in its dialect. */
export type Preset = (build: EndpointPickerBuild) => EndpointPickerConfigProps;

export const upstreamDefault: Preset = () => ({});

/** The default of the inference extension's chart. */
export const prefixAware: Preset = () => ({
  schedulingProfiles: [{
    plugins: [
      { plugin: Plugin.queueScorer(), weight: 2 },
      { plugin: Plugin.kvCacheUtilizationScorer(), weight: 2 },
      { plugin: Plugin.prefixCacheScorer(), weight: 3 },
    ],
  }],
});

/** What AI Runway's llm-d provider gives its endpoint picker. */
export const llmd: Preset = () => {
  const [prefix, decode, picker] = [Plugin.prefixCacheScorer(), Plugin.decodeFilter(), Plugin.maxScorePicker()];
  return {
    plugins: [prefix, decode, picker, Plugin.singleProfileHandler()],
    schedulingProfiles: [{ plugins: [{ plugin: decode }, { plugin: picker }, { plugin: prefix, weight: 2 }] }],
  };
};

/** deploy/config/pd-epp-config.yaml of llm-d-inference-scheduler v0.6.0 and of llm-d-router v0.10.0. */
export function prefillDecode({ nonCachedTokens = 16, primaryPort }: PrefillDecodeOptions): Preset {
  return ({ dialect, featureGates }) => {
    const decider = Plugin.prefixBasedPdDecider({ nonCachedTokens });
    const separate = dialect.disaggregation === 'pd-profile-handler';
    const profile = (name: string, filter: Plugin) => ({
      name,
      plugins: [
        { plugin: filter },
        { plugin: Plugin.maxScorePicker() },
        { plugin: Plugin.prefixCacheScorer(), weight: 2 },
        { plugin: Plugin.queueScorer(), weight: 1 },
      ],
    });
    return {
      // The decider counts what the prefix scorer found before scheduling.
      featureGates: separate && featureGates.includes('prepareDataPlugins') ? ['prepareDataPlugins'] : undefined,
      plugins: [
        ...(separate ? [Plugin.of('prefill-header-handler')] : []),
        decider,
        separate ? Plugin.pdProfileHandler({ decider: decider.name, primaryPort }) : Plugin.disaggProfileHandler({ prefillDecider: decider.name }),
      ],
      schedulingProfiles: [profile('prefill', Plugin.prefillFilter()), profile('decode', Plugin.decodeFilter())],
    };
  };
}

/** deploy/config/epp-precise-prefix-cache-config.yaml of llm-d-inference-scheduler v0.6.0 and of llm-d-router v0.10.0. */
export function precisePrefix(options: PrecisePrefixOptions): Preset {
  const { modelName, blockSize = 16, hashSeed, tokenizerUrl = 'http://localhost:8000', kvEventsEndpoint } = options;
  const tokenProcessorConfig = compact({ blockSize, hashSeed });
  const kvEventsConfig = kvEventsEndpoint === undefined ? undefined : { zmqEndpoint: kvEventsEndpoint };
  const kvBlockIndexConfig = { enableMetrics: true };
  const profile = (scorer: Plugin) => [{
    plugins: [
      { plugin: Plugin.decodeFilter() },
      { plugin: scorer, weight: 2 },
      { plugin: Plugin.kvCacheUtilizationScorer(), weight: 1 },
      { plugin: Plugin.queueScorer(), weight: 1 },
      { plugin: Plugin.maxScorePicker() },
    ],
  }];
  return ({ dialect }) => {
    if (dialect.precisePrefix === 'scorer') {
      const indexerConfig = { kvBlockIndexConfig, tokenizersPoolConfig: { modelName } };
      const scorer = Plugin.precisePrefixCacheScorer({ parameters: compact({ tokenProcessorConfig, indexerConfig, kvEventsConfig }) });
      return { plugins: [Plugin.singleProfileHandler()], schedulingProfiles: profile(scorer) };
    }
    const producer = Plugin.of('precise-prefix-cache-producer', {
      parameters: compact({ tokenProcessorConfig, indexerConfig: { kvBlockIndexConfig }, kvEventsConfig }),
    });
    return {
      plugins: [
        Plugin.of('token-producer', { parameters: { modelName, vllm: { url: tokenizerUrl } } }), Plugin.singleProfileHandler(), producer,
      ],
      schedulingProfiles: profile(Plugin.prefixCacheScorer({ prefixMatchInfoProducerName: producer.name })),
      // The producer learns of pods, and subscribes to the events of their caches, as an extractor.
      metricsSource: Plugin.metricsDataSource(),
      dataSources: [{ source: Plugin.of('endpoint-notification-source'), extractors: [producer] }],
    };
  };
}

/** The chart's, with the latency predictor: config/charts/epplib/templates/_config.yaml, without the scorers it defines and never uses. */
export const predictedLatency: Preset = () => {
  // The strict filter runs before pods are sorted by the latency they can keep, the loose one among those that can.
  const strict = Plugin.prefixCacheAffinityFilter({ name: 'strict-affinity-filter', affinityThreshold: 0.99 });
  const loose = Plugin.prefixCacheAffinityFilter({ name: 'loose-affinity-filter', affinityThreshold: 0.8 });
  return {
    // The prefix scorer is in no profile: it brings the producer that the affinity filters read.
    plugins: [Plugin.prefixCacheScorer(), Plugin.predictedLatencyProducer(), Plugin.latencySloAdmitter()],
    schedulingProfiles: [{
      plugins: [
        { plugin: strict },
        { plugin: Plugin.sloHeadroomTierFilter() },
        { plugin: loose },
        { plugin: Plugin.latencyScorer(), weight: 1 },
        { plugin: Plugin.weightedRandomPicker() },
      ],
    }],
  };
};
