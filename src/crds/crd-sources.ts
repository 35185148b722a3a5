import { PINS } from '../versions';
import { CrdFamily } from './crd-family';

/** Where one family is released: files of a repository at a pinned tag or commit. */
interface CrdSource {
  readonly repository: string;
  readonly ref: string;
  readonly folder: string;
  readonly files: readonly string[];
}

const CRD_SOURCES: Record<CrdFamily, CrdSource> = {
  [CrdFamily.GATEWAY_API]: {
    repository: 'kubernetes-sigs/gateway-api',
    ref: PINS.gatewayApi,
    folder: 'config/crd/standard',
    files: [
      'gateway.networking.k8s.io_backendtlspolicies.yaml',
      'gateway.networking.k8s.io_gatewayclasses.yaml',
      'gateway.networking.k8s.io_gateways.yaml',
      'gateway.networking.k8s.io_grpcroutes.yaml',
      'gateway.networking.k8s.io_httproutes.yaml',
      'gateway.networking.k8s.io_listenersets.yaml',
      'gateway.networking.k8s.io_referencegrants.yaml',
      'gateway.networking.k8s.io_tlsroutes.yaml',
    ],
  },
  [CrdFamily.GAIE]: {
    repository: 'kubernetes-sigs/gateway-api-inference-extension',
    ref: PINS.gaie,
    folder: 'config/crd/bases',
    files: [
      'inference.networking.k8s.io_inferencepools.yaml',
      'inference.networking.x-k8s.io_inferencemodelrewrites.yaml',
      'inference.networking.x-k8s.io_inferenceobjectives.yaml',
      'inference.networking.x-k8s.io_inferencepoolimports.yaml',
    ],
  },
  [CrdFamily.AIRUNWAY]: {
    repository: 'ai-runway/airunway',
    ref: PINS.airunway,
    folder: 'controller/config/crd/bases',
    files: ['airunway.ai_inferenceproviderconfigs.yaml', 'airunway.ai_modeldeployments.yaml'],
  },
  [CrdFamily.AIRUNWAY_LEGACY]: {
    repository: 'ai-runway/airunway',
    ref: PINS.airunwayLegacy,
    folder: 'controller/config/crd/bases',
    files: ['kubeairunway.ai_inferenceproviderconfigs.yaml', 'kubeairunway.ai_modeldeployments.yaml'],
  },
  [CrdFamily.HIGRESS]: {
    repository: 'alibaba/higress',
    ref: `v${PINS.higress}`,
    folder: 'helm/core/crds',
    files: ['customresourcedefinitions.gen.yaml'],
  },
  [CrdFamily.ISTIO]: {
    repository: 'istio/istio',
    ref: PINS.istio,
    folder: 'manifests/charts/base/files',
    files: ['crd-all.gen.yaml'],
  },
  [CrdFamily.KAITO]: {
    repository: 'kaito-project/kaito',
    ref: `v${PINS.kaito}`,
    folder: 'config/crd/bases',
    files: ['kaito.sh_inferencesets.yaml', 'kaito.sh_workspaces.yaml'],
  },
  [CrdFamily.KUBERAY]: {
    repository: 'ray-project/kuberay',
    ref: `v${PINS.kuberay}`,
    folder: 'ray-operator/config/crd/bases',
    files: ['ray.io_rayservices.yaml'],
  },
  [CrdFamily.ARGO_CD]: {
    repository: 'argoproj/argo-cd',
    ref: `v${PINS.argoCd}`,
    folder: 'manifests/crds',
    files: ['application-crd.yaml', 'applicationset-crd.yaml', 'appproject-crd.yaml'],
  },
};

/** The pinned URLs of a family; `base` is replaced in tests. */
export function crdUrls(family: CrdFamily, base = 'https://github.com'): string[] {
  const { repository, ref, folder, files } = CRD_SOURCES[family];
  return files.map((file) => `${base}/${repository}/raw/${ref}/${folder}/${file}`);
}
