/** What the GPUStack process behind the gateway is. */
export enum GpuStackRole {
  /** A server, also one that is a worker at the same time: the whole chain of plugins. */
  SERVER = 'server',

  /** A worker with a gateway of its own: the chain without the plugins that transform headers and report token usage. */
  WORKER = 'worker',
}
