import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { ApiClient } from './api-client';
import { waitUntil } from './wait';

export interface ControlPlane {
  readonly kubeconfig: string;
  stop(): Promise<void>;
}

const SOURCE = path.join(__dirname, 'control-plane');
const LOG_CHARACTERS_KEPT = 4000;

/** The cluster that KUBECONFIG names, or an API server of our own that lives until `stop`. */
export async function startControlPlane(): Promise<ControlPlane> {
  const kubeconfig = process.env.KUBECONFIG;
  return kubeconfig ? { kubeconfig, stop: async () => {} } : start(findOrBuildBinary());
}

async function start(binary: string): Promise<ControlPlane> {
  // The pipe to its standard input is what ends the server if this process is killed.
  const child = spawn(binary, [], { stdio: ['pipe', 'pipe', 'pipe'] });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-LOG_CHARACTERS_KEPT);
  });
  try {
    const exited = once(child, 'exit').then(([code, signal]) => {
      throw new Error(`the control plane ended (${signal ?? `exit code ${code}`}) before it was ready`);
    });
    const kubeconfig = await Promise.race([waitUntilReady(child), exited]);
    exited.catch(() => {}); // from here on its end is expected
    return { kubeconfig, stop: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw new Error(`${(error as Error).message}; the end of its log:\n${log}`);
  }
}

async function waitUntilReady(child: ChildProcess): Promise<string> {
  const [kubeconfig] = await once(createInterface(child.stdout!), 'line') as [string];
  const client = await ApiClient.connect(kubeconfig);
  await waitUntil('the API server is ready', 120, () => client.request('GET', '/readyz').then(() => true, () => false));
  return kubeconfig;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await exited;
  clearTimeout(force);
}

/** A build takes minutes and 100 MB, so it is kept outside the repository, under the hash of what it is made from. */
function findOrBuildBinary(): string {
  const files = ['go.mod', 'go.sum', 'main.go'].map((name) => fs.readFileSync(path.join(SOURCE, name), 'utf8'));
  const kubernetes = /k8s\.io\/kubernetes (v\S+)/.exec(files[0])?.[1];
  // Without its version the API server takes itself for version 0 and serves other API versions.
  const args = ['build', '-buildvcs=false', '-trimpath', '-ldflags', `-s -w -X k8s.io/component-base/version.gitVersion=${kubernetes}`];
  const key = createHash('sha256').update(JSON.stringify([args, files])).digest('hex').slice(0, 16);
  const cache = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  const binary = path.join(cache, 'cdk8s-inference-gateway', 'control-plane', key);
  if (!fs.existsSync(binary)) {
    build(args, binary);
  }
  return binary;
}

function build(args: string[], binary: string): void {
  console.log(`building the control plane into ${binary}, which takes some minutes`);
  fs.mkdirSync(path.dirname(binary), { recursive: true });
  const unfinished = `${binary}.${process.pid}`;
  const { error, status } = spawnSync('go', [...args, '-o', unfinished, '.'], {
    cwd: SOURCE,
    env: { ...process.env, CGO_ENABLED: '0' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error && 'code' in error && error.code === 'ENOENT') {
    throw new Error('the cluster test needs an API server: install Go, to build one, or set KUBECONFIG to a throwaway cluster');
  }
  if (error || status !== 0) {
    throw error ?? new Error(`go build failed with exit code ${status}`);
  }
  fs.renameSync(unfinished, binary);
}
