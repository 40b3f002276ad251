import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chart } from 'cdk8s';
import { loadAll } from 'js-yaml';
import {
  IngressNginx,
  IngressNginxProvider,
  IngressNginxVersion,
  OnlineBoutique,
  OnlineBoutiqueRelease,
  StarsDemo,
} from '../../constructs';
import { type Fields, withDefaults } from '../helpers/api-defaults';
import { differences, fingerprint, nameOf } from '../helpers/object-differences';
import { objectsOf } from '../helpers/synth';
import { UPSTREAM } from './upstream-fingerprints';

const { AWS, CLOUD, KIND } = IngressNginxProvider;
const { V1_8_2, V1_15_1 } = IngressNginxVersion;
const nginx = (version: IngressNginxVersion, provider: IngressNginxProvider) => (chart: Chart) =>
  void new IngressNginx(chart, 'nginx', { version, provider });
const boutique = (release: OnlineBoutiqueRelease) => (chart: Chart) =>
  void new OnlineBoutique(chart, 'boutique', { release });

const MADE: [file: string, make: (chart: Chart) => void][] = [
  ['ingress-nginx-v1.15.1-aws.yaml', nginx(V1_15_1, AWS)],
  ['ingress-nginx-v1.15.1-cloud.yaml', nginx(V1_15_1, CLOUD)],
  ['ingress-nginx-v1.15.1-kind.yaml', nginx(V1_15_1, KIND)],
  ['ingress-nginx-v1.8.2-aws.yaml', nginx(V1_8_2, AWS)],
  ['online-boutique-v0.8.0.yaml', boutique(OnlineBoutiqueRelease.V0_8_0)],
  ['online-boutique-v0.9.0.yaml', boutique(OnlineBoutiqueRelease.V0_9_0)],
  ['calico-stars-demo.yaml', (chart) => void new StarsDemo(chart, 'stars')],
];

const fingerprints = (objects: readonly Fields[]) =>
  Object.fromEntries(objects.map((object) => [nameOf(object), fingerprint(object)]));

describe('every object is that of upstream, after API defaulting', () => {
  test.each(MADE)('%s', (file, make) => {
    expect(fingerprints(objectsOf(make))).toEqual(UPSTREAM.get(file));
  });
});

describe('an API server drops nothing of what is written, and rewrites nothing', () => {
  test.each(MADE)('%s', (_, make) => {
    for (const object of objectsOf(make)) {
      expect(withDefaults(object)).toMatchObject(object);
    }
  });
});

test('no file of upstream is left out', () => {
  expect(MADE.map(([file]) => file)).toEqual([...UPSTREAM.keys()]);
});

const folder = process.env.UPSTREAM_MANIFESTS;
if (folder !== undefined) {
  describe('the published files, compared path by path', () => {
    test.each(MADE)('%s', (file, make) => {
      const published = read(join(folder, file));
      expect(differences(objectsOf(make), published)).toEqual([]);
      expect(fingerprints(published)).toEqual(UPSTREAM.get(file));
    });
  });
}

function read(path: string): Fields[] {
  if (!existsSync(path)) {
    throw new Error(`UPSTREAM_MANIFESTS: there is no ${path}`);
  }
  const objects = (loadAll(readFileSync(path, 'utf8')) as (Fields | null)[]).filter((object) => object !== null);
  return objects.flatMap((object) => (isForEach(object) ? inBoth(object) : [object]));
}

/** The one policy that the Stars demo publishes without a namespace, to be applied to both that it closes. */
function isForEach({ kind, metadata }: Fields): boolean {
  return kind === 'NetworkPolicy' && metadata.name === 'default-deny' && metadata.namespace === undefined;
}

function inBoth(policy: Fields): Fields[] {
  return ['stars', 'client'].map((namespace) => ({ ...policy, metadata: { ...policy.metadata, namespace } }));
}
