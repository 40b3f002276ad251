import type { Manifest } from '../../manifest';
import { listIn } from '../../manifest/lists';
import { annotationSettings } from '../attached/annotations';
import { createdAt } from '../created';
import { Cursor } from '../cursor';
import type { Findings } from '../problems';
import type { ParentsOfSets } from './listener-sets';
import {
  type AttachedRoute,
  type BackendRef,
  GATEWAY_GROUP,
  type HttpMatch,
  type HttpRoute,
  type HttpRule,
  type ParentRef,
} from './objects';
import { readOtherParents } from './other-parents';
import { readFilters } from './read-filters';
import { EVERY_PATH, readMatch } from './read-match';
import { readHostnames, readRef, settingsText, unreadFields } from './values';

const NO_SETS: ParentsOfSets = new Map();

/**
 * Reads an HTTPRoute with the checks of an API server. What it would refuse is reported and left out.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#httproute
 */
export function readHttpRoute(manifest: Manifest, findings: Findings, sets: ParentsOfSets = NO_SETS): HttpRoute {
  const { namespace = 'default', name } = manifest;
  const spec = Cursor.of(manifest, findings, 'spec').mapping();
  const hostnames = readHostnames(spec.get('hostnames'));
  const rules = spec.get('rules');
  const items = rules.items(16);
  if (Array.isArray(rules.value) && items.length === 0) {
    rules.wrong('bad-shape', 'holds no rule; give at least one, or leave it out');
  }
  const count = items.reduce((sum, item) => sum + item.get('matches').count, 0);
  if (count > 128) {
    rules.wrong('bad-shape', `hold ${count} matches together; an API server takes at most 128`);
  }
  const noEffect = (field: Cursor, message: string) => findings.note(manifest, field.at, 'no-effect', message);
  const always = routeSettings(manifest, spec);
  return {
    manifest,
    namespace,
    name,
    key: `${namespace}/${name}`,
    created: createdAt(manifest),
    ...readAllParents(manifest, findings, sets),
    hostnames,
    rules: rules.isGiven
      ? items.map((item, index) => readRule(item, index, namespace, noEffect, always))
      : [
          {
            index: 0,
            matches: [everyPath(rules)],
            redirect: undefined,
            rewrite: undefined,
            backends: [],
            settings: always,
            at: rules.at,
          },
        ],
  };
}

/** What stands in a route besides its rules that may change what becomes of requests. */
export function routeSettings({ annotations }: Manifest, spec: Cursor): string[] {
  return [...annotationSettings(annotations), ...unreadFields(spec, ['parentRefs', 'hostnames', 'rules'])];
}

/** What a route of whatever kind wants to attach to. */
export function readAllParents(
  manifest: Manifest,
  findings: Findings,
  sets: ParentsOfSets = NO_SETS,
): Required<Pick<AttachedRoute, 'parents' | 'others'>> {
  const { namespace = 'default' } = manifest;
  const list = Cursor.of(manifest, findings, 'spec').get('parentRefs');
  return { parents: readParents(list, namespace, sets), others: readOtherParents(list, namespace, sets) };
}

/** The Gateways to which a route wants to attach, by themselves or by their ListenerSets. */
function readParents(list: Cursor, ownNamespace: string, sets: ParentsOfSets): ParentRef[] {
  const sections = new Map<string, string[]>();
  return list.items(32).flatMap((item): ParentRef[] => {
    const ref = item.mapping();
    const name = ref.get('name').neededText('bad-parent', 'give the name of a Gateway');
    const group = ref.get('group').text() ?? GATEWAY_GROUP;
    const kind = ref.get('kind').text() ?? 'Gateway';
    const namespace = ref.get('namespace').text() || ownNamespace;
    const sectionName = ref.get('sectionName').text() || undefined;
    const port = ref.get('port').whole('bad-parent', 1, 65535);
    const own = `${namespace}/${name}`;
    const set = kind === 'ListenerSet' ? own : undefined;
    const key = set === undefined ? own : sets.get(set);
    if (
      name === undefined ||
      group !== GATEWAY_GROUP ||
      (kind !== 'Gateway' && set === undefined) ||
      key === undefined
    ) {
      return [];
    }
    const section = `${sectionName ?? ''} ${port ?? ''}`;
    const others = listIn(sections, `${kind} ${own}`);
    if (others.includes(section) || others.includes(' ') || (section === ' ' && others.length > 0)) {
      ref.wrong('bad-parent', `names the ${kind} ${own} again; give each a sectionName or port of its own`);
    }
    others.push(section);
    const parent = { kind: 'Gateway', key, sectionName, port, at: ref.at } as const;
    return [set === undefined ? parent : { ...parent, set }];
  });
}

function everyPath({ at }: Cursor): HttpMatch {
  return { ...EVERY_PATH, conditions: [], expressions: [], at };
}

function readRule(
  item: Cursor,
  index: number,
  namespace: string,
  noEffect: (field: Cursor, message: string) => void,
  always: readonly string[],
): HttpRule {
  const rule = item.mapping();
  const items = rule.get('matches').items(64);
  const matches = items.length === 0 ? [everyPath(rule)] : items.flatMap((match) => readMatch(match, noEffect) ?? []);
  const hasPrefix = matches.length === 1 && matches[0]?.pathType === 'PathPrefix';
  const { redirect, rewrite, settings } = readFilters(rule.get('filters'), hasPrefix);
  const refs = rule.get('backendRefs');
  const backends = refs.items(16).flatMap((ref) => readBackend(ref, namespace, hasPrefix) ?? []);
  if (redirect !== undefined && backends.length > 0) {
    refs.wrong('bad-filter', 'stands beside the filter RequestRedirect; give one of them');
  }
  const all = [...settings, ...otherSettings(rule), ...always];
  return { index, matches, redirect, rewrite, backends, settings: all, at: rule.at };
}

const READ_OF_BACKEND = ['group', 'kind', 'namespace', 'name', 'port', 'weight', 'filters'];

/** Reads a backend of a rule; `undefined` for one that an API server would refuse. */
export function readBackend(item: Cursor, namespace: string, hasPrefix: boolean): BackendRef | undefined {
  const ref = readRef(item, { kind: 'Service', namespace });
  const portField = item.get('port');
  const port = portField.whole('bad-backend', 1, 65535);
  const weight = item.get('weight').whole('bad-backend', 0, 1_000_000);
  const { redirect, rewrite, settings } = readFilters(item.get('filters'), hasPrefix);
  if (ref === undefined) {
    return undefined;
  }
  if (ref.group === '' && ref.kind === 'Service' && !portField.isGiven) {
    portField.wrong('bad-backend', 'is missing; give the number of a port of the Service');
    return undefined;
  }
  const own = [
    ...settings,
    ...(redirect === undefined
      ? []
      : [`RequestRedirect ${settingsText({ value: redirect })} may redirect these requests instead`]),
    ...unreadFields(item, READ_OF_BACKEND),
  ];
  const { group, kind, name } = ref;
  return {
    group,
    kind,
    namespace: ref.namespace,
    name,
    at: ref.at,
    port,
    weight: weight ?? 1,
    rewrite,
    settings: own.map((one) => `for ${name} only: ${one}`),
  };
}

/** The fields of a rule that are read, here and elsewhere; its name is for policies that are attached. */
const READ = ['name', 'matches', 'filters', 'backendRefs', 'timeouts', 'retry', 'sessionPersistence'];

/** Fields that say nothing of where a request goes. */
export function otherSettings(rule: Cursor): string[] {
  const settings: string[] = [];
  const timeouts = rule.get('timeouts').mapping();
  if (timeouts.isGiven) {
    settings.push(`timeouts ${settingsText(timeouts)}: what takes longer is answered 504`);
  }
  const retry = rule.get('retry').mapping();
  if (retry.isGiven) {
    settings.push(`retry ${settingsText(retry)}: a request that fails is sent again`);
  }
  const sessions = rule.get('sessionPersistence').mapping();
  if (sessions.isGiven) {
    settings.push(`sessionPersistence ${settingsText(sessions)}: clients stay with the backend that they had first`);
  }
  return [...settings, ...unreadFields(rule, READ)];
}
