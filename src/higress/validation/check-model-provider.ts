import type { IConstruct } from 'constructs';
import type { Mistake } from '../../core';
import type { ExternalProvider } from '../external-provider';
import type { HigressModelProviderProps } from '../higress-model-provider-props';
import { AiProvider, checkProvider } from '../plugins';
import { checkSecrets } from '../secrets';
import { withoutPassword } from './check-external-provider';
import { checkPartOfName, checkRouteGateway, claimId } from './check-route-gateway';

export function checkModelProvider(scope: IConstruct, providerId: string, props: HigressModelProviderProps, entry: AiProvider): Mistake[] {
  const { higress, provider, tokens, healthCheckModel, proxyUrl, proxyTimeout } = props;
  const mistakes = [
    ...checkRouteGateway(higress._modelRoutes.gateway),
    ...checkPartOfName('providerId', providerId),
    ...claimId(scope, higress._modelRoutes, 'providerId', 'provider', providerId),
    ...checkEntry(provider, entry),
    ...checkSecrets('tokens', tokens, { references: true }),
  ];
  const refuse = (field: string, value: unknown, problem: string, fix: string, allowed?: string) => {
    mistakes.push({ code: 'IGW767', field, value, problem, allowed, fix });
  };
  if (tokens?.length === 0) refuse('tokens', [], 'is empty', 'list a token, or remove `tokens` for a placeholder');
  if (healthCheckModel?.trim() === '') refuse('healthCheckModel', healthCheckModel, 'is empty', 'name a model of the provider');
  if (healthCheckModel !== undefined && (tokens?.length ?? 1) < 2) {
    refuse('healthCheckModel', healthCheckModel, 'is for the choice between several tokens, and there is one', 'list the tokens, or remove it');
  }
  const holder = proxyUrl === undefined ? undefined : higress._modelRoutes.claim(scope, `proxy ${entry.id}-proxy`);
  if (holder) {
    const problem = `would be the proxy ${entry.id}-proxy, and ${holder.node.path} has one of that name`;
    mistakes.push({ code: 'IGW763', field: 'proxyUrl', value: withoutPassword(proxyUrl!), problem, fix: 'rename that one, or set another `providerId`' });
  }
  if (proxyUrl !== undefined && !isProxyUrl(proxyUrl)) {
    refuse('proxyUrl', withoutPassword(proxyUrl), 'is no URL of a proxy that Higress can use', 'write host and port alone',
      'http://proxy.example.com:3128');
  }
  if (proxyTimeout !== undefined && proxyUrl === undefined) {
    refuse('proxyTimeout', `${proxyTimeout.toMilliseconds()}ms`, 'is for a proxy, and there is none', 'set `proxyUrl`, or remove it');
  } else if (proxyTimeout !== undefined && !(proxyTimeout.toMilliseconds() >= 1000 && proxyTimeout.toMilliseconds() % 1000 === 0)) {
    refuse('proxyTimeout', `${proxyTimeout.toMilliseconds()}ms`, 'is no whole number of seconds', 'write Duration.seconds', 'from 1 second');
  }
  return mistakes;
}

/** What is wrong with the provider itself, and else what ai-proxy would refuse of its entry. */
function checkEntry(provider: ExternalProvider, entry: AiProvider): Mistake[] {
  const mistakes = provider._mistakes('provider');
  if (mistakes.length > 0) return mistakes;
  const inOwnWords = (text: string) => text.replace('provider.config.apiTokens', 'tokens').replace('apiTokens', 'tokens');
  return checkProvider('provider.config', { ...provider._config, ...entry })
    .map((mistake) => ({ ...mistake, field: inOwnWords(mistake.field), problem: inOwnWords(mistake.problem), fix: inOwnWords(mistake.fix) }));
}

/** HTTP is the only type of proxy that a McpBridge has; it sends no credentials. */
function isProxyUrl(url: string): boolean {
  if (!/^http:\/\//i.test(url) || !URL.canParse(url)) return false;
  const { username, password, pathname, search, hash } = new URL(url);
  return !username && !password && (pathname === '/' || pathname === '') && !search && !hash;
}
