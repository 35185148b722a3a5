import { isMap, Mistake } from '../../core';
import type { ExternalProvider } from '../external-provider';
import { checkSecrets } from '../secrets';

const OWN_FIELDS = ['id', 'type', 'apiTokens', 'failover', 'retryOnFailure'];

export function checkExternalProvider(field: string, { type, url, _config: config }: ExternalProvider): Mistake[] {
  const mistakes = [...checkUrl(`${field}.url`, type, url)];
  if (type.trim() === '') mistakes.push({ code: 'IGW767', field: `${field}.type`, value: type, problem: 'is empty', fix: 'set the type of the provider in ai-proxy' });
  if (!isMap(config)) {
    mistakes.push({ code: 'IGW767', field: `${field}.config`, value: config, problem: 'is no map of fields', fix: 'write fields of ai-proxy with their values' });
    return mistakes;
  }
  for (const name of OWN_FIELDS.filter((own) => own in config)) {
    mistakes.push({
      code: 'IGW767', field: `${field}.config.${name}`, problem: 'is written from other properties', fix: 'remove it; see `providerId`, `tokens` and `healthCheckModel`',
    });
  }
  for (const [name, value] of Object.entries(config)) {
    if (value === '') mistakes.push({ code: 'IGW767', field: `${field}.config.${name}`, value, problem: 'is empty', fix: 'set it' });
  }
  return [...mistakes, ...checkSecrets(`${field}.config`, config, { references: true })];
}

function checkUrl(field: string, type: string, url: string): Mistake[] {
  const refuse = (problem: string, fix: string): Mistake[] => [{ code: 'IGW767', field, value: withoutPassword(url), problem, fix }];
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return refuse('is no URL', 'write it with http:// or https://, `https://llm.example.com/v1` for example');
  const { username, password, search, hash } = new URL(url);
  if (username || password) return refuse('holds credentials, which would stand in the Host header of every request', 'give them as `tokens`');
  // A deployment of Azure is named by its query.
  if ((search || hash) && type !== 'azure') return refuse('has a query or a fragment, which are not sent', 'remove them');
  return [];
}

/** For messages. */
export function withoutPassword(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//(hidden)@');
}
