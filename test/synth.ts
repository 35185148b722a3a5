import { App, Chart, Testing } from 'cdk8s';

/** An app of charts, each named after its namespace. */
export function chartsOf(...namespaces: string[]): Chart[] {
  const app = Testing.app();
  return namespaces.map((namespace) => new Chart(app, namespace, { namespace }));
}

/** The objects of a chart; what warnings say is not of interest here. */
export function objectsOf(chart: Chart): any[] {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    return Testing.synth(chart);
  } finally {
    write.mockRestore();
  }
}

/** The objects as `kind namespace/name`. */
export function idsOf(chart: Chart): string[] {
  return objectsOf(chart).map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? '-'}/${metadata.name}`);
}

/** The only object of a kind. */
export function objectOf(chart: Chart, kind: string): any {
  const found = objectsOf(chart).filter((object) => object.kind === kind);
  expect(found.map(({ metadata }) => metadata.name)).toHaveLength(1);
  return found[0];
}

/** What a whole synth writes to standard error, line by line. */
export function stderrOf(app: App): string[] {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    app.synth();
    return write.mock.calls.map(([text]) => String(text)).join('').split('\n').filter(Boolean);
  } finally {
    write.mockRestore();
  }
}
