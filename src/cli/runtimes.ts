import { EndpointPickerRuntime } from '../pool';

/** The known builds of the endpoint picker by what the command line calls them: `GAIE 1.5` is `gaie-1.5`. */
export const RUNTIMES: ReadonlyMap<string, EndpointPickerRuntime> = new Map(
  Object.values(EndpointPickerRuntime)
    .filter((value): value is EndpointPickerRuntime => value instanceof EndpointPickerRuntime)
    .map((runtime) => [runtime.name.toLowerCase().replaceAll(' ', '-'), runtime]),
);
