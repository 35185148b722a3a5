import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type * as argo from '../../imports/argoproj.io';
import { assertNoMistakes, checkLabelName, checkObjectName, compact, kubeObject, Mistake, namespaceOf, Plain } from '../core';

/** Properties of `FleetApplicationSet`. */
export interface FleetApplicationSetProps {
  /** The Git repository that holds the files. */
  readonly repoUrl: string;

  /**
   * The folders of which each becomes an Application, as a path in the repository with `*` for one part of it: `clusters/*`.
   */
  readonly path: string;

  /**
   * Folders below `path` that are left out, with `*` as there.
   *
   * @default - none
   */
  readonly exclude?: string[];

  /**
   * The branch, tag or commit.
   *
   * @default HEAD
   */
  readonly revision?: string;

  /**
   * The cluster that Argo CD deploys a folder to, by the name it knows it under. A Go template may use the folder.
   *
   * @default - the cluster that is called like the folder: `{{.path.basename}}`
   */
  readonly destinationName?: string;

  /**
   * What the name of an Application starts with; the name of its folder follows.
   *
   * @default - the name of the ApplicationSet and a dash
   */
  readonly applicationNamePrefix?: string;

  /**
   * The Argo CD project.
   *
   * @default default
   */
  readonly project?: string;

  /**
   * Whether Argo CD applies what changes by itself, and puts back what others change.
   *
   * @default true
   */
  readonly automated?: boolean;

  /**
   * Whether objects whose files are gone are deleted from the cluster.
   *
   * @default true
   */
  readonly prune?: boolean;

  /**
   * Whether the objects of a folder stay in the cluster when the folder, and with it the Application, is gone.
   *
   * @default true
   */
  readonly preserveOnDeletion?: boolean;

  /**
   * Options of a sync. `CreateNamespace=true` would not create the namespaces of models, since it knows only that of the destination.
   *
   * @default - ServerSideApply=true, ApplyOutOfSyncOnly=true
   */
  readonly syncOptions?: string[];

  /**
   * Name of the ApplicationSet.
   *
   * @default - the construct id
   */
  readonly name?: string;

  /**
   * Namespace of the ApplicationSet, where Argo CD runs.
   *
   * @default - the chart's namespace, else `default`
   */
  readonly namespace?: string;
}

/** What limits the length of a name with a folder in it. */
const LONGEST_PREFIX = 200;

/**
 * An Argo CD Application for each folder of a fleet, one for each cluster: a folder that appears in Git is deployed, one that is gone is
 * not any more.
 *
 * Renders an `ApplicationSet` (argoproj.io/v1alpha1) with a Git directory generator. Objects are applied server-side, and only those out of
 * sync: a fleet has thousands, and the annotation that client-side apply keeps a copy in has no room for large ones.
 *
 * Source: argoproj/argo-cd, docs/operator-manual/applicationset.
 *
 * Errors: IGW101 and IGW102 for names, IGW807 for repository and path.
 */
export class FleetApplicationSet extends Construct {
  /** Name of the ApplicationSet. */
  public readonly name: string;
  /** Namespace of the ApplicationSet. */
  public readonly namespace: string;
  /** The ApplicationSet object. */
  public readonly applicationSet: ApiObject;

  public constructor(scope: Construct, id: string, props: FleetApplicationSetProps) {
    super(scope, id);
    this.name = props.name ?? id;
    this.namespace = namespaceOf(this, props.namespace);
    assertNoMistakes(this, [
      ...checkObjectName('metadata.name', this.name),
      ...checkLabelName('metadata.namespace', this.namespace),
      ...checkFolders(props),
      ...checkPrefix(props.applicationNamePrefix),
    ]);
    this.applicationSet = kubeObject(this, 'Resource', {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'ApplicationSet',
      metadata: { name: this.name, namespace: this.namespace },
      spec: specOf(this.name, props),
    });
  }
}

function specOf(name: string, props: FleetApplicationSetProps): Plain<argo.ApplicationSetSpec> {
  const { repoUrl, revision = 'HEAD', path, exclude = [], automated = true, prune = true } = props;
  return {
    goTemplate: true,
    // A folder without what the template asks for is an error, not an Application called "<no value>".
    goTemplateOptions: ['missingkey=error'],
    generators: [{
      git: {
        repoURL: repoUrl,
        revision,
        directories: [{ path }, ...exclude.map((folder) => ({ path: folder, exclude: true }))],
      },
    }],
    syncPolicy: { preserveResourcesOnDeletion: props.preserveOnDeletion ?? true },
    template: {
      metadata: { name: `${props.applicationNamePrefix ?? `${name}-`}{{.path.basenameNormalized}}` },
      spec: {
        project: props.project ?? 'default',
        source: { repoURL: repoUrl, targetRevision: revision, path: '{{.path.path}}', directory: { recurse: true } },
        destination: { name: props.destinationName ?? '{{.path.basename}}' },
        syncPolicy: compact({
          automated: automated ? { prune, selfHeal: true } : undefined,
          syncOptions: props.syncOptions ?? ['ServerSideApply=true', 'ApplyOutOfSyncOnly=true'],
        }),
      },
    },
  };
}

function checkFolders({ repoUrl, path, exclude = [] }: FleetApplicationSetProps): Mistake[] {
  const mistakes: Mistake[] = [];
  if (!/^(https?:\/\/|ssh:\/\/|git@|oci:\/\/|file:\/\/)\S+$/.test(repoUrl)) {
    mistakes.push({
      code: 'IGW807', field: 'repoUrl', value: repoUrl, problem: 'is no address of a repository', allowed: 'https://…, ssh://…, git@…', fix: 'give the address as git clone takes it',
    });
  }
  for (const [field, folder] of [['path', path], ...exclude.map((one, index) => [`exclude[${index}]`, one])]) {
    if (folder !== '' && !folder.startsWith('/') && !folder.endsWith('/') && !folder.split('/').some((part) => part === '..' || part === '.')) continue;
    mistakes.push({
      code: 'IGW807',
      field,
      value: folder,
      problem: 'is no path of folders in a repository',
      allowed: 'parts with / between them, * for any part',
      fix: 'write it from the root of the repository, clusters/* for example',
    });
  }
  return mistakes;
}

function checkPrefix(prefix: string | undefined): Mistake[] {
  if (prefix === undefined || (/^[a-z0-9]([-a-z0-9.]*)?$/.test(prefix) && prefix.length <= LONGEST_PREFIX)) return [];
  return [{
    code: 'IGW101',
    field: 'applicationNamePrefix',
    value: prefix,
    problem: 'is not the start of a name',
    allowed: `lower-case letters, digits, - and ., starting with a letter or digit, at most ${LONGEST_PREFIX}`,
    fix: 'set another one',
  }];
}
