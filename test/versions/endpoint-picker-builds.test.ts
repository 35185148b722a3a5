import { buildOfImage, ENDPOINT_PICKER_BUILDS, GAIE_1_5, LLMD_SCHEDULER_0_6, PINS, pluginKindsOf } from '../../src/versions';

test('an image tells its build', () => {
  expect(buildOfImage('registry.k8s.io/gateway-api-inference-extension/epp:v1.5.0')).toBe(GAIE_1_5);
});

test('the pinned releases are those of the builds', () => {
  expect(GAIE_1_5.image).toContain(`:${PINS.gaie}`);
  expect(PINS.gaie).toMatch(new RegExp(`^v${GAIE_1_5.release}\\.`));
  expect(PINS.llmd).toMatch(new RegExp(`^${LLMD_SCHEDULER_0_6.release}\\.`));
});

describe.each(ENDPOINT_PICKER_BUILDS.map((build) => [build.name, build] as const))('%s', (_, build) => {
  const flags = Object.keys(build.flags);

  test('is the build of its image', () => {
    expect(buildOfImage(build.image)).toBe(build);
  });

  test('forbids flags it has, and has none that it removed', () => {
    expect(Object.keys(build.forbiddenFlags).filter((flag) => !flags.includes(flag))).toEqual([]);
    expect(Object.keys(build.removedFlags).filter((flag) => flags.includes(flag))).toEqual([]);
  });

  test('implies, renames to and holds back only plugins it has', () => {
    const always = ['global-strict-fairness-policy', 'fcfs-ordering-policy'];
    const named = [...build.impliedPlugins.filter((type) => !always.includes(type)), ...Object.values(build.renamedPlugins), ...build.alphaPlugins];
    expect(named.filter((type) => !pluginKindsOf(build, type))).toEqual([]);
    expect(Object.keys(build.renamedPlugins).filter((type) => pluginKindsOf(build, type))).toEqual([]);
  });

  test('says its sections in keys its configuration has', () => {
    const { keys } = build.config;
    expect(keys).toHaveProperty(build.dialect.dataLayer);
    if (build.dialect.parser !== 'none') expect(keys).toHaveProperty(build.dialect.parser);
  });
});
