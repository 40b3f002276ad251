import * as fs from 'node:fs';
import * as path from 'node:path';
import { Cluster, readManifests } from '../analysis';
import { graphOf } from '../report/graph/build';
import { graphSvg } from '../report/graph/svg/svg';
import { ROOT } from './doc-pages';
import { type Step, stepsPage } from './stars-steps';

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

/** What each step of the Stars demo does. */
const TITLES = [
  'Everything reaches everything',
  'Nobody reaches client, frontend and backend',
  'The UI reaches all three',
  'The frontend reaches the backend',
  'The client reaches the frontend',
];

/** Every picture as dist/ has it now. */
export function pictures(): readonly { readonly file: string; readonly text: string }[] {
  const images = PICTURES.map(([file, sources]) => ({ file, text: graphSvg(graphOf(clusterOf(sources))) }));
  return [...images, { file: 'docs/pictures/stars.html', text: stepsPage(steps()) }];
}

function steps(): readonly Step[] {
  const clusters = STEPS.map((_, at) => clusterOf(STEPS.slice(0, at + 1).map((one) => `stars/${one}.k8s.yaml`)));
  return clusters.map((cluster, at) => {
    const before = clusters[at - 1];
    return {
      file: `dist/stars/${STEPS[at]}.k8s.yaml`,
      title: TITLES[at] as string,
      graph: graphOf(cluster),
      change: before && graphOf(cluster, { before, isChanged: true }),
    };
  });
}

function clusterOf(sources: readonly string[]): Cluster {
  const manifests = sources.flatMap((source) => {
    const name = `dist/${source}`;
    return readManifests(fs.readFileSync(path.join(ROOT, name), 'utf8'), name).manifests;
  });
  return Cluster.from({ manifests });
}
