/** The API group of AI Runway's custom resources, and the domain of its labels and annotations. */
export enum AirunwayApi {
  /** `airunway.ai`, the current group. */
  AIRUNWAY = 'airunway.ai',
  /** `kubeairunway.ai`, the group before the project was renamed. */
  KUBEAIRUNWAY = 'kubeairunway.ai',
}
