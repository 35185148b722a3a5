import { Manifest } from '../../core';
import { RESTRICTED_CONTAINER } from '../../policy';
import type { EndpointPickerPlan } from './picker-plan';

const TRAINING_PORT = 8000;
const FIRST_PREDICTION_PORT = 8001;

/** What upstream's chart sets (config/charts/epplib/values.yaml). */
const TRAINING_SETTINGS: Readonly<Record<string, string>> = {
  LATENCY_RETRAINING_INTERVAL_SEC: '10',
  LATENCY_MIN_SAMPLES_FOR_RETRAIN: '100',
  LATENCY_TTFT_MODEL_PATH: '/models/ttft.joblib',
  LATENCY_TPOT_MODEL_PATH: '/models/tpot.joblib',
  LATENCY_TTFT_SCALER_PATH: '/models/ttft_scaler.joblib',
  LATENCY_TPOT_SCALER_PATH: '/models/tpot_scaler.joblib',
  LATENCY_MODEL_TYPE: 'xgboost',
  LATENCY_MAX_TRAINING_DATA_SIZE_PER_BUCKET: '500',
  LATENCY_OBJECTIVE_TYPE: 'mean',
};

const PREDICTION_SETTINGS: Readonly<Record<string, string>> = {
  LATENCY_MODEL_TYPE: 'xgboost',
  PREDICT_HOST: '0.0.0.0',
  LOCAL_TTFT_MODEL_PATH: '/server_models/ttft.joblib',
  LOCAL_TPOT_MODEL_PATH: '/server_models/tpot.joblib',
  LOCAL_TTFT_SCALER_PATH: '/server_models/ttft_scaler.joblib',
  LOCAL_TPOT_SCALER_PATH: '/server_models/tpot_scaler.joblib',
  UVICORN_WORKERS: '28',
  OMP_NUM_THREADS: '1',
  MODEL_SYNC_INTERVAL_SEC: '30',
  LATENCY_OBJECTIVE_TYPE: 'mean',
};

/** Python writes caches beside its modules, so the root file system stays writable; the restricted profile allows that. */
const SIDECAR_SECURITY = { securityContext: { ...RESTRICTED_CONTAINER.securityContext, readOnlyRootFilesystem: false } };

const POD_NAME = { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } };

export function latencyConfigMaps({ name, namespace, latencyPredictor }: EndpointPickerPlan): Manifest[] {
  if (!latencyPredictor) return [];
  const configMap = (role: string, data: Record<string, string>): Manifest => ({
    apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${name}-latency-predictor-${role}`, namespace }, data,
  });
  return [
    configMap('training', { ...TRAINING_SETTINGS, ...latencyPredictor.trainingSettings }),
    configMap('prediction', { ...PREDICTION_SETTINGS, ...latencyPredictor.predictionSettings }),
  ];
}

export function latencyEnv(plan: EndpointPickerPlan): { name: string; value: string }[] {
  if (!plan.latencyPredictor) return [];
  return [
    { name: 'PREDICTION_SERVER_URL', value: predictionPorts(plan).map(url).join(',') },
    { name: 'TRAINING_SERVER_URL', value: url(TRAINING_PORT) },
    { name: 'LATENCY_COALESCE_WINDOW_MS', value: '1' },
    { name: 'LATENCY_MAX_CONCURRENT_DISPATCHES', value: '36' },
    { name: 'LATENCY_MAX_SAMPLE_SIZE', value: '10000' },
  ];
}

export function latencyContainers(plan: EndpointPickerPlan): object[] {
  const { name, latencyPredictor, build } = plan;
  if (!latencyPredictor) return [];
  const training = {
    ...SIDECAR_SECURITY,
    name: 'training-server',
    image: latencyPredictor.trainingImage ?? build.latencyPredictor?.training,
    imagePullPolicy: 'IfNotPresent',
    ports: [{ name: 'training-port', containerPort: TRAINING_PORT }],
    livenessProbe: { httpGet: { path: '/healthz', port: TRAINING_PORT }, initialDelaySeconds: 30, periodSeconds: 20 },
    readinessProbe: { httpGet: { path: '/readyz', port: TRAINING_PORT }, initialDelaySeconds: 45, periodSeconds: 10 },
    resources: { requests: { cpu: latencyPredictor.trainingCpuRequest ?? '2000m', memory: '4Gi' }, limits: { cpu: '4000m', memory: '8Gi' } },
    envFrom: [{ configMapRef: { name: `${name}-latency-predictor-training` } }],
    env: [POD_NAME, { name: 'SERVER_TYPE', value: 'training' }],
    volumeMounts: [{ name: 'training-server-storage', mountPath: '/models' }],
  };
  return [training, ...predictionPorts(plan).map((port, index) => ({
    ...SIDECAR_SECURITY,
    name: `prediction-server-${index + 1}`,
    image: latencyPredictor.predictionImage ?? build.latencyPredictor?.prediction,
    imagePullPolicy: 'IfNotPresent',
    command: ['uvicorn'],
    args: ['prediction_server:app', '--host', '0.0.0.0', '--port', String(port)],
    ports: [{ name: `predict-port-${index + 1}`, containerPort: port }],
    livenessProbe: { httpGet: { path: '/healthz', port }, initialDelaySeconds: 15, periodSeconds: 15 },
    readinessProbe: { httpGet: { path: '/readyz', port }, initialDelaySeconds: 10, periodSeconds: 10, failureThreshold: 30 },
    resources: { requests: { cpu: latencyPredictor.predictionCpuRequest ?? '8000m', memory: '4Gi' }, limits: { cpu: '28000m', memory: '8Gi' } },
    envFrom: [{ configMapRef: { name: `${name}-latency-predictor-prediction` } }],
    env: [
      { name: 'PREDICT_PORT', value: String(port) },
      POD_NAME,
      { name: 'SERVER_TYPE', value: `prediction-${index + 1}` },
      { name: 'TRAINING_SERVER_URL', value: url(TRAINING_PORT) },
    ],
    volumeMounts: [{ name: `prediction-server-${index + 1}-storage`, mountPath: '/server_models' }],
  }))];
}

export function latencyVolumes(plan: EndpointPickerPlan): object[] {
  if (!plan.latencyPredictor) return [];
  return [
    { name: 'training-server-storage', emptyDir: { sizeLimit: '20Gi' } },
    ...predictionPorts(plan).map((_, index) => ({ name: `prediction-server-${index + 1}-storage`, emptyDir: { sizeLimit: '10Gi' } })),
  ];
}

function predictionPorts({ latencyPredictor }: EndpointPickerPlan): number[] {
  return Array.from({ length: latencyPredictor?.predictionServers ?? 1 }, (_, index) => FIRST_PREDICTION_PORT + index);
}

function url(port: number): string {
  return `http://localhost:${port}`;
}
