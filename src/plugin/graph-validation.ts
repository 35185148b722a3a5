import type { Validation, ValidationContext } from 'cdk8s-cli/plugins';
import { readTextFiles } from '../core';
import { GatewayImplementation } from '../gateway';
import { checkGraph, Finding, formatPath, Graph, GraphDocument, onOneLine, readYamlDocuments, Severity, UNREAD, UnreadDocument } from '../graph';

/** The `properties` of the validation in `cdk8s.yaml`. */
export interface GraphValidationProps {
  /**
   * Whether all that is referred to is in the app.
   *
   * @default false
   */
  readonly closed?: boolean;
  /**
   * The namespace of objects that name none.
   *
   * @default 'default'
   */
  readonly namespace?: string;
  /**
   * The GatewayClass that all Gateways are taken for.
   *
   * @default - their gatewayClassName
   */
  readonly implementation?: string;
  /**
   * Whether warnings fail the validation as well.
   *
   * @default false
   */
  readonly warnings?: boolean;
}

/** One rule and all that breaks it, as cdk8s-cli reports it. */
type Violation = Parameters<ValidationContext['report']['addViolation']>[0];

/**
 * Checks the manifests of any cdk8s app as a whole: `cdk8s synth --validate` fails when something on the way of a request is wrong.
 *
 * ```yaml
 * validations:
 *   - package: ./node_modules/cdk8s-inference-gateway/lib/src/plugin
 *     version: 0.0.0
 *     class: GraphValidation
 * ```
 */
export class GraphValidation implements Validation {
  private readonly props: GraphValidationProps;

  public constructor(props: GraphValidationProps = {}) {
    this.props = props;
  }

  public async validate(context: ValidationContext): Promise<void> {
    const { closed, namespace, implementation, warnings = false } = this.props;
    const { documents, unread } = read(context);
    const graph = new Graph(documents, {
      closed, namespace, implementation: implementation === undefined ? undefined : GatewayImplementation.fromGatewayClassName(implementation),
    });
    const { findings: all, failures } = checkGraph(graph);
    const findings = all.filter(({ severity }) => severity !== Severity.INFO);
    for (const one of unread) context.report.addViolation(unreadViolation(one));
    for (const violation of violationsOf(findings)) context.report.addViolation(violation);
    for (const { code, error } of failures) context.logger.log(`${code} failed, and was left out: ${String(error)}`);
    const failed = unread.length > 0 || failures.length > 0
      || findings.some(({ severity }) => severity === Severity.ERROR || (warnings && severity === Severity.WARNING));
    context.report.submit(failed ? 'failure' : 'success', { objects: `${graph.objects.length}`, findings: `${findings.length}` });
  }
}

function read(context: ValidationContext): { documents: GraphDocument[]; unread: UnreadDocument[] } {
  const documents: GraphDocument[] = [];
  const unread: UnreadDocument[] = [];
  for (const file of context.manifests) {
    for (const { text, problem, fix } of readTextFiles(file)) {
      const found = text === undefined ? { documents: [], unread: [{ file, problem: problem!, fix }] } : readYamlDocuments(text, file);
      found.documents.forEach((document) => documents.push(document));
      found.unread.forEach((one) => unread.push(one));
    }
  }
  return { documents, unread };
}

/** cdk8s-cli finds the construct by the name of the object. */
function violationsOf(findings: readonly Finding[]): Violation[] {
  return findings.map(({ code, severity, rule, object, field, problem, allowed, fix, file }): Violation => ({
    ruleName: `${code} ${severity}: ${rule.title}`,
    recommendation: onOneLine([problem, ...(allowed ? [`allowed: ${allowed}`] : [])].join('; ')),
    fix: onOneLine(fix),
    violatingResources: [{ resourceName: onOneLine(object.name), locations: [formatPath(field)], manifestPath: file ?? '' }],
  }));
}

function unreadViolation({ file, line, problem, fix }: UnreadDocument): Violation {
  return {
    ruleName: `${UNREAD.code} ${UNREAD.severity}: ${UNREAD.title}`,
    recommendation: onOneLine(problem),
    fix: fix ?? 'correct the file',
    violatingResources: [{ resourceName: '', locations: line === undefined ? [] : [`line ${line}`], manifestPath: file }],
  };
}
