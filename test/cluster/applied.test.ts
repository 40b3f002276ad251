import type { Fields } from '../helpers/fields';
import { applied, type Way } from './apply';
import { apart, collectionOf, lost, titleOf } from './objects';
import { EXAMPLES, exampleApps, FILES, forms } from './sheets';
import { variants } from './variants';
import { withCluster } from './with-cluster';

// What the library writes, as a real API server takes it.

/** Made once, since packages are installed for it. */
let apps: ReturnType<typeof exampleApps> | undefined;

describe.each<Way>(['client-side', 'server-side'])('applied %s', (way) => {
  withCluster(`an API server, ${way}`, (cluster) => {
    test.each(FILES.map((sheet) => [sheet.name, sheet] as const))('%s is kept as it is written', async (_, sheet) => {
      expect(await applied(cluster(), sheet, way)).toEqual([]);
    });

    if (way === 'client-side') {
      test.each(FILES.map((sheet) => [sheet.name, sheet] as const))(
        '%s goes on to server-side apply without a conflict',
        async (_, sheet) => {
          // The variants of the canary share its name: the one that is to go on is applied as before first.
          expect([
            ...(await applied(cluster(), sheet, way)),
            ...(await applied(cluster(), sheet, 'server-side')),
          ]).toEqual([]);
        },
      );
    }

    test('what the examples of docs/ make is kept as it is written', async () => {
      expect(EXAMPLES.length).toBeGreaterThan(20);
      expect(await applied(cluster(), apart(EXAMPLES), way)).toEqual([]);
    });

    test('what the apps of examples/ write is kept as it is written', async () => {
      apps ??= exampleApps();
      expect(apps.flatMap(({ objects }) => objects).length).toBeGreaterThan(20);
      for (const sheet of apps) {
        expect([sheet.name, await applied(cluster(), sheet, way)]).toEqual([sheet.name, []]);
      }
    });

    test('what the settings of the constructs make is kept as it is written', async () => {
      const sheets = forms();
      const count = sheets.reduce((sum, { objects }) => sum + objects.length, 0);
      expect(count).toBeGreaterThan(200);
      process.stderr.write(`${count} objects of ${sheets.length} variants are applied ${way}\n`);
      expect(await applied(cluster(), apart(sheets), way)).toEqual([]);
    });
  });
});

/** What depends on the addresses that a cluster was given for its Services: manifests cannot know. */
const OF_THE_CLUSTER = /is not in the valid range\. The range of valid IPs is|IPv6 is not configured on this cluster/;

withCluster('an API server that is asked what it would keep', (cluster) => {
  test.each<Way>(['client-side', 'server-side'])('sees what a server does not keep, or refuses, %s', async (way) => {
    const deployment = (name: string, container: object): Fields => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace: `faults-${way}` },
      spec: {
        selector: { matchLabels: { app: name } },
        template: {
          metadata: { labels: { app: name } },
          spec: { containers: [{ name: 'web', image: 'web:1', ...container }] },
        },
      },
    });
    const rewritten = deployment('rewritten', { resources: { requests: { cpu: '1000m' } } });
    const place = `spec.template.spec.containers[0].resources.requests.cpu`;
    expect(await applied(cluster(), { name: 'a', objects: [rewritten] }, way)).toEqual([
      `Deployment faults-${way}/rewritten: ${place} was "1000m", and is "1" on the cluster`,
    ]);
    const unknown = deployment('unknown', { imagePolicy: 'Always' });
    expect(await applied(cluster(), { name: 'b', objects: [unknown] }, way)).toEqual([
      expect.stringMatching(/^kubectl apply .*ended with 1: .*imagePolicy/s),
    ]);
  });

  test('takes every value of every setting that a construct takes, and keeps it', async () => {
    const found = new Map<string, { readonly name: string; readonly object: Fields }>();
    const all = variants();
    for (const { name, objects } of all) {
      for (const object of objects) {
        const key = JSON.stringify(object);
        found.set(key, found.get(key) ?? { name, object });
      }
    }
    const used = new Set([...found.values()].flatMap(({ object }) => object.metadata.namespace ?? []));
    for (const name of used) {
      await cluster().ask('POST', '/api/v1/namespaces', { metadata: { name } });
    }
    const wrong: string[] = [];
    for (const { name, object } of found.values()) {
      const place = `${collectionOf(object)}?dryRun=All&fieldValidation=Strict`;
      const { status, body } = await cluster().ask('POST', place, object);
      const isThere = status === 409 && object.kind === 'Namespace';
      const faults = status === 201 ? lost(object, body) : isThere ? [] : [body.message ?? String(body)];
      wrong.push(
        ...faults.filter((one) => !OF_THE_CLUSTER.test(one)).map((one) => `${name}: ${titleOf(object)}: ${one}`),
      );
    }
    process.stderr.write(`${found.size} objects of ${all.length} variants are asked about\n`);
    expect(found.size).toBeGreaterThan(2000);
    expect(wrong).toEqual([]);
  });
});
