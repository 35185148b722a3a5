import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, AppProps, Chart, Names, YamlOutputType } from 'cdk8s';
import { emitYaml, forgetRendered, keepRendered, renderedObject, withPlainObjects } from '../core';
import { writeIfChanged } from './files/write-if-changed';
import { ChartModels } from './synth/chart-models';
import { DependencyCircle, DependencyOrder } from './synth/dependency-order';
import { validateAll } from './synth/validate-all';

/**
 * An `App` whose `synth` is linear: the same files with the same bytes as cdk8s writes, where that is quadratic in charts and exponential in
 * the dependencies between them. Say `new FastApp()` where you said `new App()`; nothing else changes.
 *
 * Every construct is validated once and not once for each chart. A file that has its bytes already is not written, so that its time of
 * change stays. Text is written in another way only where readers do not get back what cdk8s writes: text like `0o7`, which YAML 1.2 and
 * kubectl take for a number, the key `<<`, text with a byte order mark or a line separator, and lines that start with white space which
 * kubectl stumbles over are quoted.
 *
 * Errors: those of cdk8s.
 */
export class FastApp extends App {
  /**
   * Synthesizes an app that something else made, `Testing.app()` for example, as a FastApp would.
   *
   * @param app any app
   */
  public static synthesize(app: App): void {
    keepRendered(app, () => new Synthesis(app).write());
  }

  public constructor(props: AppProps = {}) {
    super(props);
  }

  /** Writes the files of all charts to the output directory. */
  public synth(): void {
    FastApp.synthesize(this);
  }

  /** The YAML of all charts as one text. */
  public synthYaml(): string {
    return keepRendered(this, () => new Synthesis(this).text());
  }
}

class Synthesis {
  private readonly metadata: Record<string, { readonly path: string }> = {};

  public constructor(private readonly app: App) {}

  public write(): void {
    const { outdir } = this.app;
    mkdirSync(outdir, { recursive: true });
    const order = this.prepare();
    if (!order) return App.prototype.synth.call(this.app);
    this.writeCharts(order, outdir);
    if (!(this.app as unknown as { readonly recordConstructMetadata: boolean }).recordConstructMetadata) return undefined;
    order.charts.flatMap((chart) => order.objectsOf(chart)).forEach((object) => {
      this.metadata[object.name] = { path: object.node.path };
    });
    writeFileSync(join(outdir, 'construct-metadata.json'), JSON.stringify({ version: '1.0.0', resources: this.metadata }));
  }

  public text(): string {
    const order = this.prepare();
    return order ? textOf(order.charts.flatMap((chart) => documentsOf(chart, order))) : App.prototype.synthYaml.call(this.app);
  }

  /** Undefined where dependencies go in a circle: cdk8s has the words for that. */
  private prepare(): DependencyOrder | undefined {
    const all = this.app.node.findAll();
    const models = new ChartModels(all);
    withPlainObjects(this.app, models, () => validateAll(all));
    models.annotate();
    try {
      return new DependencyOrder(this.app, all);
    } catch (error) {
      if (error instanceof DependencyCircle) return undefined;
      throw error;
    }
  }

  private writeCharts(order: DependencyOrder, outdir: string): void {
    const { charts } = order;
    const { outputFileExtension: extension, yamlOutputType } = this.app;
    const save = (name: string, documents: readonly unknown[], folder = outdir) => writeIfChanged(join(folder, name + extension), textOf(documents));
    const nameOf = (chart: Chart, index: number) => (
      (order.hasDependantCharts ? `${String(index).padStart(4, '0')}-` : '') + Names.toDnsLabel(chart)
    );
    if (yamlOutputType === YamlOutputType.FILE_PER_APP) {
      if (charts.length > 0) save('app', charts.flatMap((chart) => documentsOf(chart, order)));
    } else if (yamlOutputType === YamlOutputType.FILE_PER_CHART) {
      charts.forEach((chart, index) => save(nameOf(chart, index), documentsOf(chart, order)));
    } else if (yamlOutputType === YamlOutputType.FILE_PER_RESOURCE) {
      charts.flatMap((chart) => documentsOf(chart, order)).filter((object) => object !== undefined)
        .forEach((object) => save(fileNameOf(object.kind, object.metadata.name), [object]));
    } else if (yamlOutputType === YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE) {
      charts.forEach((chart, index) => {
        const folder = join(outdir, nameOf(chart, index));
        mkdirSync(folder, { recursive: true });
        order.objectsOf(chart).forEach((object) => save(fileNameOf(object.kind, object.metadata.name!), [renderedObject(object)], folder));
      });
    }
  }
}

/** A chart may have a `toJson` of its own. */
function documentsOf(chart: Chart, order: DependencyOrder): any[] {
  if (chart.toJson !== Chart.prototype.toJson) return Object.values(chart.toJson());
  return order.objectsOf(chart).map((object: ApiObject) => {
    const manifest = renderedObject(object);
    forgetRendered(object);
    return manifest;
  });
}

function textOf(documents: readonly unknown[]): string {
  return documents.map((document) => (document === undefined ? '\n' : emitYaml(document))).join('---\n');
}

function fileNameOf(kind: string, name: string): string {
  return `${kind}.${name}`.replace(/[^0-9a-zA-Z-_.]/g, '');
}
