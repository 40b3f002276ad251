import { Construct } from 'constructs';
import { ClusterNetworkPolicy, ClusterNetworkPolicySpecTier } from '../../imports/policy.networking.k8s.io';
import { clusterScoped } from '../cluster-scoped';
import { type Check, fields, fieldsWith } from '../fields';
import { refuse } from '../refusal';
import { integer, objectName, type Problems } from '../values';
import { AdminPeer, subjectProblems } from './admin-peer';
import { type AdminRule, rulesProblems } from './admin-rule';

/** What an `AdminPolicy` and a `BaselinePolicy` say. At least one of `ingress` and `egress` is given. */
export interface ClusterPolicyProps {
  /**
   * The Pods that the policy is about.
   *
   * @default AdminPeer.everywhere()
   */
  readonly subject?: AdminPeer;

  /**
   * Rules for connections to these Pods, the first that fits decides.
   *
   * @default - the policy says nothing about them
   */
  readonly ingress?: AdminRule[];

  /**
   * Rules for connections from these Pods, the first that fits decides.
   *
   * @default - the policy says nothing about them
   */
  readonly egress?: AdminRule[];

  /**
   * The name of the ClusterNetworkPolicy.
   *
   * @default - the id of the construct
   */
  readonly name?: string;
}

/** Settings of a `BaselinePolicy`. At least one of `ingress` and `egress` is given. */
export interface BaselinePolicyProps extends ClusterPolicyProps {
  /**
   * From 0 to 1000: within the tier lower ones are asked first. Two policies of one priority that say different things of the same
   * connection are a mistake: which of them decides is not defined.
   *
   * @default 500
   */
  readonly priority?: number;
}

/** Settings of an `AdminPolicy`. At least one of `ingress` and `egress` is given. */
export interface AdminPolicyProps extends ClusterPolicyProps {
  /**
   * From 0 to 1000: within the tier lower ones are asked first. Two policies of one priority that say different things of the same
   * connection are a mistake: which of them decides is not defined.
   */
  readonly priority: number;
}

/**
 * What an administrator decides for the whole cluster before any NetworkPolicy of a namespace is asked: a ClusterNetworkPolicy of
 * the tier Admin. What it denies no namespace can open, and what it accepts none can close.
 *
 * The network plugin has to know ClusterNetworkPolicy of `policy.networking.k8s.io/v1alpha2`, such as Calico from 3.32 and Antrea
 * from 2.7.
 *
 * @throws Error when a setting is wrong; nothing is made then.
 * @see https://network-policy-api.sigs.k8s.io/
 *
 * @example
 *
 *   new AdminPolicy(chart, 'no-metadata-server', {
 *     priority: 10,
 *     egress: [AdminRule.deny([AdminPeer.networks(['169.254.169.254/32'])])],
 *   });
 */
export class AdminPolicy extends Construct {
  /** The name of the ClusterNetworkPolicy. */
  public readonly name: string;

  constructor(scope: Construct, id: string, props: AdminPolicyProps) {
    refuse(scope, id, problemsOf(id, props, fieldsWith(['priority'], FIELDS)));
    super(scope, id);
    this.name = props.name ?? id;
    addPolicy(this, this.name, ClusterNetworkPolicySpecTier.ADMIN, props);
  }
}

/**
 * What holds in a cluster where no NetworkPolicy of a namespace says otherwise: a ClusterNetworkPolicy of the tier Baseline. Pods
 * that a NetworkPolicy selects are as that says, in the direction that it is about.
 *
 * @throws Error when a setting is wrong; nothing is made then.
 * @see https://network-policy-api.sigs.k8s.io/
 *
 * @example
 *
 *   new BaselinePolicy(chart, 'closed', { ingress: [AdminRule.deny([AdminPeer.everywhere()])] });
 */
export class BaselinePolicy extends Construct {
  /** The name of the ClusterNetworkPolicy. */
  public readonly name: string;

  constructor(scope: Construct, id: string, props: BaselinePolicyProps) {
    refuse(scope, id, problemsOf(id, props, fields(FIELDS)));
    super(scope, id);
    this.name = props.name ?? id;
    addPolicy(this, this.name, ClusterNetworkPolicySpecTier.BASELINE, props);
  }
}

const FIELDS: Readonly<Record<string, Check>> = {
  subject: subjectProblems,
  ingress: rulesProblems(true),
  egress: rulesProblems(false),
  priority: (what, value) => integer(what, value, 0, 1000),
  name: objectName,
};

function problemsOf(id: string, props: BaselinePolicyProps, check: Check): Problems {
  const problems = check('', props);
  if (problems.length > 0) {
    return problems;
  }
  const silent = props.ingress === undefined && props.egress === undefined;
  return [
    ...(silent ? ['ingress and egress are missing; give rules for one of them'] : []),
    ...(props.name === undefined ? objectName('the name, taken from the id,', id) : []),
  ];
}

function addPolicy(
  scope: Construct,
  name: string,
  tier: ClusterNetworkPolicySpecTier,
  props: BaselinePolicyProps,
): void {
  const { subject = AdminPeer.everywhere(), ingress, egress, priority = 500 } = props;
  clusterScoped(
    new ClusterNetworkPolicy(scope, 'policy', {
      metadata: { name },
      spec: {
        tier,
        priority,
        subject: subject._toJson(),
        ingress: ingress?.map((rule) => rule._toJson('from')),
        egress: egress?.map((rule) => rule._toJson('to')),
      },
    }),
  );
}
