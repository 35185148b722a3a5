import type { ProviderWorkload } from '../provider-workload';
import { checkDynamo } from './check';
import { graphDeployment } from './graph-deployment';
import { dynamoNotices } from './notices';
import { storageClaims, downloadJobs } from './storage';

export { isMocker } from './mocker';

/** The frontend that Dynamo's operator puts beside each worker. */
const FRONTEND_PORT = 8000;

/** NVIDIA Dynamo: one DynamoGraphDeployment, whose operator makes the workers, the endpoint picker and its InferencePool. */
export const dynamo: ProviderWorkload = {
  targetPort: () => FRONTEND_PORT,
  check: checkDynamo,
  notices: dynamoNotices,
  render: (plan) => [graphDeployment(plan), ...storageClaims(plan), ...downloadJobs(plan)],
};
