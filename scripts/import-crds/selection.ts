/** What is imported of one CustomResourceDefinition. */
export interface Selection {
  readonly version: string;
  /**
   * Properties typed `any`, because they repeat a whole other schema. `*` stands for any one property, arrays and maps do not count.
   */
  readonly untyped?: readonly string[];
  /** Properties left out. */
  readonly without?: readonly string[];
}

/** The CustomResourceDefinitions whose types the library uses, by name. */
export const SELECTION: Readonly<Record<string, Selection>> = {
  'gatewayclasses.gateway.networking.k8s.io': { version: 'v1' },
  'gateways.gateway.networking.k8s.io': { version: 'v1' },
  'httproutes.gateway.networking.k8s.io': { version: 'v1' },
  // Served as v1 too, with the same schema; v1beta1 is what is stored, and what AI Runway sends.
  'referencegrants.gateway.networking.k8s.io': { version: 'v1beta1' },

  'inferencepools.inference.networking.k8s.io': { version: 'v1' },
  'inferencemodelrewrites.inference.networking.x-k8s.io': { version: 'v1alpha2' },
  'inferenceobjectives.inference.networking.x-k8s.io': { version: 'v1alpha2' },

  'inferenceproviderconfigs.airunway.ai': { version: 'v1alpha1' },
  'modeldeployments.airunway.ai': { version: 'v1alpha1' },
  'inferenceproviderconfigs.kubeairunway.ai': { version: 'v1alpha1' },
  'modeldeployments.kubeairunway.ai': { version: 'v1alpha1' },

  'wasmplugins.extensions.higress.io': { version: 'v1alpha1' },
  'mcpbridges.networking.higress.io': { version: 'v1' },

  'destinationrules.networking.istio.io': { version: 'v1' },
  'envoyfilters.networking.istio.io': { version: 'v1alpha3' },

  'workspaces.kaito.sh': { version: 'v1beta1' },

  'rayservices.ray.io': {
    version: 'v1',
    untyped: ['spec.rayClusterConfig.headGroupSpec.template', 'spec.rayClusterConfig.workerGroupSpecs.template'],
  },

  'applications.argoproj.io': { version: 'v1alpha1', without: ['operation'] },
  'applicationsets.argoproj.io': {
    version: 'v1alpha1',
    untyped: ['spec.generators.*.template', 'spec.generators.matrix.generators', 'spec.generators.merge.generators'],
  },
  'appprojects.argoproj.io': { version: 'v1alpha1' },
};
