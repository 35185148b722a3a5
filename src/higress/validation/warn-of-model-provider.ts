import type { IConstruct } from 'constructs';
import { warn } from '../../core';
import { AiProviderType } from '../plugins';
import type { SecretText } from '../secret-text';

export function warnOfModelProvider(scope: IConstruct, type: string, placeholder: SecretText | undefined): void {
  if (!Object.values<string>(AiProviderType).includes(type)) {
    warn(scope, {
      code: 'IGW767',
      field: 'provider.type',
      value: type,
      problem: 'is no type that ai-proxy of Higress knows: it refuses its whole configuration, with all other providers in it',
      fix: 'use ExternalProvider.openai with the URL if the service speaks that API, unless your build of ai-proxy knows the type',
    });
  }
  if (placeholder) {
    warn(scope, {
      code: 'IGW768',
      field: 'tokens',
      value: placeholder._text,
      problem: 'is a placeholder that nothing fills in yet: the provider answers 401',
      fix: 'set `tokens`, to SecretText.fromSecret for example',
    });
  }
}
