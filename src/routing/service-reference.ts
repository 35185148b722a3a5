/** Group and kind of a Service, as references name it. */
export const serviceKind = { group: '', kind: 'Service' };

/** What a route needs to know of a Service. */
export interface ServiceReference {
  /** Name of the Service. */
  readonly name: string;

  /** Port of the Service, not of its pods. */
  readonly port: number;

  /**
   * Namespace of the Service. A ReferenceGrant is rendered there when it is not the route's.
   *
   * @default - the namespace of the route
   */
  readonly namespace?: string;
}
