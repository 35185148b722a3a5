import type { Mistake } from '../core';

/** Options of a module in an OCI registry. Give a tag or a digest, or none for the tag `latest`. */
export interface OciModuleOptions {
  /**
   * Tag of the image.
   *
   * @default - none
   */
  readonly tag?: string;

  /**
   * Digest of the image's manifest, 64 hexadecimal digits, with or without `sha256:` before them.
   *
   * @default - none
   */
  readonly digest?: string;

  /**
   * SHA-256 of the image's manifest that is checked after pulling a tag: 64 lower-case hexadecimal digits.
   *
   * @default - not checked
   */
  readonly sha256?: string;
}

/** Options of a module that is downloaded. */
export interface HttpModuleOptions {
  /**
   * SHA-256 of the module: 64 lower-case hexadecimal digits.
   *
   * @default - not checked
   */
  readonly sha256?: string;
}

/** Where the gateway gets a plugin's WebAssembly module from. */
export class WasmPluginUrl {
  /** A module at an `http://` or `https://` URL. */
  public static http(url: string, options: HttpModuleOptions = {}): WasmPluginUrl {
    const mistakes = /^https?:\/\/[^\s/]+(\/\S*)?$/.test(url) ? [] : [invalid(url, 'is not an HTTP URL', 'http://…, https://…', 'write the whole URL')];
    return new WasmPluginUrl(url, options.sha256, mistakes);
  }

  /**
   * An image of an OCI registry: `higress-registry.cn-hangzhou.cr.aliyuncs.com/plugins/key-auth`, with or without `oci://` before it.
   *
   * @param image registry and repository, with neither tag nor digest
   */
  public static oci(image: string, options: OciModuleOptions = {}): WasmPluginUrl {
    const repository = image.replace(/^oci:\/\//, '');
    const digest = options.digest?.replace(/^sha256:/, '');
    const suffix = [options.tag === undefined ? '' : `:${options.tag}`, digest === undefined ? '' : `@sha256:${digest}`].join('');
    return new WasmPluginUrl(`oci://${repository}${suffix}`, options.sha256, checkOci(repository, options, digest));
  }

  /** A file in the gateway's container. @param path absolute path */
  public static file(path: string, options: HttpModuleOptions = {}): WasmPluginUrl {
    const mistakes = /^\/\S+$/.test(path) ? [] : [invalid(path, 'is not an absolute path', undefined, 'write the path in the gateway container')];
    return new WasmPluginUrl(`file://${path}`, options.sha256, mistakes);
  }

  /** The URL as it is written in the WasmPlugin. */
  public readonly url: string;
  /** The SHA-256 to check, if any. */
  public readonly sha256?: string;
  private readonly mistakes: readonly Omit<Mistake, 'field'>[];

  private constructor(url: string, sha256: string | undefined, mistakes: readonly Omit<Mistake, 'field'>[]) {
    this.url = url;
    this.sha256 = sha256;
    this.mistakes = mistakes;
  }

  /** @internal */
  public _mistakes(field: string): Mistake[] {
    const mistakes = this.mistakes.map((mistake) => ({ ...mistake, field }));
    return this.sha256 === undefined || SHA256.test(this.sha256) ? mistakes : [...mistakes, {
      code: 'IGW703',
      field: `${field}.sha256`,
      value: this.sha256,
      problem: 'is no SHA-256',
      allowed: '64 lower-case hexadecimal digits',
      fix: 'write the checksum as `sha256sum` prints it',
    }];
  }
}

const SHA256 = /^[a-f0-9]{64}$/;
const REPOSITORY = /^[a-zA-Z0-9.-]+(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+$/;
const TAG = /^\w[\w.-]{0,127}$/;

function invalid(value: string, problem: string, allowed: string | undefined, fix: string): Omit<Mistake, 'field'> {
  return { code: 'IGW703', value, problem, allowed, fix };
}

function checkOci(repository: string, { tag, sha256 }: OciModuleOptions, digest: string | undefined): Omit<Mistake, 'field'>[] {
  const mistakes: Omit<Mistake, 'field'>[] = [];
  if (!REPOSITORY.test(repository)) {
    mistakes.push(invalid(repository, 'is no registry and repository', 'registry.example.com/path/name', 'give the tag or digest as an option'));
  }
  if (tag !== undefined && !TAG.test(tag)) {
    mistakes.push(invalid(tag, 'is not a tag', 'letters, digits, _, . and -; at most 128', 'set `tag` to a tag of the image'));
  }
  if (digest !== undefined && !SHA256.test(digest)) {
    mistakes.push(invalid(digest, 'is not a digest', '64 lower-case hexadecimal digits', 'set `digest` to the digest of the image'));
  }
  if (tag !== undefined && digest !== undefined) {
    mistakes.push(invalid(`${tag}, ${digest}`, 'are a tag and a digest, of which the tag is ignored', undefined, 'remove `tag` or `digest`'));
  }
  if (digest !== undefined && sha256 !== undefined && digest !== sha256) {
    mistakes.push(invalid(sha256, `is not the digest ${digest}, so the image is refused`, undefined, 'remove `sha256`: the digest is checked anyway'));
  }
  return mistakes;
}
