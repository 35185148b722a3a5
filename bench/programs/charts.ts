/* Objects that are ready, in a chart for each model: `fast` through FastApp, `plain` through the App of cdk8s. Nothing else of this library. */
import { readFileSync } from 'node:fs';
import type * as cdk8s from 'cdk8s';
import type * as library from '../../src';
import { copyOf, nameOf, namespaceOf } from './scene';

const [way, models, outdir, template] = process.argv.slice(2);
const { ApiObject, App, Chart } = require('cdk8s') as typeof cdk8s;
const { FastApp } = require(process.env.BENCH_LIB!) as typeof library;

const objects: unknown = JSON.parse(readFileSync(template, 'utf8'));
const app = way === 'fast' ? new FastApp({ outdir }) : new App({ outdir });
for (let index = 0; index < Number(models); index++) {
  const [name, namespace] = [nameOf(index), namespaceOf(index)];
  const chart = new Chart(app, name);
  (copyOf(objects, name, namespace) as cdk8s.ApiObjectProps[]).forEach((object, place) => new ApiObject(chart, String(place), object));
}
app.synth();
