import { SCENARIOS, type Scenario } from './network-policy-scenarios';
import { clusterOf, PODS, wrong } from './pods';

describe("a scenario of Kubernetes' end-to-end tests of NetworkPolicy:", () => {
  test.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) => {
    const cluster = clusterOf(scenario);
    expect(scenario.tables.flatMap((table) => wrong(cluster, table))).toEqual([]);
  });

  test('they are all there', () => {
    expect(SCENARIOS.length).toBeGreaterThanOrEqual(48);
    expect(SCENARIOS.flatMap(({ tables }) => tables).length * PODS.length * (PODS.length - 1)).toBeGreaterThan(4000);
  });

  test('a table that is wrong is seen', () => {
    const [deny] = SCENARIOS as [Scenario];
    expect(
      wrong(clusterOf(deny), {
        port: 80,
        told: [
          ['*/*', 'x/*', 'closed'],
          ['y/a', 'x/b', 'open'],
        ],
      }),
    ).toEqual(['y/a to x/b on TCP 80 is closed']);
  });
});
