import type { Manifest } from '../manifest';
import type { Backend, Direction, Policy, Rule } from './model';
import type { Workload } from './peer';
import { foreignKind } from './read/foreign';
import type { MissingPods } from './read/operators';
import type { OrderedPolicy, OrderedRule } from './tiers';
import type { Note } from './types';

/** Says what is assumed of pods on the network of their node. */
export function hostNote(manifest: Manifest): Note {
  return note(
    'host-network',
    manifest,
    'its pods use the network of their node: no policy selects them, and as a peer they are their node, which no selector matches, and an ipBlock if it holds the address of the node',
  );
}

/** Blocks, by number, of which nobody knows whether they hold nodes of pods, or pods themselves. */
export interface DoubtfulBlocks {
  readonly nodes: ReadonlySet<number>;
  readonly pods: ReadonlySet<number>;
}

/** Says of rules that nobody knows whom their addresses hold. */
export function unknownAddressNotes(policy: Policy | OrderedPolicy, { nodes, pods }: DoubtfulBlocks): Note[] {
  const who = { kind: 'NetworkPolicy', ...policy };
  const directions: readonly Direction[] = ['ingress', 'egress'];
  return directions.flatMap((direction) =>
    (policy[direction] ?? []).flatMap((rule: Rule | OrderedRule) => {
      const blocks = [rule.block, 'doubtful' in rule ? rule.doubtful?.block : undefined];
      const isAmong = (doubtful: ReadonlySet<number>) =>
        blocks.some((block) => block !== undefined && doubtful.has(block));
      const say = (code: Note['code'], whom: string, option: string) =>
        note(
          code,
          who,
          `whether the addresses of ${direction} rule ${rule.index + 1} hold ${whom} is not known, and they are taken not to; give ${option}`,
        );
      return [
        ...(isAmong(nodes) ? [say('unknown-node', 'the nodes of pods with hostNetwork', '--nodes')] : []),
        ...(isAmong(pods) ? [say('unknown-pod', 'pods of which no manifest tells an address', '--pods')] : []),
      ];
    }),
  );
}

/** Says that an object of another maker is not taken into account, and what it is. */
export function foreignNote(manifest: Manifest): Note {
  const { text = '' } = foreignKind(manifest) ?? {};
  const what = text.endsWith(',') ? `${text.slice(0, -1)} (${manifest.group})` : `${text} of ${manifest.group}`;
  return note('foreign-policy', manifest, `${what}, which is not taken into account${effectOf(manifest)}`);
}

/** What a policy that is not evaluated may do to an answer, in words. */
function effectOf(manifest: Manifest): string {
  const { parts, isAboutNodes } = foreignKind(manifest) ?? {};
  const all = parts?.(manifest) ?? [];
  const opens = all.some((part) => part.opens);
  const closes = all.some((part) => part.closes) || isAboutNodes === true;
  return opens || closes
    ? `; it may ${[...(opens ? ['open more'] : []), ...(closes ? ['close more'] : [])].join(' and ')}`
    : '';
}

/** Says of a policy of Calico that it is about endpoints of nodes. */
export function aboutNodesNote(manifest: Manifest): Note {
  const what = 'with doNotTrack or preDNAT it applies to endpoints of nodes alone';
  return note('foreign-policy', manifest, `${what}, which are not taken into account`);
}

/** Says of a policy of Cilium that it is about nodes. */
export function nodeSelectorNote(manifest: Manifest): Note {
  return note(
    'foreign-policy',
    manifest,
    'with nodeSelector it applies to nodes alone, which are not taken into account',
  );
}

/** Says of a policy of Calico that it is evaluated for pods alone, and not for what nodes forward. */
export function onForwardNote(manifest: Manifest): Note {
  const what = 'with applyOnForward it applies to what endpoints of nodes forward too';
  return note('foreign-policy', manifest, `${what}, which is not taken into account; for pods it is evaluated`);
}

/** Says of a custom resource that policies or Services speak of pods that its operator makes of it. */
export function missingPodsNote({ manifest, labels, by }: MissingPods): Note {
  const known = [...labels].map(([key, value]) => `${key}=${value}`).join(', ');
  const more = by.length > 3 ? ` and ${by.length - 3} more` : '';
  const who = `${by.slice(0, 3).join(', ')}${more} ${by.length === 1 ? 'seems' : 'seem'} to mean`;
  return note(
    'missing-pods',
    manifest,
    `no manifest shows the pods that its operator makes, with ${known}; ${who} them`,
  );
}

/** Says of a Rollout that the workload whose template it takes is not among the manifests. */
export function missingTemplateNote(manifest: Manifest, { kind, name }: Workload): Note {
  return note('missing-pods', manifest, `its pods are those of ${kind} ${name}, which no manifest shows`);
}

/** Says of a class of Ingresses that nobody is known to serve it. */
export function unknownClassNote(className: string, { via, source }: Backend): Note {
  const what = `nothing says who serves the class ${JSON.stringify(className)}`;
  const so = 'where policies let only some in, whether its requests get through is not decided; see --controller';
  return note('unknown-class', { ...via, source }, `${what}; ${so}`);
}

/**
 * Labels that controllers give to pods, and whose values nobody knows beforehand.
 *
 * @see https://kubernetes.io/docs/reference/labels-annotations-taints/
 */
export const GENERATED_LABELS = new Set([
  'apps.kruise.io/cloneset-instance-id',
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-completion-index',
  'controller-revision-hash',
  'controller-uid',
  'kubevirt.io/created-by',
  'pod-template-generation',
  'pod-template-hash',
  'rollouts-pod-template-hash',
  'serving.knative.dev/revision',
  'statefulset.kubernetes.io/pod-name',
]);

/** Says of a policy that it asks for labels that no template has. */
export function generatedLabelNotes({ namespace, name, source, selector, ingress = [], egress = [] }: Policy): Note[] {
  const peers = [...ingress, ...egress].flatMap(({ pods }) => pods.map((peer) => peer.pods));
  const keys = new Set([selector, ...peers].flatMap((one) => one.map(({ key }) => key)));
  return [...keys]
    .filter((key) => GENERATED_LABELS.has(key))
    .map((key) =>
      note(
        'generated-label',
        { kind: 'NetworkPolicy', namespace, name, source },
        `it selects by the label ${key}, which a controller gives to its pods; pods are taken to have it only where their manifest says so`,
      ),
    );
}

type Noted = Pick<Manifest, 'kind' | 'namespace' | 'name' | 'source'>;

function note(code: Note['code'], { kind, namespace, name, source }: Noted, message: string): Note {
  const who = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  return { code, file: source.file, line: source.line, message: `${who}: ${message}` };
}
