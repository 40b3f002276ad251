import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import {
  BlueGreen,
  CanaryIngress,
  CanaryRule,
  type ExistingService,
  type ExposedService,
  NetworkingApp,
} from '../constructs';

/**
 * Other rules for the canary, of which one at a time can take the place of the one of the settings. The canary has one name
 * under all of them, so that to apply one is to replace the other.
 */
const VARIANTS = new Map([
  ['header', CanaryRule.header('FOO', 'bar')],
  ['header-pattern', CanaryRule.headerPattern('User-Agent', '.*(Android|iPhone).*')],
  ['cookie', CanaryRule.cookie('canary')],
  ['header-or-weight', CanaryRule.header('FOO', 'bar').orWeight(5)],
  ['blue-green', CanaryRule.blueGreen(BlueGreen.GREEN, 'X-Green')],
  ['a-b', CanaryRule.abTestByCookie('group-b')],
]);

/**
 * A file for each variant, with the main route as it is without a canary. Returns what the files' charts stand below.
 *
 * @param canary the Service that the canaries lead to
 * @param mainOf exposes the main Service in a chart
 */
export function canaryVariants(
  scope: Construct,
  canary: ExistingService,
  mainOf: (chart: Chart) => ExposedService,
): Construct {
  const folder = new Construct(scope, 'canary-variants');
  NetworkingApp.alternative(folder);
  for (const [id, rule] of VARIANTS) {
    const chart = new Chart(folder, id);
    new CanaryIngress(chart, 'canary', { main: mainOf(chart), canary: { existing: canary }, rule });
  }
  return folder;
}
