import { ApiObject, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';

/** Thrown when constructs depend on each other in a circle. */
export class DependencyCircle extends Error {}

/** An edge for each pair of these objects, as one vertex: it is passed from any source to all targets. */
interface Product {
  readonly chart: Chart;
  readonly targets: readonly IConstruct[];
}

type Vertex = IConstruct | Product;

/**
 * The order that cdk8s gives charts, and objects in their charts, by the dependencies between constructs. cdk8s walks every path of the
 * graph and makes an edge for each pair of objects of two charts, which is exponential and quadratic; this is linear and gives the same
 * order.
 */
export class DependencyOrder {
  /** Whether charts depend on each other; cdk8s then numbers their files. */
  public readonly hasDependantCharts: boolean;
  /** All charts, in order. */
  public readonly charts: readonly Chart[];

  private readonly chartOf = new Map<IConstruct, Chart>();
  private readonly edges = new Map<IConstruct, Set<Vertex>>();
  private readonly objectsByChart = new Map<Chart, ApiObject[]>();

  public constructor(app: IConstruct, all: readonly IConstruct[]) {
    for (const construct of all) this.enter(construct);
    const nested = this.connectNestedCharts(all);
    this.hasDependantCharts = this.connectDependantCharts(all) || nested;
    this.connectObjects(all);
    this.charts = (this.edges.size > 0 ? this.topology(all, app) : inGraphOrder(app, all)).filter((construct) => construct instanceof Chart);
  }

  /** The objects that belong to a chart and to none below it. */
  public objectsOf(chart: Chart): readonly ApiObject[] {
    const objects = this.objectsByChart.get(chart) ?? [];
    if (this.edges.size === 0) return objects;
    return this.topology(chart.node.findAll(), chart)
      .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct) && this.chartOf.get(construct) === chart);
  }

  private enter(construct: IConstruct): void {
    const parent = construct.node.scope;
    const chart = Chart.isChart(construct) ? construct : parent && this.chartOf.get(parent);
    if (chart) this.chartOf.set(construct, chart);
    const dependencies = construct.node.dependencies;
    if (dependencies.length > 0) this.edges.set(construct, new Set(dependencies));
    if (!chart || !ApiObject.isApiObject(construct)) return;
    const objects = this.objectsByChart.get(chart);
    if (objects) objects.push(construct);
    else this.objectsByChart.set(chart, [construct]);
  }

  private connectNestedCharts(all: readonly IConstruct[]): boolean {
    const pairs = all.filter(Chart.isChart).flatMap((chart) => chart.node.children.filter(Chart.isChart).map((child) => [chart, child] as const));
    pairs.forEach(([chart, child]) => this.connect(chart, child));
    return pairs.length > 0;
  }

  private connectDependantCharts(all: readonly IConstruct[]): boolean {
    let found = false;
    for (const [source, target] of this.dependencies(all)) {
      const [sourceChart, targetChart] = [Chart.of(source), Chart.of(target)];
      if (sourceChart === targetChart) continue;
      this.connect(sourceChart, targetChart);
      found = true;
    }
    return found;
  }

  private connectObjects(all: readonly IConstruct[]): void {
    const products = new Map<IConstruct, Product>();
    for (const [source, target] of this.dependencies(all)) {
      const chart = Chart.of(target);
      const targets = products.get(target)?.targets ?? this.objectsBelow(target, chart);
      const sources = this.objectsBelow(source, Chart.of(source));
      if (targets.length === 0) continue;
      const wanted = new Set<IConstruct>(targets);
      if (sources.some((object) => wanted.has(object))) {
        targets.forEach((to) => sources.filter((from) => from !== to).forEach((from) => this.connect(from, to)));
      } else {
        const product = products.get(target) ?? { chart, targets };
        products.set(target, product);
        sources.forEach((object) => this.connect(object, product));
      }
    }
  }

  /** A copy: edges are added while it is walked. */
  private dependencies(all: readonly IConstruct[]): (readonly [IConstruct, IConstruct])[] {
    if (this.edges.size === 0) return [];
    return all.flatMap((source) => [...this.edges.get(source) ?? []].map((target) => [source, target as IConstruct] as const));
  }

  private objectsBelow(construct: IConstruct, chart: Chart): IConstruct[] {
    if (construct === chart) return this.objectsByChart.get(chart) ?? [];
    return construct.node.findAll().filter((child) => ApiObject.isApiObject(child) && this.chartOf.get(child) === chart);
  }

  private connect(source: IConstruct, target: Vertex): void {
    const targets = this.edges.get(source);
    if (targets) targets.add(target);
    else this.edges.set(source, new Set([target]));
  }

  /** The constructs of a scope, each after what it depends on in that scope. */
  private topology(constructs: readonly IConstruct[], scope: IConstruct): IConstruct[] {
    const inScope = new Set(constructs);
    const next = (vertex: Vertex): readonly Vertex[] => {
      if (isProduct(vertex)) return vertex.targets;
      return [...this.edges.get(vertex) ?? []].filter((target) => inScope.has(isProduct(target) ? target.chart : target));
    };
    const inbound = new Set<Vertex>();
    const queue: Vertex[] = [...constructs];
    for (let index = 0; index < queue.length; index++) {
      for (const target of next(queue[index])) {
        if (isProduct(target) && !inbound.has(target)) queue.push(target);
        inbound.add(target);
      }
    }
    const roots = inGraphOrder(scope, constructs).filter((construct) => !inbound.has(construct));
    const order = visitAll(roots, next).filter((vertex): vertex is IConstruct => !isProduct(vertex));
    if (order.length < constructs.length) throw new DependencyCircle();
    return order;
  }
}

function isProduct(vertex: Vertex): vertex is Product {
  return 'targets' in vertex;
}

/** What is reached from the roots, each vertex after those it leads to. */
function visitAll(roots: readonly Vertex[], next: (vertex: Vertex) => readonly Vertex[]): Vertex[] {
  const order: Vertex[] = [];
  const open = new Set<Vertex>();
  const done = new Set<Vertex>();
  for (const root of roots) {
    const path: { readonly vertex: Vertex; readonly rest: Vertex[] }[] = [];
    const enter = (vertex: Vertex) => {
      if (open.has(vertex)) throw new DependencyCircle();
      if (done.has(vertex)) return;
      open.add(vertex);
      path.push({ vertex, rest: [...next(vertex)].reverse() });
    };
    enter(root);
    while (path.length > 0) {
      const { vertex, rest } = path[path.length - 1];
      const child = rest.pop();
      if (child) {
        enter(child);
        continue;
      }
      path.pop();
      open.delete(vertex);
      done.add(vertex);
      order.push(vertex);
    }
  }
  return order;
}

/** cdk8s keeps its vertices in an object by their paths, and objects put whole numbers first. */
function inGraphOrder(scope: IConstruct, constructs: readonly IConstruct[]): readonly IConstruct[] {
  if (scope.node.scope || !scope.node.children.some(({ node }) => /^\d+$/.test(node.id))) return constructs;
  return Object.values(Object.fromEntries(constructs.map((construct) => [construct.node.path, construct])));
}
