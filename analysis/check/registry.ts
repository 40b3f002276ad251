// Written by `npm run rules`; do not edit.
import type { FindingArgs, RuleCode } from './finding-args';
import type { Rule } from './rule';
import { rule as annotationUnknown } from './rules/annotation-unknown';
import { rule as annotationValue } from './rules/annotation-value';
import { rule as anyNamespaceByLabel } from './rules/any-namespace-by-label';
import { rule as apiServerPort } from './rules/api-server-port';
import { rule as argocdDrift } from './rules/argocd-drift';
import { rule as argocdInstanceLabel } from './rules/argocd-instance-label';
import { rule as backendMissing } from './rules/backend-missing';
import { rule as backendSpeaksHttps } from './rules/backend-speaks-https';
import { rule as canaryLost } from './rules/canary-lost';
import { rule as classNotServed } from './rules/class-not-served';
import { rule as controllerClosed } from './rules/controller-closed';
import { rule as deliveryLost } from './rules/delivery-lost';
import { rule as deliveryShared } from './rules/delivery-shared';
import { rule as deliveryUndone } from './rules/delivery-undone';
import { rule as dnsClosed } from './rules/dns-closed';
import { rule as egressClosesIngressToo } from './rules/egress-closes-ingress-too';
import { rule as egressToAnywhere } from './rules/egress-to-anywhere';
import { rule as endPort } from './rules/end-port';
import { rule as fromAndPortsApart } from './rules/from-and-ports-apart';
import { rule as headlessRemap } from './rules/headless-remap';
import { rule as hostNetworkSelected } from './rules/host-network-selected';
import { rule as ingressWithoutClass } from './rules/ingress-without-class';
import { rule as ipBlockInCluster } from './rules/ip-block-in-cluster';
import { rule as listenerNotServed } from './rules/listener-not-served';
import { rule as monitorPortMissing } from './rules/monitor-port-missing';
import { rule as monitoredPortClosed } from './rules/monitored-port-closed';
import { rule as namespaceLabelUnknown } from './rules/namespace-label-unknown';
import { rule as namespaceNotClosed } from './rules/namespace-not-closed';
import { rule as orMeantAnd } from './rules/or-meant-and';
import { rule as peerSelectsNothing } from './rules/peer-selects-nothing';
import { rule as policyCatchesOthers } from './rules/policy-catches-others';
import { rule as policyInWrongNamespace } from './rules/policy-in-wrong-namespace';
import { rule as policySelectsNothing } from './rules/policy-selects-nothing';
import { rule as portNameMissing } from './rules/port-name-missing';
import { rule as portNameTwice } from './rules/port-name-twice';
import { rule as portOfService } from './rules/port-of-service';
import { rule as primaryNotSelected } from './rules/primary-not-selected';
import { rule as privateKeyInManifest } from './rules/private-key-in-manifest';
import { rule as redirectLoop } from './rules/redirect-loop';
import { rule as replicasCutOff } from './rules/replicas-cut-off';
import { rule as retiredIngressNginx } from './rules/retired-ingress-nginx';
import { rule as rewriteWithoutGroup } from './rules/rewrite-without-group';
import { rule as routeNotAttached } from './rules/route-not-attached';
import { rule as ruleHasNoEffect } from './rules/rule-has-no-effect';
import { rule as rulesWithoutType } from './rules/rules-without-type';
import { rule as serviceOpenToWorld } from './rules/service-open-to-world';
import { rule as servicePortOnAws } from './rules/service-port-on-aws';
import { rule as serviceSelectsNothing } from './rules/service-selects-nothing';
import { rule as serviceSelectsTwoApps } from './rules/service-selects-two-apps';
import { rule as snippetAnnotation } from './rules/snippet-annotation';
import { rule as solverClosed } from './rules/solver-closed';
import { rule as targetPortMissing } from './rules/target-port-missing';
import { rule as tlsNotCovered } from './rules/tls-not-covered';
import { rule as unusedIgnore } from './rules/unused-ignore';
import { rule as vulnerableIngressNginx } from './rules/vulnerable-ingress-nginx';
import { rule as webhookClosed } from './rules/webhook-closed';

const BY_CODE: { readonly [Code in RuleCode]: Rule<Code, FindingArgs[Code]> } = {
  'annotation-unknown': annotationUnknown,
  'annotation-value': annotationValue,
  'any-namespace-by-label': anyNamespaceByLabel,
  'api-server-port': apiServerPort,
  'argocd-drift': argocdDrift,
  'argocd-instance-label': argocdInstanceLabel,
  'backend-missing': backendMissing,
  'backend-speaks-https': backendSpeaksHttps,
  'canary-lost': canaryLost,
  'class-not-served': classNotServed,
  'controller-closed': controllerClosed,
  'delivery-lost': deliveryLost,
  'delivery-shared': deliveryShared,
  'delivery-undone': deliveryUndone,
  'dns-closed': dnsClosed,
  'egress-closes-ingress-too': egressClosesIngressToo,
  'egress-to-anywhere': egressToAnywhere,
  'end-port': endPort,
  'from-and-ports-apart': fromAndPortsApart,
  'headless-remap': headlessRemap,
  'host-network-selected': hostNetworkSelected,
  'ingress-without-class': ingressWithoutClass,
  'ip-block-in-cluster': ipBlockInCluster,
  'listener-not-served': listenerNotServed,
  'monitor-port-missing': monitorPortMissing,
  'monitored-port-closed': monitoredPortClosed,
  'namespace-label-unknown': namespaceLabelUnknown,
  'namespace-not-closed': namespaceNotClosed,
  'or-meant-and': orMeantAnd,
  'peer-selects-nothing': peerSelectsNothing,
  'policy-catches-others': policyCatchesOthers,
  'policy-in-wrong-namespace': policyInWrongNamespace,
  'policy-selects-nothing': policySelectsNothing,
  'port-name-missing': portNameMissing,
  'port-name-twice': portNameTwice,
  'port-of-service': portOfService,
  'primary-not-selected': primaryNotSelected,
  'private-key-in-manifest': privateKeyInManifest,
  'redirect-loop': redirectLoop,
  'replicas-cut-off': replicasCutOff,
  'retired-ingress-nginx': retiredIngressNginx,
  'rewrite-without-group': rewriteWithoutGroup,
  'route-not-attached': routeNotAttached,
  'rule-has-no-effect': ruleHasNoEffect,
  'rules-without-type': rulesWithoutType,
  'service-open-to-world': serviceOpenToWorld,
  'service-port-on-aws': servicePortOnAws,
  'service-selects-nothing': serviceSelectsNothing,
  'service-selects-two-apps': serviceSelectsTwoApps,
  'snippet-annotation': snippetAnnotation,
  'solver-closed': solverClosed,
  'target-port-missing': targetPortMissing,
  'tls-not-covered': tlsNotCovered,
  'unused-ignore': unusedIgnore,
  'vulnerable-ingress-nginx': vulnerableIngressNginx,
  'webhook-closed': webhookClosed,
};

/** All rules, by their codes. */
export const RULES: readonly Rule<RuleCode>[] = Object.values(BY_CODE);
