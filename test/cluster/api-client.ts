import * as https from 'node:https';
import { KubeObject } from './kube-object';

export type Json = Record<string, any>;

export interface RequestDetails {
  readonly query?: Record<string, string>;
  readonly body?: string;
  readonly contentType?: string;
}

/** An answer of the server that is no success; the message is the server's own. */
export class ApiError extends Error {
  public constructor(public readonly status: number, message: string) {
    super(message);
  }
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/**
 * Plain requests to an API server. The typed client is only used for the kubeconfig: it leaves out every field that it
 * does not know before it sends an object, which would hide the mistakes that the cluster test looks for.
 */
export class ApiClient {
  public static async connect(kubeconfig: string): Promise<ApiClient> {
    // The package is an ES module, which a static import cannot reach from CommonJS.
    const { KubeConfig } = await import('@kubernetes/client-node');
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    const server = config.getCurrentCluster()?.server;
    if (!server) {
      throw new Error(`${kubeconfig} has no current context with a cluster`);
    }
    const options: https.RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    return new ApiClient(server, options);
  }

  private readonly resources = new Map<string, Resource[]>();

  private constructor(public readonly server: string, private readonly options: https.RequestOptions) {}

  /** The parsed answer, or its text where it is no JSON. */
  public request(method: string, path: string, details: RequestDetails = {}): Promise<Json> {
    const url = `${this.server.replace(/\/$/, '')}${path}?${new URLSearchParams(details.query)}`;
    const headers = { ...this.options.headers, ...(details.body === undefined ? {} : { 'Content-Type': details.contentType ?? 'application/json' }) };
    return new Promise((resolve, reject) => {
      const request = https.request(url, { ...this.options, method, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const answer = response.headers['content-type']?.includes('json') ? JSON.parse(text) : text;
          const status = response.statusCode ?? 0;
          if (status >= 200 && status < 300) {
            resolve(answer);
          } else {
            reject(new ApiError(status, answer.message ?? text));
          }
        });
      });
      request.on('error', reject);
      request.end(details.body);
    });
  }

  /** Whether the server serves this kind in this version, asked anew until it does. */
  public async serves(apiVersion: string, kind: string): Promise<boolean> {
    return await this.findResource(apiVersion, kind) !== undefined;
  }

  /** Where the object lives on the server. Kinds that need a namespace and name none go to `default`. */
  public async pathOf({ apiVersion, kind, metadata }: KubeObject): Promise<string> {
    const resource = await this.findResource(apiVersion, kind);
    if (!resource) {
      throw new ApiError(404, `the server does not serve ${kind} in ${apiVersion}`);
    }
    const namespace = resource.namespaced ? `/namespaces/${encodeURIComponent(metadata.namespace ?? 'default')}` : '';
    return `${versionPath(apiVersion)}${namespace}/${resource.name}/${encodeURIComponent(metadata.name)}`;
  }

  private async findResource(apiVersion: string, kind: string): Promise<Resource | undefined> {
    const known = this.resources.get(apiVersion)?.find((resource) => resource.kind === kind);
    if (known) {
      return known;
    }
    const list = await ignoreMissing(this.request('GET', versionPath(apiVersion)));
    // A name with a slash is a subresource, which repeats the kind.
    const resources = ((list?.resources ?? []) as Resource[]).filter(({ name }) => !name.includes('/'));
    this.resources.set(apiVersion, resources);
    return resources.find((resource) => resource.kind === kind);
  }
}

/** The answer, or undefined where the server knows no such thing. */
export async function ignoreMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}

function versionPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}
