import type { ProviderSpec } from '../provider-spec';

export interface Installation {
  readonly description: string;
  readonly defaultNamespace?: string;
  readonly helmRepos?: readonly object[];
  readonly helmCharts?: readonly object[];
  readonly steps: readonly { readonly title: string; readonly command: string; readonly description: string }[];
}

const DOCUMENTATION = 'https://github.com/ai-runway/airunway/tree/main/docs/providers';

/** What the vLLM provider writes about itself; the others write more. */
export function installationAnnotations(name: string, installation: Installation): Record<string, string> {
  return { documentation: `${DOCUMENTATION}/${name}.md`, installation: goJson(installation) };
}

export function fullAnnotations(
  name: string, displayName: string, installation: Installation, capabilities: ProviderSpec['capabilities'], health: object,
): Record<string, string> {
  const brief = installationAnnotations(name, installation);
  return {
    ...brief,
    'capabilities': goJson(capabilities),
    'default-namespace': installation.defaultNamespace ?? 'default',
    'description': installation.description,
    'display-name': displayName,
    'documentation-url': brief.documentation,
    'health': goJson(health),
  };
}

/** JSON as Go writes it, so that the provider's controller finds nothing to change. */
export function goJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}
