import { cdk8s, javascript, typescript } from 'projen';

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-inference-gateway',
  description: 'cdk8s constructs that render the complete, checked Kubernetes YAML of an LLM inference gateway',
  author: 'The cdk8s-inference-gateway authors',
  authorAddress: 'maintainers@cdk8s-inference-gateway.dev',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk8s-inference-gateway/cdk8s-inference-gateway.git',
  license: 'Apache-2.0',
  keywords: ['cdk8s', 'gateway-api', 'inference-gateway', 'InferencePool', 'endpoint-picker', 'airunway', 'higress', 'llm'],
  defaultReleaseBranch: 'main',

  cdk8sVersion: '2.70.106',
  constructsVersion: '10.5.0',
  peerDeps: ['cdk8s-plus-28@^2.5.6'],
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  minNodeVersion: '20.16.0',
  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,
  runner: typescript.TypeScriptRunner.tsx(),
  entrypoint: 'lib/src/index.js',
  bin: { 'inference-gateway': 'bin/inference-gateway' },
  // Without source maps, which make loading a third slower: the JavaScript reads as its source does.
  tsconfig: {
    compilerOptions: { rootDir: '.', outDir: 'lib', inlineSourceMap: false, inlineSources: false },
    include: ['src/**/*.ts', 'imports/**/*.ts'],
  },
  tsconfigDev: { include: ['../src/**/*.ts', '../imports/**/*.ts', '../scripts/**/*.ts', '../bench/**/*.ts'], exclude: ['browser'] },

  // eslint-import-resolver-typescript and jest 30 bring binaries that `npm ci` cannot resolve on every platform.
  eslint: false,
  jestOptions: {
    jestVersion: '^29',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      // `npm test -- --coverage` where it is wanted: it takes three times as long.
      collectCoverage: false,
      coverageReporters: ['text-summary'],
      setupFiles: ['<rootDir>/test/setup.ts'],
    },
  },

  // yaml: cdk8s' own loader accepts broken YAML without a word. cel: selection rules. re2: patterns of plugins; cel brings it anyway.
  // commander: the command line. dagre: the graph's picture.
  bundledDeps: ['@bufbuild/cel', '@bufbuild/re2', '@dagrejs/dagre', 'commander@^14', 'yaml'],
  devDeps: [
    '@types/sarif',
    'ajv@^8',
    'ajv-draft-04',
    'cdk8s-cli@^2.207.0',
    // The version that tsx brings: the picture's script is bundled with it.
    'esbuild@~0.28.0',
    'eslint@^9',
    'eslint-plugin-import',
    'fast-check',
    'js-yaml@^4',
    // The last major version that runs on Node 20.
    'puppeteer-core@^24',
    'typescript-eslint@^8',
    '@kubernetes/client-node@^1',
    '@types/js-yaml@^4',
  ],

  publishToPypi: { distName: 'cdk8s-inference-gateway', module: 'cdk8s_inference_gateway' },
  publishToGo: { moduleName: 'github.com/cdk8s-inference-gateway/cdk8s-inference-gateway-go' },
  publishToMaven: {
    javaPackage: 'io.github.cdk8sinferencegateway',
    mavenGroupId: 'io.github.cdk8s-inference-gateway',
    mavenArtifactId: 'cdk8s-inference-gateway',
  },

  release: false,
  buildWorkflowOptions: { mutableBuild: false },
  depsUpgrade: false,
  pullRequestTemplate: false,
  stale: false,
  githubOptions: { mergify: false },
  sampleCode: false,
  readme: undefined,
  gitignore: ['/examples/*/dist/', '/.cache/', '*.tgz'],
});
project.package.addField('types', 'lib/src/index.d.ts');
project.npmignore!.exclude('/examples/', '/bench/', '/docs/*', '/page/', '/scripts/', '/.ci/', '/eslint.config.mjs', '/versions.env', '/imports/', '/ARCHITECTURE.md', '/CONTRIBUTING.md');
// The command `explain` prints the pages of the rules.
project.npmignore!.include('/docs/rules/');
project.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', 'true');

project.compileTask.exec('tsx scripts/lazy-index.ts');
project.tasks.tryFind('docgen')!.reset('jsii-docgen -o API.md --submodule root', { receiveArgs: true });

const task = (name: string, description: string, ...commands: string[]) => project.addTask(name, {
  description, steps: commands.map((exec) => ({ exec, receiveArgs: commands.length === 1 })),
});
task('start', 'Synthesize the quickstart example and say what was written', 'tsx scripts/start.ts');
task('lint', 'Types of tests and scripts, style, import directions', 'tsc --noEmit -p test/tsconfig.json --isolatedModules false',
  'tsc --noEmit -p page/tsconfig.json', 'tsc --noEmit -p test/browser/tsconfig.json', 'eslint .');
task('rules', 'Regenerate src/graph/rules/index.ts from the files of the rules', 'tsx scripts/graph-rules.ts');
task('lint:truth', 'Check the rules of the graph against manifests whose traffic was observed (GOLDENS_DIR)', 'tsx scripts/lint-truth.ts');
task('lint:conformance', 'Check the rules of the graph against the conformance suites, and docs/conformance.md (CONFORMANCE_DIR)', 'tsx scripts/lint-conformance.ts');
task('docs', 'Regenerate the pages of docs/ that are made from code', 'tsx scripts/docs-pages.ts');
task('import', 'Regenerate imports/ from the pinned CRDs (CRDS_DIR names a local folder)', 'tsx scripts/import-crds.ts');
task('page', 'Regenerate src/graph/picture/page-script.ts from page/', 'tsx scripts/page.ts');
task('pins', 'Regenerate src/versions/pins.ts from versions.env', 'tsx scripts/pins.ts');
task('examples', 'Synthesize every example through cdk8s synth and compare with its snapshot', 'tsx scripts/examples.ts');
task('bench', 'What a fleet of models costs, beside helm and plain cdk8s', 'tsx bench/main.ts');
task('bench:graph', 'What checking a set of manifests costs, by the number of objects', 'tsx bench/graph.ts');
task('parity', 'Compare the static rendering with what the live controllers created (GOLDENS_DIR)', 'tsx scripts/parity.ts');
task('test:browser', 'Open the picture of a graph in a real Chromium', 'tsx test/browser/run.ts');
task('parity:higress', 'Compare HigressPlugins and HigressModelRoute with what GPUStack created (GOLDENS_DIR)', 'tsx scripts/parity-higress.ts');
task('test:cluster', 'Apply every example to a real kube-apiserver, twice', 'tsx test/cluster/run.ts');
task('test:sarif', 'Check reports in SARIF against the schema of the standard (GOLDENS_DIR)', 'tsx test/sarif/run.ts');
task('test:package', 'Install the packed library in a fresh TypeScript and Python app', 'tsx test/package/run.ts');

project.synth();
