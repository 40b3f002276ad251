import { readFileSync } from 'node:fs';
import { GatewayFeature } from '../../../constructs';
import { REPORTS } from '../../../constructs/gateway/reports';

test('docs/gateway.md says of each implementation what its report has', () => {
  const lines = readFileSync(`${__dirname}/../../../docs/gateway.md`, 'utf8').split('\n');
  const head = lines.findIndex((line) => line.startsWith('| `GatewayFeature`'));
  const cells = (line = '') =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
  const names = [...REPORTS].map(([name, { release, gatewayApi }]) => `${name} ${release} (${gatewayApi})`);
  expect(cells(lines[head]).slice(2)).toEqual(names);
  const features = Object.entries(GatewayFeature);
  const told = lines.slice(head + 2, head + 2 + features.length).map((line) => cells(line));
  expect(told.map(([feature, , ...marks]) => [feature, marks])).toEqual(
    features.map(([key, feature]) => [
      `\`${key}\``,
      [...REPORTS.values()].map((report) => (report.features.includes(feature) ? 'yes' : 'no')),
    ]),
  );
});
