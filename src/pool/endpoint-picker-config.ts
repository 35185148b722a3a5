/** The configuration file of an endpoint picker: which plugins score and pick the pod of a request. */
export class EndpointPickerConfig {
  /**
   * Only the picker's built-in default, without any scorer: what AI Runway's controller writes when a provider says nothing.
   */
  public static upstreamDefault(): EndpointPickerConfig {
    return new EndpointPickerConfig(`apiVersion: ${API_VERSION}\nkind: EndpointPickerConfig\n`);
  }

  /**
   * Shortest queue (weight 2), most free KV cache (2) and the longest prefix already cached (3): the default of the inference
   * extension's chart.
   */
  public static prefixAware(): EndpointPickerConfig {
    return new EndpointPickerConfig([
      `apiVersion: ${API_VERSION}`,
      'kind: EndpointPickerConfig',
      'plugins:',
      '- type: queue-scorer',
      '- type: kv-cache-utilization-scorer',
      '- type: prefix-cache-scorer',
      'schedulingProfiles:',
      '- name: default',
      '  plugins:',
      '  - pluginRef: queue-scorer',
      '    weight: 2',
      '  - pluginRef: kv-cache-utilization-scorer',
      '    weight: 2',
      '  - pluginRef: prefix-cache-scorer',
      '    weight: 3',
      '',
    ].join('\n'));
  }

  /**
   * A configuration file as it stands.
   *
   * @param yaml an EndpointPickerConfig document
   */
  public static yaml(yaml: string): EndpointPickerConfig {
    return new EndpointPickerConfig(yaml);
  }

  /** The document, as YAML. */
  public readonly document: string;

  private constructor(document: string) {
    this.document = document;
  }
}

const API_VERSION = 'inference.networking.x-k8s.io/v1alpha1';
