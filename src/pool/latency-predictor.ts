/** Servers beside an endpoint picker that learn and predict the latency of its pods. */
export interface LatencyPredictor {
  /**
   * Prediction servers, on ports from 8001 on.
   *
   * @default 1
   */
  readonly predictionServers?: number;

  /**
   * Image of the training server.
   *
   * @default - the one of the runtime, where upstream releases one
   */
  readonly trainingImage?: string;

  /**
   * Image of the prediction servers.
   *
   * @default - the one of the runtime, where upstream releases one
   */
  readonly predictionImage?: string;

  /**
   * CPU the training server requests, as a Kubernetes quantity.
   *
   * @default 2000m
   */
  readonly trainingCpuRequest?: string;

  /**
   * CPU each prediction server requests, as a Kubernetes quantity. Its limit is 28, one per worker.
   *
   * @default 8000m
   */
  readonly predictionCpuRequest?: string;

  /**
   * Settings of the training server, by the names of its environment variables. They win over upstream's.
   *
   * @default - upstream's
   */
  readonly trainingSettings?: { [name: string]: string };

  /**
   * Settings of the prediction servers, by the names of their environment variables. They win over upstream's.
   *
   * @default - upstream's
   */
  readonly predictionSettings?: { [name: string]: string };
}
