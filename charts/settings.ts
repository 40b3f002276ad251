import { CanaryRule, IngressNginxProvider, Tls } from '../constructs';
import { host, integer, objectName, oneOf, type Problems, shown } from '../constructs/values';

/** What differs from one installation of the lessons to another. */
export interface Settings {
  /** Where the cluster runs: decides how the ingress controller is reached from outside. */
  readonly provider: IngressNginxProvider;
  /** The host of Online Boutique. */
  readonly shopHost: string;
  /** The host of the 2048 game. */
  readonly gameHost: string;
  /** Where the certificate of the shop comes from. */
  readonly shopTls: Tls;
  /** Who is sent to release 0.9.0 of the shop's frontend. */
  readonly canaryRule: CanaryRule;
  /** Whether the lessons are written for the Gateway API too, below `dist/gateway-api`. */
  readonly gatewayApi: boolean;
  /** The Git repository that Argo CD reads `dist/` from. */
  readonly repoUrl: string;
  /** The branch, tag or commit of it. */
  readonly repoBranch: string;
}

/** A setting by a variable of the environment: what is wrong with its text, and what it changes. */
interface Variable {
  readonly problems: (what: string, text: string) => Problems;
  readonly settings: (text: string) => Partial<Settings>;
}

const filled = (what: string, text: string) => (text === '' ? [`${what} is empty; give a value or leave it out`] : []);

const VARIABLES = new Map<string, Variable>([
  [
    'NETWORKING_PROVIDER',
    {
      problems: (what, text) => oneOf(what, text, Object.values(IngressNginxProvider)),
      settings: (text) => ({ provider: text as IngressNginxProvider }),
    },
  ],
  ['NETWORKING_SHOP_HOST', { problems: host, settings: (shopHost) => ({ shopHost }) }],
  ['NETWORKING_GAME_HOST', { problems: host, settings: (gameHost) => ({ gameHost }) }],
  ['NETWORKING_SHOP_TLS_SECRET', { problems: objectName, settings: (name) => ({ shopTls: Tls.secret(name) }) }],
  [
    'NETWORKING_CANARY_WEIGHT',
    {
      problems: (what, text) => integer(what, /^\d+$/.test(text) ? Number(text) : text, 0, 100),
      settings: (text) => ({ canaryRule: CanaryRule.weight(Number(text)) }),
    },
  ],
  [
    'NETWORKING_GATEWAY_API',
    {
      problems: (what, text) => oneOf(what, text, ['true', 'false']),
      settings: (text) => ({ gatewayApi: text === 'true' }),
    },
  ],
  ['NETWORKING_REPO_URL', { problems: filled, settings: (repoUrl) => ({ repoUrl }) }],
  ['NETWORKING_REPO_BRANCH', { problems: filled, settings: (repoBranch) => ({ repoBranch }) }],
]);

/**
 * The settings with what the environment says in their place.
 *
 * @throws Error that names the variable, when its value is wrong or when nothing reads it; or the settings that do not
 * go together.
 */
export function withEnvironment(settings: Settings, environment: NodeJS.ProcessEnv): Settings {
  const problems: Problems = [];
  let changed = settings;
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith('NETWORKING_') || text === undefined) {
      continue;
    }
    const variable = VARIABLES.get(name);
    const found = variable
      ? variable.problems(name, text)
      : [`${name} is ${shown(text)}; no setting is called so, give ${[...VARIABLES.keys()].join(', ')}`];
    problems.push(...found);
    if (variable && found.length === 0) {
      changed = { ...changed, ...variable.settings(text) };
    }
  }
  if (changed.shopHost === changed.gameHost) {
    problems.push(`shopHost and gameHost are both ${shown(changed.shopHost)}; give each a host of its own`);
  }
  if (problems.length > 0) {
    throw new Error(problems.join('\n'));
  }
  return changed;
}
