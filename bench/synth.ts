/*
 * What it costs to construct and synthesize models, each with its eleven objects, in one chart behind one Gateway: milliseconds for
 * each model should not grow with their number. Every size runs in a process of its own, three times; the median counts.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { Engine, GatewayImplementation, InferenceGateway, Model, ModelDeployment, ProviderGateway } from '../src';

interface Figures {
  readonly construct: number;
  readonly synth: number;
  readonly megabytes: number;
}

const SIZES = [10, 100, 1000, 2000];
const RUNS = 3;

function measure(models: number): Figures {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const start = performance.now();
    const app = new App({ outdir });
    const chart = new Chart(app, 'models', { namespace: 'models' });
    const gateway = new InferenceGateway(chart, 'gateway', { implementation: GatewayImplementation.istio() });
    gateway.addBodyBasedRouter();
    const provider = ProviderGateway.vllm(chart, 'vllm');
    for (let index = 0; index < models; index++) {
      const model = Model.huggingFace('Qwen/Qwen3-0.6B', { servedName: `qwen3-${index}` });
      new ModelDeployment(chart, `qwen3-${index}`, { gateway, provider, model, engine: Engine.vllm() });
    }
    const constructed = performance.now();
    app.synth();
    return { construct: constructed - start, synth: performance.now() - constructed, megabytes: process.memoryUsage().rss / 2 ** 20 };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function row(models: number): Record<string, number> {
  const runs = Array.from({ length: RUNS }, (): Figures => JSON.parse(
    execFileSync(process.execPath, ['--import', 'tsx', __filename, String(models)], { encoding: 'utf8' }),
  ));
  const of = (key: keyof Figures) => median(runs.map((figures) => figures[key]));
  const total = of('construct') + of('synth');
  return {
    models,
    'construct ms': Math.round(of('construct')),
    'synth ms': Math.round(of('synth')),
    'ms per model': Number((total / models).toFixed(2)),
    'MB': Math.round(of('megabytes')),
  };
}

const [size] = process.argv.slice(2);
if (size) console.log(JSON.stringify(measure(Number(size))));
else console.table(SIZES.map(row));
