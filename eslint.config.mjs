import importPlugin from 'eslint-plugin-import';
import tseslint from 'typescript-eslint';

/** What each folder of src may import, beside itself; imports run one way, and folders meet through each other's index. */
const ALLOWED = {
  core: [],
  versions: ['core'],
  policy: ['core'],
  plan: ['core'],
  crds: ['core', 'versions'],
  gateway: ['core', 'versions', 'policy'],
  routing: ['core', 'policy', 'gateway'],
  pool: ['core', 'versions', 'policy', 'gateway', 'routing'],
  provider: ['core', 'versions', 'plan'],
  model: ['core', 'policy', 'plan', 'provider', 'gateway', 'routing', 'pool'],
  manifests: ['core', 'plan', 'provider', 'gateway', 'routing', 'pool', 'model'],
  higress: ['core', 'versions'],
  graph: ['core', 'versions', 'gateway', 'pool', 'higress'],
  gitops: ['core', 'provider', 'model', 'manifests'],
  plugin: ['core', 'gateway', 'graph'],
  cli: ['core', 'gateway', 'pool', 'model', 'manifests', 'graph', 'gitops', 'provider'],
};

const zones = Object.entries(ALLOWED).flatMap(([folder, allowed]) => Object.keys(ALLOWED)
  .filter((other) => other !== folder)
  .map((other) => ({
    target: `./src/${folder}`,
    from: `./src/${other}`,
    // What needs no construct is light to load; `register` adds the checks of the graph to every synth.
    except: allowed.includes(other) ? ['./index.ts', './checks.ts', './register.ts'] : [],
    message: allowed.includes(other) ? `import from '../${other}' instead` : `src/${folder} does not know src/${other}`,
  })));

export default tseslint.config(
  { ignores: ['lib/', 'imports/', 'node_modules/', 'coverage/', 'dist/', '**/dist/', '.projen/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    plugins: { import: importPlugin },
    settings: { 'import/parsers': { '@typescript-eslint/parser': ['.ts'] }, 'import/resolver': { node: { extensions: ['.ts', '.js'] } } },
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-require-imports': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'comma-dangle': ['error', 'always-multiline'],
      'eqeqeq': 'error',
      'import/no-cycle': ['error', { ignoreExternal: true }],
      'import/no-restricted-paths': ['error', { zones }],
      'import/order': ['error', { 'groups': ['builtin', 'external', 'parent', 'sibling'], 'alphabetize': { order: 'asc', caseInsensitive: true } }],
      'max-len': ['error', { code: 150, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true }],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'no-console': 'off',
      'object-curly-spacing': ['error', 'always'],
      'quotes': ['error', 'single', { avoidEscape: true }],
      'semi': ['error', 'always'],
    },
  },
  // A library says what it has to say through errors and warnings of its own.
  { files: ['src/**/*.ts'], ignores: ['src/cli/**'], rules: { 'no-console': 'error' } },
);
