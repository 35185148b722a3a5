import type { Duration } from 'cdk8s';
import { assertNoMistakes, compact, Mistake } from '../core';
import { mergeHigressConfig } from './merge-higress-config';

/** Properties of `HigressSettings`. Sizes and numbers that are not given are left to Higress, or to the text that is merged into. */
export interface HigressSettingsProps {
  /**
   * After how long an idle connection of a client is closed, in whole seconds.
   *
   * @default - not set; Higress' own is 180 seconds
   */
  readonly idleTimeout?: Duration;

  /**
   * How long an answer may take in all, in whole seconds; 0 is for ever.
   *
   * @default - not set; Higress' own is 0
   */
  readonly routeTimeout?: Duration;

  /**
   * Largest size of a request's headers in KiB, at most 8192.
   *
   * @default - not set; Higress' own is 60
   */
  readonly maxRequestHeadersKb?: number;

  /**
   * Buffer of a connection of a client, in bytes.
   *
   * @default - not set; Higress' own is 32768
   */
  readonly connectionBufferLimits?: number;

  /**
   * After how long an idle connection to a server is closed, in whole seconds.
   *
   * @default - not set; Higress' own is 10 seconds
   */
  readonly upstreamIdleTimeout?: Duration;

  /**
   * Buffer of a connection to a server, in bytes.
   *
   * @default - not set; Higress' own is 10485760
   */
  readonly upstreamConnectionBufferLimits?: number;
}

/**
 * Settings of the whole gateway: the key `higress` of the ConfigMap `higress-config`, which is YAML in a text.
 *
 * Give them to the chart of Higress (`toChartValues`), merge them into a text that exists (`mergeInto`), or render the ConfigMap
 * (`HigressConfigMap`).
 *
 * Source: alibaba/higress pkg/ingress/kube/configmap/global.go.
 *
 * Errors: IGW737.
 */
export class HigressSettings {
  private readonly downstream: Readonly<Record<string, number>>;
  private readonly upstream: Readonly<Record<string, number>>;

  public constructor(props: HigressSettingsProps) {
    assertNoMistakes('HigressSettings', checkSettings(props));
    this.downstream = compact({
      idleTimeout: props.idleTimeout?.toSeconds(),
      routeTimeout: props.routeTimeout?.toSeconds(),
      maxRequestHeadersKb: props.maxRequestHeadersKb,
      connectionBufferLimits: props.connectionBufferLimits,
    }) as Record<string, number>;
    this.upstream = compact({
      idleTimeout: props.upstreamIdleTimeout?.toSeconds(), connectionBufferLimits: props.upstreamConnectionBufferLimits,
    }) as Record<string, number>;
  }

  /**
   * The settings as values of a Helm chart.
   *
   * @param subchart where the chart `higress-core` is a part of another one, its name there: `higress-core` in the charts `higress` and
   * `gpustack-chart`
   */
  public toChartValues(subchart?: string): Record<string, any> {
    const values = this.toObject();
    return subchart === undefined ? values : { [subchart]: values };
  }

  /** The settings as a text of their own. */
  public toText(): string {
    const { stringify } = require('yaml') as typeof import('yaml');
    return stringify(this.toObject());
  }

  /**
   * A text of the key `higress` with these settings in it. Comments and all other keys stay as they are, and so does the whole text when
   * it says the same already.
   *
   * GPUStack crashes when the text is empty, holds no map, or has a section without fields; here that is an error.
   */
  public mergeInto(text: string): string {
    const merged = mergeHigressConfig(text, this.toObject());
    if (typeof merged === 'string') return merged;
    assertNoMistakes('HigressSettings', merged);
    return text;
  }

  /**
   * As `mergeInto`, with the mistakes for the caller to throw.
   *
   * @internal
   */
  public _mergeInto(text: string): string | Mistake[] {
    return mergeHigressConfig(text, this.toObject());
  }

  private toObject(): Record<string, Record<string, number>> {
    return Object.fromEntries(Object.entries({ downstream: this.downstream, upstream: this.upstream })
      .filter(([, section]) => Object.keys(section).length > 0)
      .map(([name, section]) => [name, { ...section }]));
  }
}

const LARGEST_HEADERS = 8192;
const LARGEST = 2 ** 32 - 1;

function checkSettings(props: HigressSettingsProps): Mistake[] {
  const mistakes: Mistake[] = [];
  const wrong = (field: string, value: unknown, problem: string, allowed: string) => mistakes.push({
    code: 'IGW737', field, value, problem, allowed, fix: `set \`${field}\` to a number in this range`,
  });
  const sizes = { connectionBufferLimits: props.connectionBufferLimits, upstreamConnectionBufferLimits: props.upstreamConnectionBufferLimits };
  for (const [field, value] of Object.entries(sizes)) {
    if (value !== undefined && !(Number.isInteger(value) && value > 0 && value <= LARGEST)) wrong(field, value, 'is not a size', `1 to ${LARGEST}`);
  }
  const headers = props.maxRequestHeadersKb;
  if (headers !== undefined && !(Number.isInteger(headers) && headers > 0 && headers <= LARGEST_HEADERS)) {
    wrong('maxRequestHeadersKb', headers, 'is not a size that Higress takes', `1 to ${LARGEST_HEADERS}`);
  }
  const { idleTimeout, routeTimeout, upstreamIdleTimeout } = props;
  for (const [field, value] of Object.entries({ idleTimeout, routeTimeout, upstreamIdleTimeout })) {
    if (value === undefined || value.toMilliseconds() % 1000 === 0) continue;
    wrong(field, `${value.toMilliseconds()}ms`, 'is not in whole seconds', 'whole seconds');
  }
  return mistakes;
}
