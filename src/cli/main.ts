import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Yaml } from 'cdk8s';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { InvalidInputError } from '../core';
import { FleetLayout } from '../gitops';
import { readManifestFiles, readManifestText } from '../manifests';
import { EndpointPickerRuntime } from '../pool';
import { CommandError, MISTAKE, USAGE } from './command-error';
import { expand, ExpandOptions } from './expand';
import { explain } from './explain';
import { FleetOptions, writeFleets } from './fleet';
import { GraphCommandOptions, runGraph } from './graph';
import { LINT_FORMATS, LintCommandOptions, runLint } from './lint';
import { RUNTIMES } from './runtimes';

const RUNTIME_NAMES = [...RUNTIMES.keys()].join(', ');

/** Where a command reads from and writes to. */
export interface Terminal {
  readonly in: () => Uint8Array;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether the output is shown in colours when nobody says so. */
  readonly colour?: boolean;
}

/** Runs the command line and sets the exit status of the process. */
export function main(version: string): void {
  // Whoever reads may stop early, `head` for example.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  process.exitCode = run(process.argv.slice(2), {
    in: () => readFileSync(0),
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    colour: process.stdout.isTTY && process.stdout.hasColors() && !process.env.NO_COLOR,
  }, version);
}

/** Runs one command and returns its exit status. */
export function run(args: string[], terminal: Terminal, version = '0.0.0'): number {
  let status = 0;
  try {
    programOf(terminal, version, (code) => { status = code; }).parse(args, { from: 'user' });
    return status;
  } catch (error) {
    // Help and version come this way too, with exit code 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
    if (error instanceof InvalidInputError || error instanceof CommandError) {
      terminal.err(`${error.message}\n`);
      return error instanceof CommandError ? error.exitCode : MISTAKE;
    }
    throw error;
  }
}

function programOf(terminal: Terminal, version: string, exit: (status: number) => void): Command {
  const program = new Command('inference-gateway')
    .description('The complete Kubernetes YAML of an LLM inference gateway')
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .exitOverride();
  program.version(version);
  gatewayOptions(program.command('expand')
    .description('print every object that AI Runway\'s controllers would create for the ModelDeployments of a file, a folder or standard input')
    .argument('<path>', 'a YAML or JSON file, a folder, or - for standard input'))
    .option('-o, --output <folder>', 'write one file for each model, and one for the Gateways, instead of printing')
    .action((path: string, options: ExpandOptions & { output?: string }) => runExpand(path, options, terminal));
  gatewayOptions(program.command('fleet')
    .description('write the objects of thousands of models, a file for each model or team, and touch only files that change')
    .argument('<catalogues...>', 'CSV, JSON or YAML files with a model in each row, or files and folders of ModelDeployments and Gateways'))
    .requiredOption('-o, --output <folder>', 'where to write; models that name a cluster go to a folder of its name in it')
    .addOption(new Option('--layout <layout>', 'which models share a file').choices(Object.values(FleetLayout)).default(FleetLayout.FILE_PER_MODEL))
    .option('--cluster <name>', 'write the models of one cluster only')
    .action((paths: string[], options: FleetOptions) => runFleet(paths, options, terminal));
  program.command('lint')
    .description('check the manifests of files, folders or standard input as a whole: names, permissions, ports, flags, everything on the way of a request')
    .argument('<paths...>', 'YAML or JSON files, folders, or - for standard input')
    .addOption(new Option('--format <format>', 'how to print').choices(LINT_FORMATS).default('text'))
    .option('--closed', 'everything that is referred to is in the input, so what is not there is missing')
    .option('--namespace <name>', 'namespace of objects that name none', 'default')
    .option('--implementation <class>', 'GatewayClass that all Gateways are taken for (default: their gatewayClassName)')
    .option('--runtime <name>', `build that all endpoint pickers are taken for (${RUNTIME_NAMES}; default: by their image)`, runtimeOf)
    .option('--max-warnings <count>', 'fail when there are more warnings than this (default: any number is fine)', countOf)
    .option('--notes', 'print what is only worth knowing as well')
    .option('--color', 'print in colours (default: when printing to a terminal)')
    .option('--no-color', 'print without colours')
    .addHelpText('after', '\nExit status: 0 without errors, 1 with errors, 2 when the check could not run.')
    .action((paths: string[], options: LintCommandOptions) => exit(runLint(paths, options, terminal, version)));
  program.command('explain')
    .description('print what a code stands for: what you see, why, and how to fix it')
    .argument('<code>', 'a code of a message, IGW1301 for example')
    .action((code: string) => terminal.out(explain(code)));
  program.command('graph')
    .description('draw the way of requests through the manifests of a file, a folder or standard input, with what is wrong where it is wrong')
    .argument('<path>', 'a YAML or JSON file, a folder, or - for standard input')
    .option('--format <format>', 'svg, html or mermaid (default: by the extension of the output, else html)')
    .option('-o, --output <file>', 'write to a file instead of printing')
    .option('--namespace <name>', 'namespace of objects that name none', 'default')
    .option('--closed', 'everything that is referred to is in the input, so what is not there is missing')
    .option('--implementation <class>', 'GatewayClass that all Gateways are taken for (default: their gatewayClassName)')
    .action((path: string, options: GraphCommandOptions) => runGraph(path, options, terminal));
  return program;
}

function gatewayOptions(command: Command): Command {
  return command
    .option('--gateway <namespace/name>', 'the Gateway to route from (default: the only one of the input, or the one that carries the label)')
    .option('--implementation <class>', 'GatewayClass of the Gateway (default: its gatewayClassName)')
    .option('--istio', 'render DestinationRules (default: for Gateways of class istio)')
    .option('--no-istio', 'render no DestinationRules')
    .option('--namespace <name>', 'namespace of objects that name none', 'default')
    .option('--epp-port <port>', 'port of the endpoint pickers (default: 9002)', portOf)
    .option('--epp-image <image>', 'image of the endpoint pickers whose provider names none')
    .option('--runtime <name>', `build of the endpoint pickers whose provider names no image (${RUNTIME_NAMES}; default: gaie-1.5)`, runtimeOf)
    .option('--keep-allowed-routes', 'leave allowedRoutes of the Gateways as they are');
}

/** More warnings than anybody reads. */
const MOST_WARNINGS = 50;

function runFleet(paths: string[], options: FleetOptions, terminal: Terminal): void {
  for (const { folder, report, warnings } of writeFleets(paths, options)) {
    const { models, written, unchanged, deleted } = report;
    warnings.slice(0, MOST_WARNINGS).forEach((warning) => terminal.err(`${warning}\n`));
    if (warnings.length > MOST_WARNINGS) terminal.err(`and ${warnings.length - MOST_WARNINGS} more warnings\n`);
    terminal.err(`${folder}: ${models} models; ${written.length} files written, ${unchanged} unchanged, ${deleted.length} deleted\n`);
  }
}

function runExpand(path: string, { output, ...options }: ExpandOptions & { output?: string }, terminal: Terminal): void {
  const read = path === '-' ? readManifestText(terminal.in(), 'standard input') : readManifestFiles(path);
  const { files, warnings } = expand(read, options);
  const texts = files.map(({ name, objects }) => ({ name, count: objects.length, text: Yaml.stringify(...objects) }));
  warnings.forEach((warning) => terminal.err(`${warning}\n`));
  if (output === undefined) {
    terminal.out(texts.map(({ text }) => text).join('---\n'));
    return;
  }
  for (const { name, count, text } of texts) {
    const file = join(output, `${name}.yaml`);
    write(output, file, text);
    terminal.err(`wrote ${file} (${count})\n`);
  }
}

function write(folder: string, file: string, text: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new CommandError(`--output ${folder}: cannot be written to: ${(error as Error).message}`, MISTAKE);
  }
}

function runtimeOf(name: string): EndpointPickerRuntime {
  const runtime = RUNTIMES.get(name);
  if (!runtime) throw new InvalidArgumentError(`Not one of ${RUNTIME_NAMES}.`);
  return runtime;
}

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 0) throw new InvalidArgumentError('Not a number of 0 or more.');
  return count;
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new InvalidArgumentError('Not a port from 1 to 65535.');
  return port;
}
