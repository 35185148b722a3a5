import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Chart } from 'cdk8s';
import { GatewayImplementation, InferenceGateway } from '../../src/gateway';
import { FastApp } from '../../src/gitops';
import { GraphOptions } from '../../src/graph/graph-options';
import { Engine, Model, ModelDeployment, ModelDeploymentProps } from '../../src/model';
import { ProviderGateway } from '../../src/provider';
import '../../src/graph/register';

/** Enough models that those that are alike stand for each other: more than 5,000 objects. */
const MANY = 504;
const TEAMS = 4;

const folder = mkdtempSync(join(tmpdir(), 'fast-app-graph-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Site {
  readonly app: App;
  readonly teams: readonly Chart[];
  readonly models: readonly ModelDeployment[];
}

type PropsOf = (index: number) => Partial<ModelDeploymentProps> | undefined;

function siteOf(AppClass: typeof App, propsOf: PropsOf = () => undefined, count = MANY): Site {
  const app = new AppClass({ outdir: mkdtempSync(join(folder, 'out-')) });
  const platform = new Chart(app, 'platform', { namespace: 'gateway-system' });
  const gateway = new InferenceGateway(platform, 'gateway', { implementation: GatewayImplementation.istio() });
  gateway.addBodyBasedRouter();
  const provider = ProviderGateway.vllm(platform, 'vllm');
  const teams = Array.from({ length: TEAMS }, (_, index) => new Chart(app, `team-${index}`, { namespace: `team-${index}` }));
  const models = Array.from({ length: count }, (_, index) => new ModelDeployment(teams[index % TEAMS], `model-${index}`, {
    gateway, provider, model: Model.huggingFace('Qwen/Qwen3-0.6B', { servedName: `model-${index}` }), engine: Engine.vllm(), ...propsOf(index),
  }));
  return { app, teams, models };
}

/** Its pods do not have the name that its route asks for. */
const otherName = { engine: Engine.vllm({ extraArgs: ['--served-model-name', 'other'] }) };

/** What `synth` writes to standard error, and the lines of the error it fails with. */
function synth(app: App): { readonly errors: readonly string[]; readonly warnings: string } {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const said = () => write.mock.calls.map(([text]) => String(text)).join('');
  try {
    app.synth();
    return { errors: [], warnings: said() };
  } catch ({ message }: any) {
    return { errors: message.split('\n').slice(1), warnings: said() };
  } finally {
    write.mockRestore();
  }
}

function filesOf({ outdir }: App): Record<string, string> {
  return Object.fromEntries(readdirSync(outdir).sort().map((name) => [name, readFileSync(join(outdir, name), 'utf8')]));
}

test('many models without a mistake: the bytes of cdk8s', () => {
  const [plain, fast] = [App, FastApp].map((AppClass) => siteOf(AppClass).app);
  expect([plain, fast].map(synth)).toEqual([{ errors: [], warnings: '' }, { errors: [], warnings: '' }]);
  expect(filesOf(fast)).toEqual(filesOf(plain));
});

test('fails for one bad model among many, and writes nothing', () => {
  const { app } = siteOf(FastApp, (index) => (index === 300 ? otherName : undefined));
  expect(synth(app).errors).toEqual([expect.stringMatching(/HTTPRoute team-0\/model-300 \(team-0\/model-300\): IGW1402 /)]);
  expect(readdirSync(app.outdir)).toEqual([]);
});

test('fails once for models that are wrong in the same way, and names some of them', () => {
  const { app } = siteOf(FastApp, (index) => (index % TEAMS === 0 ? otherName : undefined));
  expect(synth(app).errors).toEqual([
    expect.stringMatching(/model-0 \(team-0\/model-0, and in the same way team-0\/model-4, team-0\/model-8, team-0\/model-12 and \d+ others\): IGW1402 /),
  ]);
});

test('fails once for each of a few models', () => {
  const { app } = siteOf(FastApp, () => otherName, 8);
  expect(synth(app).errors.map((line) => /\(([^)]*)\)/.exec(line)?.[1])).toEqual(Array.from({ length: 8 }, (_, index) => `team-${index % TEAMS}/model-${index}/Route/Resource`).sort());
});

test('fails for two models of one name among many, as with few', () => {
  const same = { model: Model.huggingFace('Qwen/Qwen3-0.6B', { servedName: 'same' }) };
  const twice: PropsOf = (index) => (index === 5 || index === 7 ? same : undefined);
  const [few, many] = [8, MANY].map((count) => synth(siteOf(FastApp, twice, count).app).errors);
  expect(few).toEqual([expect.stringContaining('IGW1401')]);
  expect(many).toEqual(few);
});

describe('a rule that is muted', () => {
  const REASON = 'a sidecar renames it';

  test('for a team: the models of others are told', () => {
    const { app, teams } = siteOf(FastApp, () => otherName);
    GraphOptions.of(teams[0]).mute('IGW1402', { reason: REASON });
    const { errors } = synth(app);
    expect(errors.join('\n')).toMatch(/model-1 \(team-1\/model-1, and in the same way/);
    expect(errors.join('\n')).not.toContain('team-0');
  });

  test('for one model and for a part of another', () => {
    const { app, models } = siteOf(FastApp, (index) => (index < 3 ? otherName : undefined));
    GraphOptions.of(models[0]).mute('IGW1402', { reason: REASON });
    GraphOptions.of(models[1].route!).mute('IGW1402', { reason: REASON });
    expect(synth(app).errors).toEqual([expect.stringMatching(/model-2 \(team-2\/model-2\): IGW1402/)]);
  });

  test('for all: the reason is with each model, in the bytes of cdk8s', () => {
    const [plain, fast] = [App, FastApp].map((AppClass) => {
      const { app } = siteOf(AppClass, () => otherName);
      GraphOptions.of(app).mute('IGW1402', { reason: REASON });
      expect(synth(app)).toEqual({ errors: [], warnings: '' });
      return filesOf(app);
    });
    expect(fast).toEqual(plain);
    expect(Object.values(fast).join('').split(REASON)).toHaveLength(MANY + 1);
  });
});
