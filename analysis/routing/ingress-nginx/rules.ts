import type { Rule } from '../model';
import type { Location } from './servers';
import type { Upstream } from './upstreams';

const MADE = new WeakMap<Location, Rule>();

/** The rule that made a location; `undefined` for one of the controller itself. */
export function ruleOf(location: Location): Rule | undefined {
  const rule = MADE.get(location) ?? newRule(location);
  if (rule !== undefined) {
    MADE.set(location, rule);
  }
  return rule;
}

function newRule({ owner, written }: Location): Rule | undefined {
  if (owner === undefined) {
    return undefined;
  }
  const { namespace, name, manifest } = owner.ingress;
  const { path, pathType, host, at } = written;
  const ref = { kind: 'Ingress', namespace, name, host: host ?? null, path, pathType };
  return { ref, source: manifest.source, at };
}

/** The rule of a canary: its first path, or its default backend. */
export function ruleOfCanary({ ingress }: Upstream): Rule {
  const { namespace, name, manifest, rules } = ingress;
  const [rule] = rules;
  const [path] = rule?.paths ?? [];
  return {
    ref: {
      kind: 'Ingress',
      namespace,
      name,
      host: rule?.host ?? null,
      path: path?.path || '/',
      pathType: path?.pathType ?? 'Prefix',
    },
    source: manifest.source,
    at: path?.at ?? ['spec', 'defaultBackend'],
  };
}
