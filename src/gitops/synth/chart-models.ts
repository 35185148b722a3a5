import { createHash } from 'node:crypto';
import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { forgetRendered, Manifest, objectKey, PlainObjects, PlainObjectSource, renderedObject, RestOfApp } from '../../core';
import { ModelDeployment } from '../../model';
import { Notes, SampledModel, sampleOf } from './fleet-sample';
import { markSlots, slotsOf } from './slots';
import { withoutTuning } from './tuning-flags';

/** With fewer objects of models, each is checked. */
const MOST_CHECKED = 5_000;

/** The models in the charts of an app that are the same but for their names: where there are many, some are checked for all. */
export class ChartModels implements PlainObjectSource {
  private models: ChartModel[] = [];

  public constructor(private readonly all: readonly IConstruct[]) {}

  /** The objects of models are known when all validators have changed what they change. */
  public covered(muted: ReadonlySet<IConstruct>): ReadonlySet<IConstruct> {
    const partlyMuted = new Set([...muted].flatMap(({ node }) => node.scopes.slice(0, -1)));
    const models = this.all.filter((construct) => construct instanceof ModelDeployment).map((model) => new ChartModel(model));
    const count = models.reduce((sum, { objects }) => sum + objects.length, 0);
    this.models = count > MOST_CHECKED ? alone(models.filter(({ owner, isRendered }) => isRendered && !partlyMuted.has(owner))) : [];
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

/** Those that have no object, and no name that clients ask for, in common with another. */
function alone(models: readonly ChartModel[]): ChartModel[] {
  const counts = new Map<string, number>();
  models.flatMap(({ keys }) => keys).forEach((key) => counts.set(key, (counts.get(key) ?? 0) + 1));
  return models.filter(({ keys }) => keys.every((key) => counts.get(key) === 1));
}

class ChartModel implements SampledModel {
  public readonly objects: readonly ApiObject[];
  /** Whether all objects can be rendered; what fails is told when it is written. */
  public readonly isRendered: boolean;
  public readonly text: SampledModel['text'];
  public notes?: Notes;
  private rendered: readonly Manifest[] = [];

  public constructor(public readonly owner: ModelDeployment) {
    this.objects = owner.node.findAll().filter((construct) => ApiObject.isApiObject(construct));
    this.isRendered = this.render();
    const { name, namespace, modelName, modelId } = owner._names;
    const shape = markSlots(withoutTuning(JSON.stringify(this.rendered)), slotsOf([name, namespace, modelName, modelId]).slots);
    this.text = { name, namespace, modelName, shape: createHash('sha1').update(shape).digest('base64') };
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
