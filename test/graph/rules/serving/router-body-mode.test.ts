import { GatewayImplementation } from '../../../../src';
import { rule } from '../../../../src/graph/rules/serving/router-body-mode';
import { filter, router } from '../../changes';
import { linesOf } from '../../lint';
import { workingSet } from '../../working-set';

const mode = (change: (mode: any) => void) => filter(({ processing_mode }) => { change(processing_mode); });
const PLAIN = router(({ args }) => { args.shift(); });
const BUFFERED = mode((modes) => { Object.assign(modes, { request_body_mode: 'BUFFERED', response_body_mode: 'NONE', request_trailer_mode: 'SKIP' }); });

test('streaming on both sides, or on none', () => {
  expect(linesOf(workingSet(), rule)).toEqual([]);
  expect(linesOf(workingSet({}, PLAIN, BUFFERED), rule)).toEqual([]);
});

test('fails for a router that does not stream', () => {
  expect(linesOf(workingSet({}, PLAIN), rule)).toEqual([
    'error Deployment gateway/body-based-router: IGW1214 spec.template.spec.containers[0].args: has no --streaming, and EnvoyFilter gateway/body-based-router sends bodies as '
    + 'FULL_DUPLEX_STREAMED: requests answer 404 or 500; add the flag --streaming, or set BUFFERED in EnvoyFilter gateway/body-based-router',
  ]);
});

test('fails for a router that streams to a filter that does not', () => {
  expect(linesOf(workingSet({}, BUFFERED), rule)).toEqual([expect.stringContaining('request_body_mode is "BUFFERED": does not go with the flag --streaming')]);
});

test('modes may be numbers', () => {
  const numbers = { request_body_mode: 4, response_body_mode: 4, request_trailer_mode: 1, response_trailer_mode: 1 };
  expect(linesOf(workingSet({}, mode((modes) => { Object.assign(modes, numbers); })), rule)).toEqual([]);
});

test('fails for the number of a mode that does not go with --streaming', () => {
  const number = (request_body_mode: number) => linesOf(workingSet({}, mode((modes) => { modes.request_body_mode = request_body_mode; })), rule);
  expect(number(2)).toEqual([expect.stringContaining('request_body_mode is 2: does not go with the flag --streaming')]);
  // What is no mode is IGW1226.
  expect(number(70000)).toEqual([]);
});

test('fails for a filter that sends no body', () => {
  expect(linesOf(workingSet({}, filter((config) => { delete config.processing_mode; })), rule)).toEqual([expect.stringContaining('processing_mode.request_body_mode: sends no body to the body-based router')]);
});

test.each(['request', 'response'])('fails for a %s without trailers', (direction) => {
  expect(linesOf(workingSet({}, mode((modes) => { delete modes[`${direction}_trailer_mode`]; })), rule)).toEqual([
    expect.stringContaining(`${direction}_trailer_mode: is not SEND, which FULL_DUPLEX_STREAMED asks for: Envoy refuses the configuration`),
  ]);
});

test('fails softly for parts of long bodies', () => {
  const parts = mode((modes) => { modes.request_body_mode = 'BUFFERED_PARTIAL'; });
  expect(linesOf(workingSet({}, PLAIN, parts), rule)).toEqual([expect.stringMatching(/^warning .*sends a long body in parts/)]);
});

test.each([GatewayImplementation.gke(), GatewayImplementation.envoyGateway()])('fails for the words of other gateways: $gatewayClassName', (implementation) => {
  expect(linesOf(workingSet({ implementation }), rule)).toEqual([]);
  expect(linesOf(workingSet({ implementation }, PLAIN), rule)).toEqual([expect.stringContaining('sends bodies as FullDuplexStreamed')]);
});
