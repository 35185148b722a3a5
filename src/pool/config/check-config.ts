import type { Mistake } from '../../core';
import { ENDPOINT_PICKER_BUILDS, EndpointPickerBuild, PluginKind, pluginKindsOf } from '../../versions';
import { checkShape } from './check-shape';
import { CONFIG_KIND, ConfigDocument, PluginEntry } from './config-document';

export interface ConfigMistake extends Mistake {
  /** Whether the build itself takes it: it is asked for here because it is hardly meant. */
  readonly tolerated?: boolean;
}

export interface ConfigFindings {
  readonly mistakes: ConfigMistake[];
  /** What works otherwise than it reads. */
  readonly notices: Mistake[];
}

const FIELD = 'endpointPicker.config';

/**
 * Checks a configuration as the build would at start, and finds everything at once. Without a build, only what every build asks for: known
 * references, no duplicates, types and names.
 */
export function checkConfig(document: ConfigDocument, build: EndpointPickerBuild | undefined, allowAlpha = false): ConfigFindings {
  const shape = build ? checkShape(document, build.config, FIELD, build.name) : [];
  const mistakes = [...checkHead(document, build), ...shape];
  // Values of the wrong type would only be reported again.
  if (shape.some(({ code }) => code === 'IGW505') || !isReadable(document, mistakes)) return { mistakes, notices: [] };
  const names = new PluginNames(document.plugins ?? [], build);
  mistakes.push(
    ...checkPlugins(document.plugins ?? [], build, allowAlpha),
    ...checkProfiles(document, names),
    ...checkHandlers(document, names),
    ...checkSections(document, names),
    ...checkDeciders(document.plugins ?? [], names),
    ...checkGates(document, build),
    ...checkBands(document),
  );
  return { mistakes, notices: build ? noticesOf(document, build) : [] };
}

function checkHead({ apiVersion, kind }: ConfigDocument, build: EndpointPickerBuild | undefined): Mistake[] {
  const mistakes: Mistake[] = [];
  if (kind !== CONFIG_KIND) {
    mistakes.push({ code: 'IGW505', field: `${FIELD}.kind`, value: kind, problem: 'is not the kind of a configuration', allowed: CONFIG_KIND, fix: 'set it' });
  }
  if (build && !build.configApiVersions.includes(apiVersion ?? '')) {
    mistakes.push({
      code: 'IGW507', field: `${FIELD}.apiVersion`, value: apiVersion, problem: `is not read by ${build.name}`, allowed: build.configApiVersions.join(', '), fix: 'set one of them, or choose the runtime it is written for',
    });
  }
  return mistakes;
}

/** Whether lists are lists; only files without a known build can get here otherwise. */
function isReadable(document: ConfigDocument, mistakes: Mistake[]): boolean {
  const lists: [string, unknown][] = [['plugins', document.plugins], ['schedulingProfiles', document.schedulingProfiles]];
  for (const [index, profile] of (Array.isArray(document.schedulingProfiles) ? document.schedulingProfiles : []).entries()) {
    lists.push([`schedulingProfiles[${index}].plugins`, profile?.plugins]);
  }
  const isMapList = (value: unknown) => value === undefined || value === null
    || (Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item)));
  const wrong = lists.filter(([, value]) => !isMapList(value));
  wrong.forEach(([name, value]) => mistakes.push({ code: 'IGW505', field: `${FIELD}.${name}`, value, problem: 'is not a list of maps', fix: 'write it as one' }));
  return wrong.length === 0;
}

/** The plugins by name, and what is known of each. */
class PluginNames {
  private readonly byName: Map<string, string | undefined>;

  public constructor(plugins: readonly PluginEntry[], private readonly build: EndpointPickerBuild | undefined) {
    this.byName = new Map(plugins.map((plugin) => [plugin.name || plugin.type || '', plugin.type]));
  }

  public get names(): string {
    return [...this.byName.keys()].join(', ') || 'none is defined';
  }

  /** Names of the plugins of a kind. */
  public ofKind(kind: PluginKind): string[] {
    return [...this.byName.keys()].filter((name) => this.isKind(name, kind));
  }

  public isKind(name: string, kind: PluginKind): boolean {
    return this.kindsOf(name)?.includes(kind) ?? false;
  }

  /** Whether a plugin is of a type nothing is known of: it may be anything. */
  public hasUnknown(): boolean {
    return [...this.byName.keys()].some((name) => this.kindsOf(name) === undefined || this.isKind(name, 'other'));
  }

  /** Whether a plugin has to come before those that name it. */
  public get ordered(): boolean {
    return this.build?.dialect.orderedPlugins ?? false;
  }

  public typeOf(name: string): string | undefined {
    return this.byName.get(name);
  }

  /** A reference to a plugin that has to be defined and, where that is known, of a kind. */
  public checkRef(field: string, ref: unknown, kind?: PluginKind): Mistake[] {
    if (typeof ref !== 'string' || ref === '') {
      return [{ code: 'IGW505', field, problem: 'names no plugin', allowed: this.names, fix: 'set it to the name of a plugin' }];
    }
    if (!this.byName.has(ref)) {
      if (this.build?.impliedPlugins.includes(ref) && kind !== undefined) return [];
      return [{ code: 'IGW505', field, value: ref, problem: 'is not defined', allowed: this.names, fix: 'add it to `plugins`, or refer to one that is there' }];
    }
    const kinds = this.kindsOf(ref);
    if (!kind || !kinds || kinds.includes(kind) || kinds.includes('other')) return [];
    return [{ code: 'IGW505', field, value: ref, problem: `is a ${kinds.map(words).join(' and ')}, no ${words(kind)}`, fix: `refer to a ${words(kind)}` }];
  }

  private kindsOf(name: string): PluginKind[] | undefined {
    const type = this.byName.get(name);
    return type === undefined || !this.build ? undefined : pluginKindsOf(this.build, type);
  }
}

function words(kind: PluginKind): string {
  return kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function checkPlugins(plugins: readonly PluginEntry[], build: EndpointPickerBuild | undefined, allowAlpha: boolean): Mistake[] {
  const mistakes: Mistake[] = [];
  const seen = new Set<string>();
  plugins.forEach(({ name, type }, index) => {
    const field = `${FIELD}.plugins[${index}]`;
    if (!type) {
      mistakes.push({ code: 'IGW505', field: `${field}.type`, problem: 'is missing', fix: 'set the type of the plugin' });
      return;
    }
    const label = name || type;
    if (seen.has(label)) {
      mistakes.push({ code: 'IGW505', field: `${field}.name`, value: label, problem: 'is the name of two plugins', fix: 'give one of them another `name`' });
    }
    seen.add(label);
    if (build) mistakes.push(...checkType(`${field}.type`, type, build, allowAlpha));
  });
  return mistakes;
}

function checkType(field: string, type: string, build: EndpointPickerBuild, allowAlpha: boolean): Mistake[] {
  if (!pluginKindsOf(build, type)) {
    const renamed = build.renamedPlugins[type];
    const others = ENDPOINT_PICKER_BUILDS.filter((other) => pluginKindsOf(other, type)).map((other) => other.name);
    const similar = Object.values(build.plugins).flat().filter((known) => known.replace(/-/g, '') === type.replace(/[-_]/g, '').toLowerCase());
    const fix = [
      renamed && `use ${renamed}`,
      similar.length > 0 && `write ${similar[0]}`,
      others.length > 0 ? `choose a runtime that has it: ${others.join(', ')}` : 'see EndpointPickerRuntime.pluginTypes, or name your own build with EndpointPickerRuntime.of and extraPlugins',
    ].filter(Boolean).join(', or ');
    return [{ code: 'IGW506', field, value: type, problem: `is no plugin of ${build.name}`, fix }];
  }
  if (build.alphaPlugins.includes(type) && !allowAlpha) {
    return [{
      code: 'IGW506', field, value: type, problem: `is experimental in ${build.name}, which refuses to load it`, fix: 'set the flag `allow-experimental-plugins` to true, or remove the plugin',
    }];
  }
  return [];
}

function checkProfiles({ schedulingProfiles = [] }: ConfigDocument, names: PluginNames): ConfigMistake[] {
  const mistakes: ConfigMistake[] = [];
  const seen = new Set<string>();
  (schedulingProfiles ?? []).forEach((profile, index) => {
    const field = `${FIELD}.schedulingProfiles[${index}]`;
    if (!profile.name) mistakes.push({ code: 'IGW505', field: `${field}.name`, problem: 'is missing', fix: 'name the profile' });
    else if (seen.has(profile.name)) {
      mistakes.push({ code: 'IGW505', field: `${field}.name`, value: profile.name, problem: 'is the name of two profiles', fix: 'rename one of them' });
    }
    seen.add(profile.name ?? '');
    const plugins = profile.plugins ?? [];
    const refs = plugins.map(({ pluginRef }) => pluginRef ?? '');
    plugins.forEach(({ pluginRef, weight }, at) => {
      const path = `${field}.plugins[${at}]`;
      const undefinedRef = names.checkRef(`${path}.pluginRef`, pluginRef);
      mistakes.push(...undefinedRef);
      if (undefinedRef.length > 0 || !pluginRef) return;
      if (refs.indexOf(pluginRef) !== at) {
        const problem = 'is in the profile twice';
        mistakes.push({ code: 'IGW505', field: `${path}.pluginRef`, value: pluginRef, problem, fix: 'remove one of the two', tolerated: true });
      }
      if (names.isKind(pluginRef, 'scorer') && (weight === undefined || weight === null)) {
        mistakes.push({
          code: 'IGW505', field: `${path}.weight`, problem: `is missing, and ${pluginRef} is a scorer`, fix: 'set it; 1 is what upstream takes when it is left out', tolerated: true,
        });
      } else if (typeof weight === 'number' && weight < 0) {
        const problem = 'would prefer the worst pods';
        mistakes.push({ code: 'IGW505', field: `${path}.weight`, value: weight, problem, allowed: '0 or more', fix: 'set another weight', tolerated: true });
      }
    });
    const pickers = [...new Set(refs)].filter((ref) => names.isKind(ref, 'picker'));
    if (pickers.length > 1) {
      mistakes.push({ code: 'IGW505', field: `${field}.plugins`, value: pickers, problem: 'has several pickers', allowed: 'one', fix: 'remove the others' });
    }
  });
  return mistakes;
}

function checkHandlers({ schedulingProfiles }: ConfigDocument, names: PluginNames): Mistake[] {
  const handlers = names.ofKind('profileHandler');
  const profiles = schedulingProfiles?.length ?? 0;
  const field = `${FIELD}.plugins`;
  if (handlers.length > 1) {
    return [{ code: 'IGW505', field, value: handlers, problem: 'has several profile handlers', allowed: 'one', fix: 'remove the others' }];
  }
  if (profiles < 2) return [];
  const several = 'disagg-profile-handler, pd-profile-handler or another that runs several profiles';
  if (handlers.length === 0) {
    return names.hasUnknown() ? [] : [{ code: 'IGW505', field, problem: `has no profile handler, and there are ${profiles} profiles`, fix: `add ${several}` }];
  }
  if (names.typeOf(handlers[0]) !== 'single-profile-handler') return [];
  return [{ code: 'IGW505', field, value: handlers[0], problem: `runs one profile, and there are ${profiles}`, fix: `use ${several}` }];
}

function checkSections(document: ConfigDocument, names: PluginNames): Mistake[] {
  const at = (path: string) => `${FIELD}.${path}`;
  const detectors: [string, any][] = [
    ['saturationDetector', document.saturationDetector], ['flowControl.saturationDetector', document.flowControl?.saturationDetector],
  ];
  const parsers: [string, any][] = document.parser ? [['parser', document.parser]] : [];
  listOf(document.requestHandler?.parsers).forEach((parser: any, index: number) => parsers.push([`requestHandler.parsers[${index}]`, parser]));
  const mistakes = [
    // Upstream falls back to its own detector when the reference is empty.
    ...detectors.filter(([, section]) => section?.pluginRef)
      .flatMap(([path, section]) => names.checkRef(at(`${path}.pluginRef`), section.pluginRef, 'saturationDetector')),
    ...parsers.flatMap(([path, parser]) => names.checkRef(at(`${path}.pluginRef`), parser?.pluginRef, 'parser')),
  ];
  for (const key of ['data', 'dataLayer']) {
    listOf(document[key]?.sources).forEach((source: any, index: number) => {
      const path = at(`${key}.sources[${index}]`);
      mistakes.push(...names.checkRef(`${path}.pluginRef`, source?.pluginRef, 'dataSource'));
      listOf(source?.extractors).forEach((extractor: any, which: number) => {
        mistakes.push(...names.checkRef(`${path}.extractors[${which}].pluginRef`, extractor?.pluginRef, 'extractor'));
      });
    });
  }
  const flow = document.flowControl;
  if (flow?.usageLimitPolicyPluginRef) {
    mistakes.push(...names.checkRef(at('flowControl.usageLimitPolicyPluginRef'), flow.usageLimitPolicyPluginRef, 'usageLimitPolicy'));
  }
  for (const [path, band] of bandsOf(document)) {
    if (band?.fairnessPolicyRef) mistakes.push(...names.checkRef(`${path}.fairnessPolicyRef`, band.fairnessPolicyRef, 'fairnessPolicy'));
    if (band?.orderingPolicyRef) mistakes.push(...names.checkRef(`${path}.orderingPolicyRef`, band.orderingPolicyRef, 'orderingPolicy'));
  }
  return mistakes;
}

/** Plugins that handlers name in their parameters: the handler's factory looks them up, and fails. */
function checkDeciders(plugins: readonly PluginEntry[], names: PluginNames): Mistake[] {
  const order = plugins.map(({ name, type }) => name || type);
  return plugins.flatMap(({ type, parameters }, index) => {
    const path = `${FIELD}.plugins[${index}].parameters`;
    const refs: [string, unknown][] = type === 'pd-profile-handler'
      ? [[`${path}.deciderPluginName`, parameters?.deciderPluginName]]
      : type === 'disagg-profile-handler'
        ? Object.entries(parameters?.deciders ?? {}).map(([stage, ref]) => [`${path}.deciders.${stage}`, ref])
        : [];
    return refs.filter(([, ref]) => ref !== undefined && ref !== '').flatMap(([field, ref]) => {
      const wrong = names.checkRef(field, ref, 'decider');
      if (wrong.length > 0 || !names.ordered || order.indexOf(ref as string) < index) return wrong;
      return [{ code: 'IGW505' as const, field, value: ref, problem: `comes after the ${type} that names it`, fix: 'move it before' }];
    });
  });
}

function checkGates({ featureGates, data }: ConfigDocument, build: EndpointPickerBuild | undefined): Mistake[] {
  if (!build || !featureGates) return [];
  const mistakes: Mistake[] = [];
  featureGates.forEach((gate, index) => {
    const name = gate.split('=')[0];
    if (!build.featureGates.includes(name)) {
      mistakes.push({
        code: 'IGW507', field: `${FIELD}.featureGates[${index}]`, value: gate, problem: `is no feature gate of ${build.name}`, allowed: build.featureGates.join(', '), fix: 'remove it',
      });
    }
  });
  if (build.dialect.dataLayerGate && featureGates.includes('dataLayer') && !data?.sources) {
    mistakes.push({ code: 'IGW505', field: `${FIELD}.data.sources`, problem: 'is missing, and the gate dataLayer is on', fix: 'list the data sources, or remove the gate' });
  }
  return mistakes;
}

function checkBands(document: ConfigDocument): Mistake[] {
  const priorities = listOf(document.flowControl?.priorityBands).map((band: any) => band?.priority ?? 0);
  return priorities.flatMap((priority: number, index: number): Mistake[] => (priorities.indexOf(priority) === index ? [] : [{
    code: 'IGW505', field: `${FIELD}.flowControl.priorityBands[${index}].priority`, value: priority, problem: 'has two bands', fix: 'remove one of them',
  }]));
}

function bandsOf({ flowControl }: ConfigDocument): [string, any][] {
  const path = `${FIELD}.flowControl`;
  return [
    ...['defaultPriorityBand', 'defaultNegativePriorityBand'].map((key): [string, any] => [`${path}.${key}`, flowControl?.[key]]),
    ...listOf(flowControl?.priorityBands).map((band: any, index: number): [string, any] => [`${path}.priorityBands[${index}]`, band]),
  ];
}

/** Without a known build the sections have not been checked for their types. */
function listOf(value: unknown): readonly any[] {
  return Array.isArray(value) ? value : [];
}

function noticesOf(document: ConfigDocument, build: EndpointPickerBuild): Mistake[] {
  const notices: Mistake[] = [];
  const gates = (document.featureGates ?? []).map((gate) => gate.split('=')[0]);
  const settings = Object.keys(document.flowControl ?? {}).filter((key) => key !== 'saturationDetector');
  if (settings.length > 0 && !gates.includes('flowControl')) {
    notices.push({ code: 'IGW508', field: `${FIELD}.flowControl`, problem: 'is ignored, because the feature gate flowControl is off', fix: 'add flowControl to featureGates' });
  }
  if (build.dialect.dataLayerGate && document.data && !gates.includes('dataLayer')) {
    notices.push({ code: 'IGW508', field: `${FIELD}.data`, problem: `is ignored by ${build.name}, because the feature gate dataLayer is off`, fix: 'add dataLayer to featureGates' });
  }
  return notices;
}
