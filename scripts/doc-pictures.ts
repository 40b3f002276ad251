import * as fs from 'node:fs';
import * as path from 'node:path';
import { Cluster, readManifests } from '../analysis';
import { graphOf } from '../report/graph/build';
import { graphSvg } from '../report/graph/svg/svg';
import { ROOT } from './doc-pages';

const STEPS = ['1-open', '2-default-deny', '3-allow-ui', '4-backend-policy', '5-frontend-policy'];

/** The pictures of the pages: their files, and the files of dist/ that each shows. */
const PICTURES: readonly (readonly [string, readonly string[]])[] = [
  ...STEPS.map(
    (step, at) =>
      [`docs/pictures/stars-${step}.svg`, STEPS.slice(0, at + 1).map((one) => `stars/${one}.k8s.yaml`)] as const,
  ),
  [
    'docs/pictures/lessons.svg',
    [
      'ingress-nginx.k8s.yaml',
      'online-boutique.k8s.yaml',
      'frontend-ingress.k8s.yaml',
      'frontend-canary.k8s.yaml',
      'canary.k8s.yaml',
      'game-2048.k8s.yaml',
    ],
  ],
];

/** Every picture as dist/ has it now. */
export function pictures(): readonly { readonly file: string; readonly svg: string }[] {
  return PICTURES.map(([file, sources]) => {
    const manifests = sources.flatMap((source) => {
      const name = `dist/${source}`;
      return readManifests(fs.readFileSync(path.join(ROOT, name), 'utf8'), name).manifests;
    });
    return { file, svg: graphSvg(graphOf(Cluster.from({ manifests }))) };
  });
}
