import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { forgetRendered, Manifest, objectKey, PlainObjects, PlainObjectSource, renderedObject, RestOfApp } from '../../core';
import { ModelDeployment } from '../../model';
import { Notes, SampledModel, sampleOf } from './fleet-sample';
import { shapeOf } from './shape-of';

/** With fewer objects of models, each is checked. */
const MOST_CHECKED = 5_000;

/** The models in the charts of an app that are the same but for their names: where there are many, some are checked for all. */
export class ChartModels implements PlainObjectSource {
  private models: ChartModel[] = [];

  public constructor(private readonly all: readonly IConstruct[]) {}

  /** The objects of models are known when all validators have changed what they change. */
  public covered(muted: ReadonlySet<IConstruct>): ReadonlySet<IConstruct> {
    const models = this.all.filter((construct) => construct instanceof ModelDeployment).map((model) => ({ model, objects: objectsOf(model) }));
    const count = models.reduce((sum, { objects }) => sum + objects.length, 0);
    const partlyMuted = new Set([...muted].flatMap(({ node }) => node.scopes.slice(0, -1)));
    this.models = count <= MOST_CHECKED ? [] : alone(models.filter(({ model }) => !partlyMuted.has(model))
      .map(({ model, objects }) => new ChartModel(model, objects)).filter(({ isRendered }) => isRendered));
    return new Set(this.models.flatMap(({ objects }) => objects));
  }

  public take(rest: RestOfApp): PlainObjects {
    return sampleOf(this.models, rest);
  }

  /** Writes what was said of one model to all that it stands for. */
  public annotate(): void {
    this.models.forEach((model) => model.annotate());
  }
}

function objectsOf(model: ModelDeployment): ApiObject[] {
  return model.node.findAll().filter((construct) => ApiObject.isApiObject(construct));
}

/** Those that have no object, and no name that clients ask for, in common with another. */
function alone(models: readonly ChartModel[]): ChartModel[] {
  const counts = new Map<string, number>();
  models.flatMap(({ keys }) => keys).forEach((key) => counts.set(key, (counts.get(key) ?? 0) + 1));
  return models.filter(({ keys }) => keys.every((key) => counts.get(key) === 1));
}

class ChartModel implements SampledModel {
  /** Whether all objects can be rendered; what fails is told when it is written. */
  public readonly isRendered: boolean;
  public readonly text: SampledModel['text'];
  public notes?: Notes;
  private rendered: readonly Manifest[] = [];

  public constructor(public readonly owner: ModelDeployment, public readonly objects: readonly ApiObject[]) {
    this.isRendered = this.render();
    this.text = { ...owner._names, shape: shapeOf(JSON.stringify(this.rendered), owner._names) };
  }

  public get keys(): string[] {
    const { modelName } = this.text;
    return [...this.rendered.map((manifest) => objectKey(manifest)), ...modelName === '' ? [] : [modelName]];
  }

  public manifests(): readonly Manifest[] {
    return this.rendered;
  }

  public annotate(): void {
    this.notes?.forEach((annotations, index) => {
      const object = this.objects[index];
      Object.entries(annotations).forEach(([key, value]) => object.metadata.addAnnotation(key, value));
      forgetRendered(object);
    });
  }

  private render(): boolean {
    try {
      this.rendered = this.objects.map((object) => renderedObject(object));
      return true;
    } catch {
      return false;
    }
  }
}
