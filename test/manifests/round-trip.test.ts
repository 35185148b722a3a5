import { Rendering } from '../../src/model';
import { eachGolden, goldens, modelDeployment, render } from './manifests';

test('a model comes back as it was', () => {
  expect(render([modelDeployment()], { rendering: Rendering.CONTROLLER })).toEqual([modelDeployment()]);
});

const admitted = goldens().filter(([, { rejected, input }]) => !rejected && input.length > 0);
const rejected = goldens().filter(([, golden]) => golden.rejected);

eachGolden('what the live webhook admits comes back as it was:', admitted, ({ input }) => {
  expect(render(input, { rendering: Rendering.CONTROLLER })).toEqual(input);
});

eachGolden('fails for what the live webhook refuses:', rejected, ({ input }) => {
  expect(() => render(input, { rendering: Rendering.CONTROLLER })).toThrow(/IGW\d{3}/);
});
