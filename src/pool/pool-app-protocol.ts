/** The protocol the gateway speaks to the serving pods. */
export enum PoolAppProtocol {
  /** HTTP/1.1. */
  HTTP = 'http',
  /** HTTP/2 without TLS, which gRPC servers need. */
  H2C = 'kubernetes.io/h2c',
}
