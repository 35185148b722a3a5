import { copyOf } from '../core';
import type { ModelDeploymentProps } from '../model';

/** Options of a model of a fleet. */
export interface FleetModelOptions {
  /**
   * The team it belongs to: letters, digits, `-`, `_` and `.`.
   *
   * @default - the model's namespace
   */
  readonly team?: string;

  /**
   * The cluster it runs in. A `Fleet` is of one cluster; `FleetCatalogue.ofCluster` picks its models.
   *
   * @default - none
   */
  readonly cluster?: string;

  /**
   * Where it was read, a file and line for example, for messages.
   *
   * @default - not said
   */
  readonly location?: string;
}

/** One model of a `Fleet`. */
export class FleetModel {
  /**
   * A model as `ModelDeployment` takes it.
   *
   * @param name name of the model's objects, unless `props` has one
   * @param props what the fleet says of Gateway, provider and the like goes for what is left out
   */
  public static of(name: string, props: ModelDeploymentProps, options: FleetModelOptions = {}): FleetModel {
    return new FleetModel(props.name ?? name, options, props);
  }

  /**
   * A model from its ModelDeployment manifest. The labels `cdk8s-inference-gateway/team` and `cdk8s-inference-gateway/cluster` say what the
   * options leave out.
   *
   * @param manifest the parsed manifest
   */
  public static fromManifest(manifest: any, options: FleetModelOptions = {}): FleetModel {
    const { name, labels } = manifest?.metadata ?? {};
    const said = { team: labels?.[`${LABEL}/team`], cluster: labels?.[`${LABEL}/cluster`] };
    return new FleetModel(String(name), {
      team: options.team ?? said.team, cluster: options.cluster ?? said.cluster, location: options.location,
    }, undefined, copyOf(manifest));
  }

  /** Name of the model's objects. */
  public readonly name: string;
  /** The team, where it is said. */
  public readonly team?: string;
  /** The cluster, where it is said. */
  public readonly cluster?: string;
  /** Where it was read. */
  public readonly location?: string;

  /** @internal */
  public readonly _props?: ModelDeploymentProps;
  /** @internal */
  public readonly _manifest?: any;

  private constructor(name: string, { team, cluster, location }: FleetModelOptions, props?: ModelDeploymentProps, manifest?: any) {
    this.name = name;
    this.team = team;
    this.cluster = cluster;
    this.location = location;
    this._props = props;
    this._manifest = manifest;
  }
}

const LABEL = 'cdk8s-inference-gateway';
