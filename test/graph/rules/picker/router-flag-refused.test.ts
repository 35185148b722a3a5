import { rule } from '../../../../src/graph/rules/picker/router-flag-refused';
import { router } from '../../changes';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

const flags = (...more: string[]) => router(({ args }) => { args.push(...more); });

test('flags of the router', () => {
  expect(linesOf(workingSet({}, flags('--grpc-port=9004', '-v=3', '--secure-serving=true')), rule)).toEqual([]);
});

test('fails for a flag it does not know', () => {
  expect(linesOf(workingSet({}, flags('--stream')), rule)).toEqual([expect.stringMatching(
    /^error Deployment gateway\/body-based-router: IGW1308 .* is "--stream": is no flag of the body-based router, which exits at start; every request through the gateway answers 500; remove it$/,
  )]);
});

test.each([
  ['--grpcPort=9004', 'write --grpc-port'],
  ['--grpc-port=x', 'is "x": is no value of --grpc-port'],
  ['--plugin=model', 'is "model": is no plugin of the body-based router'],
  ['--plugin=base-model-to-header', 'gives the plugin no name'],
  ['--plugin', 'is "--plugin": has no value'],
])('fails for %s', (flag, message) => {
  expect(linesOf(workingSet({}, flags(flag)), rule)).toEqual([expect.stringContaining(message)]);
});

test('fails softly where the image is not known', () => {
  const unknown = router((container) => { container.image = 'example.com/bbr:1'; });
  expect(linesOf(workingSet({}, unknown, flags('--mine', '--plugin=mine:a')), rule)).toEqual([expect.stringMatching(/^warning .*unless this image has it/)]);
  expect(linesOf(workingSet({}, unknown, flags('--grpcPort=9004')), rule)).toEqual([expect.stringMatching(/^error/)]);
});
