import { Duration } from 'cdk8s';

/** Options of `EndpointPickerMonitoring`. */
export interface PickerMonitoringOptions {
  /**
   * Time between two scrapes.
   *
   * @default Duration.seconds(10)
   */
  readonly interval?: Duration;

  /**
   * Labels of the monitor, by which a Prometheus chooses its own.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * Namespace of GKE's collectors: `gke-gmp-system` on Autopilot. `podMonitoring` only.
   *
   * @default gmp-system
   */
  readonly collectorNamespace?: string;
}

/** How the metrics of an endpoint picker are scraped. */
export class EndpointPickerMonitoring {
  /** By the Prometheus operator: a `ServiceMonitor` (monitoring.coreos.com/v1). */
  public static serviceMonitor(options: PickerMonitoringOptions = {}): EndpointPickerMonitoring {
    return new EndpointPickerMonitoring('ServiceMonitor', options);
  }

  /** By Google Cloud Managed Service for Prometheus: a `PodMonitoring` (monitoring.googleapis.com/v1). */
  public static podMonitoring(options: PickerMonitoringOptions = {}): EndpointPickerMonitoring {
    return new EndpointPickerMonitoring('PodMonitoring', options);
  }

  private constructor(
    /** @internal */
    public readonly _kind: 'ServiceMonitor' | 'PodMonitoring',
    /** @internal */
    public readonly _options: PickerMonitoringOptions,
  ) {}
}
