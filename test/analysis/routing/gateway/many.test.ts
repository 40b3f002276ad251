import { check } from '../../../../analysis/check';
import { Cluster } from '../../../../analysis/connectivity';
import { type Manifest, readManifests } from '../../../../analysis/manifest';

/** How often the kinds of manifests of so many Gateways, each with a route, are looked at, for each manifest. */
function looksOf(count: number, ask: (manifests: readonly Manifest[]) => unknown): number {
  const text = Array.from(
    { length: count },
    (_, at) => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: web, namespace: ns${at} }
spec: { gatewayClassName: eg, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: ns${at} }
spec: { parentRefs: [{ name: web }], rules: [{ backendRefs: [{ name: web, port: 80 }] }] }
`,
  ).join('---\n');
  let looks = 0;
  const manifests = readManifests(text, 'all.yaml').manifests.map((manifest) => {
    const { kind } = manifest;
    return Object.defineProperty({ ...manifest }, 'kind', {
      get: () => {
        looks++;
        return kind;
      },
    });
  });
  ask(manifests);
  return looks / manifests.length;
}

describe('Gateways are read without looking through all manifests for each of them, by', () => {
  test.each<[string, (manifests: readonly Manifest[]) => unknown]>([
    ['connections', (manifests) => Cluster.from({ manifests })],
    ['check', (manifests) => check(manifests)],
  ])('%s', (_, ask) => {
    expect(looksOf(80, ask)).toBeLessThanOrEqual(looksOf(20, ask) + 1);
  });
});
