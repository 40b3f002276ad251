import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Manifest, readManifests } from '../../analysis';

const DIST = join(__dirname, '../../dist');
const STEPS = ['1-open', '2-default-deny', '3-allow-ui', '4-backend-policy', '5-frontend-policy'];

function manifestsOf(...files: readonly string[]): Manifest[] {
  return files.flatMap((file) => readManifests(readFileSync(join(DIST, file), 'utf8'), file).manifests);
}

/** So many steps of the Stars demo. */
export const stars = (steps: number) => manifestsOf(...STEPS.slice(0, steps).map((step) => `stars/${step}.k8s.yaml`));
/** The shop, with its canary. */
export const shop = () =>
  manifestsOf(
    ...['ingress-nginx', 'online-boutique', 'frontend-ingress', 'frontend-canary', 'canary'].map(
      (name) => `${name}.k8s.yaml`,
    ),
  );

/** Routes, and the Stars demo as its last steps leave it; and what was before these. */
export function changed(): [now: Manifest[], before: Manifest[]] {
  const routes = manifestsOf('frontend-ingress.k8s.yaml', 'frontend-canary.k8s.yaml', 'canary.k8s.yaml');
  return [
    [...routes, ...stars(5)],
    [...routes, ...stars(3)],
  ];
}
