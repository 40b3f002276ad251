import { readFileSync } from 'node:fs';
import { TARGETS } from '../../../../analysis/migrate/targets';
import { CONFORMANCE, conformanceOf, speaksOf } from '../../../../analysis/routing/gateway-api/conformance';
import { orderOf } from '../../../../analysis/routing/gateway-api/orders';

test('each target of a migration goes by the report of its implementation, whose order is known', () => {
  for (const { implementation, conformance } of TARGETS) {
    expect(conformance).toBe(conformanceOf(implementation));
    expect(orderOf(implementation).name).toBe(implementation);
  }
  expect(TARGETS).toHaveLength(CONFORMANCE.length);
});

// The counts are of the reports themselves.
test.each([
  ['Envoy Gateway', 'HTTPRoute', 26],
  ['NGINX Gateway Fabric', 'HTTPRoute', 19],
  ['kgateway', 'HTTPRoute', 26],
  ['Istio', 'HTTPRoute', 26],
  ['Traefik', 'HTTPRoute', 17],
  ['Cilium', 'HTTPRoute', 22],
])('the report of %s has extended features of %s: %i', (name, kind, count) => {
  expect([...conformanceOf(name).features].filter((feature) => feature.startsWith(kind))).toHaveLength(count);
});

test('a report for an earlier Gateway API says nothing of what came later', () => {
  const speaking = (feature: string) =>
    ['v1.4.0', 'v1.5.1', 'v1.6.1', 'v2.0.0'].filter((gatewayApi) =>
      speaksOf({ ...conformanceOf('Istio'), gatewayApi }, feature),
    );
  expect(speaking('HTTPRoute308RedirectStatusCode')).toEqual(['v1.5.1', 'v1.6.1', 'v2.0.0']);
  expect(speaking('HTTPRouteCORS')).toEqual(['v1.4.0', 'v1.5.1', 'v1.6.1', 'v2.0.0']);
});

test('the table in docs/routing.md says the same', () => {
  const lines = readFileSync(`${__dirname}/../../../../docs/routing.md`, 'utf8').split('\n');
  const cells = (line: string) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const head = lines.findIndex((line) => line.startsWith('| Extended feature'));
  expect(cells(lines[head] as string).slice(1)).toEqual(CONFORMANCE.map(({ implementation }) => implementation));
  const rows = new Map<string, readonly string[]>();
  for (let index = head + 2; lines[index]?.startsWith('|'); index++) {
    const [name = '', ...marks] = cells(lines[index] as string);
    for (const feature of name.split(', ')) {
      rows.set(feature.replaceAll('`', ''), marks);
    }
  }
  const features = new Set(CONFORMANCE.flatMap((one) => [...one.features]));
  const expected = [...features].map((feature): [string, readonly string[]] => [
    feature,
    CONFORMANCE.map((one) => (one.features.has(feature) ? 'yes' : speaksOf(one, feature) ? 'no' : 'not told')),
  ]);
  const { '': _, ...told } = Object.fromEntries(rows);
  const { Report, ...own } = told;
  expect(Report).toEqual(
    CONFORMANCE.map(({ release, gatewayApi, report }) => `[${release}, ${gatewayApi}](${report})`),
  );
  expect(own).toEqual(Object.fromEntries(expected));
});
