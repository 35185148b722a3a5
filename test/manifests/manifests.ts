import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { muteWarnings } from '../../src/core';
import { AirunwayManifests, AirunwayManifestsOptions } from '../../src/manifests';

/** Manifests as a user would have them. Each call gives new objects. */

export function modelDeployment(name = 'qwen3', namespace = 'team-a', spec: Record<string, unknown> = {}): any {
  return {
    apiVersion: 'airunway.ai/v1alpha1',
    kind: 'ModelDeployment',
    metadata: { name, namespace },
    spec: { model: { id: 'Qwen/Qwen3-0.6B' }, provider: { name: 'vllm' }, engine: { type: 'vllm' }, ...spec },
  };
}

export function gatewayManifest(name = 'gateway', namespace = 'gateway-system', labels?: Record<string, string>): any {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name, namespace, ...(labels ? { labels } : {}) },
    spec: { gatewayClassName: 'istio', listeners: [{ name: 'http', protocol: 'HTTP', port: 80 }] },
  };
}

export function providerConfig(name: string, engine: Record<string, unknown> = {}, selectionRules: any[] = []): any {
  return {
    apiVersion: 'airunway.ai/v1alpha1',
    kind: 'InferenceProviderConfig',
    metadata: { name },
    spec: { capabilities: { engines: [{ name: 'vllm', servingModes: ['aggregated'], gpuSupport: true, ...engine }] }, selectionRules },
  };
}

export function service(name: string, namespace: string, ports: any): any {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec: { ports } };
}

/** A chart whose warnings stay unprinted. */
export function quietChart(namespace?: string): Chart {
  const chart = new Chart(Testing.app(), 'chart', { namespace });
  muteWarnings(chart);
  return chart;
}

export function readObjects(manifests: any[], options?: AirunwayManifestsOptions, chart = quietChart()): AirunwayManifests {
  return AirunwayManifests.fromObjects(chart, 'input', manifests, options);
}

export function render(manifests: any[], options?: AirunwayManifestsOptions): any[] {
  const chart = quietChart();
  readObjects(manifests, options, chart);
  return Testing.synth(chart);
}

export function named(objects: any[], kind: string, name: string): any {
  return objects.find((object) => object.kind === kind && object.metadata.name === name);
}

/** The goldens of a folder by name, or a reason that is printed, and no goldens. */
export function goldens(): [string, any][] {
  const folder = process.env.GOLDENS_DIR;
  if (!folder) {
    console.info('GOLDENS_DIR is not set: nothing to compare with');
    return [];
  }
  const airunway = join(folder, 'airunway');
  return readdirSync(airunway).sort().map((file) => [file.replace('.json', ''), JSON.parse(readFileSync(join(airunway, file), 'utf8'))]);
}

/** A test for each golden; skipped where there is none. */
export function eachGolden(title: string, chosen: readonly [string, any][], check: (golden: any, name: string) => void): void {
  if (chosen.length === 0) test.skip(`${title} (no goldens)`, () => undefined);
  else test.each(chosen)(`${title} %s`, (name, golden) => check(golden, name));
}
