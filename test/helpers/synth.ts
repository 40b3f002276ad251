import { App, Chart, type ChartProps, Yaml } from 'cdk8s';
import type { Fields } from './fields';

/** The objects of a chart that is filled by `make`, in the order in which they are written. */
export function objectsOf(make: (chart: Chart) => void, props: ChartProps = {}): Fields[] {
  const chart = new Chart(new App(), 'test', props);
  make(chart);
  return chart.toJson();
}

/** The one object of this kind and name. */
export function find(objects: readonly Fields[], kind: string, name: string): Fields {
  const found = objects.filter((object) => object.kind === kind && object.metadata.name === name);
  if (found.length !== 1 || !found[0]) {
    throw new Error(`${found.length} objects are ${kind} ${name}`);
  }
  return found[0];
}

/** The message with which `make` fails, once nothing has been left in the chart. */
export function refusal(make: (chart: Chart) => void): string {
  const chart = new Chart(new App(), 'shop');
  let message = '';
  try {
    make(chart);
  } catch (error) {
    message = (error as Error).message;
  }
  expect(chart.node.findAll()).toEqual([chart]);
  return message;
}

/** The YAML of a chart that is filled by `make`, as it is written. */
export function yamlOf(make: (chart: Chart) => void, props: ChartProps = {}): string {
  return Yaml.stringify(...objectsOf(make, props));
}
