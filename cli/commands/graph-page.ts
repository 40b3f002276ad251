import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Graph } from '../../report/graph/model';
import type { PageAssets } from '../../report/page/frame';
import { graphPage } from '../../report/page/html';
import type { Input } from '../input';
import type { ClusterSettings } from '../options';
import { Refusal } from '../refusal';
import type { GraphOptions } from './graph';

/** What a page is made of. */
export interface PageSubject {
  readonly paths: readonly string[];
  readonly graph: Graph;
  readonly input: Input;
  readonly before: Input | undefined;
  readonly options: Omit<ClusterSettings, 'input'> & Pick<GraphOptions, 'before' | 'routes'>;
}

/** So many paths are in the title of a page. */
const SHOWN = 2;

/** A picture as a page that answers questions. */
export function pageOf({ paths, graph, input, before, options }: PageSubject): string {
  const { hostNetwork, nodes, pods, ipBlocks, otherPolicies, controller, routes = false } = options;
  const named = paths.slice(0, SHOWN).map((path) => (path === '-' ? 'standard input' : path));
  const rest = paths.length - named.length;
  const what = rest > 0 ? `${named.join(', ')} and ${rest} more` : named.join(', ');
  const subject = routes ? 'Where requests go' : 'Who may connect to whom';
  return graphPage(
    {
      title: options.before === undefined ? `${subject}: ${what}` : `From ${options.before} to ${what}`,
      start: routes ? 'routes' : undefined,
      graph,
      manifests: input.manifests,
      before: before?.manifests,
      options: {
        hostNetwork,
        ...(nodes === undefined ? {} : { nodes }),
        ...(pods === undefined ? {} : { pods }),
        ...(ipBlocks === undefined ? {} : { ipBlocks }),
        ...(otherPolicies === undefined ? {} : { otherPolicies }),
        ...(controller === undefined ? {} : { controller }),
      },
    },
    assets(),
  );
}

/** @throws Refusal where the package was not built whole */
function assets(): PageAssets {
  const file = join(packageFolder(), 'lib/page/assets.json');
  if (!existsSync(file)) {
    throw new Refusal([`${file} is missing; npm run build makes it`]);
  }
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The folder of this package, of its sources or of what is made of them. */
function packageFolder(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    folder = dirname(folder);
  }
  return folder;
}
