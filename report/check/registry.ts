// Written by `npm run rules`; do not edit.
import type { FindingArgs, RuleCode } from '../../analysis/check/finding-args';
import type { Words } from './wording';
import { words as anyNamespaceByLabel } from './words/any-namespace-by-label';
import { words as apiServerPort } from './words/api-server-port';
import { words as backendMissing } from './words/backend-missing';
import { words as dnsClosed } from './words/dns-closed';
import { words as egressClosesIngressToo } from './words/egress-closes-ingress-too';
import { words as fromAndPortsApart } from './words/from-and-ports-apart';
import { words as headlessRemap } from './words/headless-remap';
import { words as hostNetworkSelected } from './words/host-network-selected';
import { words as ipBlockInCluster } from './words/ip-block-in-cluster';
import { words as monitorPortMissing } from './words/monitor-port-missing';
import { words as monitoredPortClosed } from './words/monitored-port-closed';
import { words as namespaceLabelUnknown } from './words/namespace-label-unknown';
import { words as orMeantAnd } from './words/or-meant-and';
import { words as peerSelectsNothing } from './words/peer-selects-nothing';
import { words as policyCatchesOthers } from './words/policy-catches-others';
import { words as policyInWrongNamespace } from './words/policy-in-wrong-namespace';
import { words as policySelectsNothing } from './words/policy-selects-nothing';
import { words as portNameMissing } from './words/port-name-missing';
import { words as portOfService } from './words/port-of-service';
import { words as privateKeyInManifest } from './words/private-key-in-manifest';
import { words as replicasCutOff } from './words/replicas-cut-off';
import { words as ruleHasNoEffect } from './words/rule-has-no-effect';
import { words as rulesWithoutType } from './words/rules-without-type';
import { words as serviceSelectsNothing } from './words/service-selects-nothing';
import { words as serviceSelectsTwoApps } from './words/service-selects-two-apps';
import { words as solverClosed } from './words/solver-closed';
import { words as targetPortMissing } from './words/target-port-missing';
import { words as tlsNotCovered } from './words/tls-not-covered';
import { words as unusedIgnore } from './words/unused-ignore';
import { words as webhookClosed } from './words/webhook-closed';

/** The words of all rules, by their codes. */
export const WORDS: { readonly [Code in RuleCode]: Words<FindingArgs[Code]> } = {
  'any-namespace-by-label': anyNamespaceByLabel,
  'api-server-port': apiServerPort,
  'backend-missing': backendMissing,
  'dns-closed': dnsClosed,
  'egress-closes-ingress-too': egressClosesIngressToo,
  'from-and-ports-apart': fromAndPortsApart,
  'headless-remap': headlessRemap,
  'host-network-selected': hostNetworkSelected,
  'ip-block-in-cluster': ipBlockInCluster,
  'monitor-port-missing': monitorPortMissing,
  'monitored-port-closed': monitoredPortClosed,
  'namespace-label-unknown': namespaceLabelUnknown,
  'or-meant-and': orMeantAnd,
  'peer-selects-nothing': peerSelectsNothing,
  'policy-catches-others': policyCatchesOthers,
  'policy-in-wrong-namespace': policyInWrongNamespace,
  'policy-selects-nothing': policySelectsNothing,
  'port-name-missing': portNameMissing,
  'port-of-service': portOfService,
  'private-key-in-manifest': privateKeyInManifest,
  'replicas-cut-off': replicasCutOff,
  'rule-has-no-effect': ruleHasNoEffect,
  'rules-without-type': rulesWithoutType,
  'service-selects-nothing': serviceSelectsNothing,
  'service-selects-two-apps': serviceSelectsTwoApps,
  'solver-closed': solverClosed,
  'target-port-missing': targetPortMissing,
  'tls-not-covered': tlsNotCovered,
  'unused-ignore': unusedIgnore,
  'webhook-closed': webhookClosed,
};
