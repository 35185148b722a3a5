import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as cdk8s from 'cdk8s';
import * as plus from 'cdk8s-plus-28';
import * as constructs from 'constructs';
import * as ts from 'typescript';
import * as library from '../../src';
import type { Snippet } from './snippets';
import { stderrOf } from './stderr';

/** What came of a snippet. */
export interface Run {
  /** The objects that its own lines made, in their order. */
  readonly objects: any[];
  /** What it wrote to standard error, line by line. */
  readonly warnings: string[];
  /** The message it failed with. */
  readonly error?: string;
}

/** Runs a snippet and synthesizes every app it made. */
export function runSnippet({ program }: Snippet): Run {
  const folder = mkdtempSync(join(tmpdir(), 'docs-'));
  const apps: cdk8s.App[] = [];
  const before = new Set<cdk8s.ApiObject>();
  const objects = () => apps.flatMap((app) => app.node.findAll().filter((child): child is cdk8s.ApiObject => cdk8s.ApiObject.isApiObject(child)));
  class RecordedApp extends cdk8s.App {
    public constructor(props: cdk8s.AppProps = {}) {
      super({ ...props, outdir: folder });
      apps.push(this);
    }
  }
  const modules: Record<string, unknown> = {
    'cdk8s': { ...cdk8s, App: RecordedApp }, 'cdk8s-plus-28': plus, 'constructs': constructs, 'cdk8s-inference-gateway': library,
  };
  const { outputText } = ts.transpileModule(program, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  let error: string | undefined;
  const warnings = stderrOf(() => {
    try {
      new Function('require', 'exports', '__begin', outputText)(
        (name: string) => modules[name] ?? require(name), {}, () => objects().forEach((object) => before.add(object)),
      );
      apps.forEach((app) => app.synth());
    } catch (thrown) {
      error = (thrown as Error).message;
    }
  });
  rmSync(folder, { recursive: true });
  return { objects: error === undefined ? objects().filter((object) => !before.has(object)).map((object) => object.toJson()) : [], warnings, error };
}
