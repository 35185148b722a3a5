/** The cluster-scoped kinds of Kubernetes and of what is met around gateways, by API group. */
const CLUSTER_SCOPED: Readonly<Record<string, readonly string[]>> = {
  '': ['Namespace', 'Node', 'PersistentVolume', 'ComponentStatus'],
  'admissionregistration.k8s.io': [
    'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding',
    'MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding',
  ],
  'apiextensions.k8s.io': ['CustomResourceDefinition'],
  'apiregistration.k8s.io': ['APIService'],
  'authentication.k8s.io': ['TokenReview', 'SelfSubjectReview'],
  'authorization.k8s.io': ['SubjectAccessReview', 'SelfSubjectAccessReview', 'SelfSubjectRulesReview'],
  'certificates.k8s.io': ['CertificateSigningRequest', 'ClusterTrustBundle'],
  'flowcontrol.apiserver.k8s.io': ['FlowSchema', 'PriorityLevelConfiguration'],
  'networking.k8s.io': ['IngressClass', 'IPAddress', 'ServiceCIDR'],
  'node.k8s.io': ['RuntimeClass'],
  'policy': ['PodSecurityPolicy'],
  'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
  'resource.k8s.io': ['DeviceClass', 'ResourceSlice'],
  'scheduling.k8s.io': ['PriorityClass'],
  'snapshot.storage.k8s.io': ['VolumeSnapshotClass', 'VolumeSnapshotContent'],
  'storage.k8s.io': ['StorageClass', 'CSIDriver', 'CSINode', 'VolumeAttachment', 'VolumeAttributesClass'],
  'gateway.networking.k8s.io': ['GatewayClass'],
  'policy.networking.k8s.io': ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy'],
  'airunway.ai': ['InferenceProviderConfig'],
  'kubeairunway.ai': ['InferenceProviderConfig'],
  'cert-manager.io': ['ClusterIssuer'],
  'external-secrets.io': ['ClusterSecretStore', 'ClusterExternalSecret', 'ClusterPushSecret'],
  'karpenter.sh': ['NodePool', 'NodeClaim'],
  'kueue.x-k8s.io': ['ClusterQueue', 'ResourceFlavor', 'AdmissionCheck', 'Topology', 'Cohort', 'WorkloadPriorityClass'],
  'kyverno.io': ['ClusterPolicy', 'ClusterCleanupPolicy'],
  'monitoring.googleapis.com': ['ClusterPodMonitoring', 'ClusterRules', 'ClusterNodeMonitoring', 'GlobalRules'],
  'nvidia.com': ['ClusterPolicy', 'NVIDIADriver'],
  'serving.kserve.io': ['ClusterServingRuntime', 'ClusterStorageContainer'],
  'trust.cert-manager.io': ['Bundle'],
};

const KINDS = new Set(Object.entries(CLUSTER_SCOPED).flatMap(([group, kinds]) => kinds.map((kind) => `${group}/${kind}`)));

/** Whether a kind has no namespace. What is not known is taken for namespaced, as most kinds are. */
export function isClusterScoped(group: string, kind: string): boolean {
  return KINDS.has(`${group}/${kind}`);
}
