// Written by `npm run rules`; do not edit.
import type { FindingArgs, RuleCode } from '../../analysis/check/finding-args';
import type { Words } from './wording';
import { words as annotationUnknown } from './words/annotation-unknown';
import { words as annotationValue } from './words/annotation-value';
import { words as anyNamespaceByLabel } from './words/any-namespace-by-label';
import { words as apiServerPort } from './words/api-server-port';
import { words as argocdDrift } from './words/argocd-drift';
import { words as argocdInstanceLabel } from './words/argocd-instance-label';
import { words as backendMissing } from './words/backend-missing';
import { words as backendSpeaksHttps } from './words/backend-speaks-https';
import { words as canaryLost } from './words/canary-lost';
import { words as classNotServed } from './words/class-not-served';
import { words as controllerClosed } from './words/controller-closed';
import { words as deliveryLost } from './words/delivery-lost';
import { words as deliveryShared } from './words/delivery-shared';
import { words as deliveryUndone } from './words/delivery-undone';
import { words as dnsClosed } from './words/dns-closed';
import { words as egressClosesIngressToo } from './words/egress-closes-ingress-too';
import { words as egressToAnywhere } from './words/egress-to-anywhere';
import { words as endPort } from './words/end-port';
import { words as fromAndPortsApart } from './words/from-and-ports-apart';
import { words as headlessRemap } from './words/headless-remap';
import { words as hostNetworkSelected } from './words/host-network-selected';
import { words as ingressWithoutClass } from './words/ingress-without-class';
import { words as ipBlockInCluster } from './words/ip-block-in-cluster';
import { words as listenerNotServed } from './words/listener-not-served';
import { words as monitorPortMissing } from './words/monitor-port-missing';
import { words as monitoredPortClosed } from './words/monitored-port-closed';
import { words as namespaceLabelUnknown } from './words/namespace-label-unknown';
import { words as namespaceNotClosed } from './words/namespace-not-closed';
import { words as orMeantAnd } from './words/or-meant-and';
import { words as peerSelectsNothing } from './words/peer-selects-nothing';
import { words as policyCatchesOthers } from './words/policy-catches-others';
import { words as policyInWrongNamespace } from './words/policy-in-wrong-namespace';
import { words as policySelectsNothing } from './words/policy-selects-nothing';
import { words as portNameMissing } from './words/port-name-missing';
import { words as portNameTwice } from './words/port-name-twice';
import { words as portOfService } from './words/port-of-service';
import { words as primaryNotSelected } from './words/primary-not-selected';
import { words as privateKeyInManifest } from './words/private-key-in-manifest';
import { words as redirectLoop } from './words/redirect-loop';
import { words as replicasCutOff } from './words/replicas-cut-off';
import { words as retiredIngressNginx } from './words/retired-ingress-nginx';
import { words as rewriteWithoutGroup } from './words/rewrite-without-group';
import { words as routeNotAttached } from './words/route-not-attached';
import { words as ruleHasNoEffect } from './words/rule-has-no-effect';
import { words as rulesWithoutType } from './words/rules-without-type';
import { words as serviceOpenToWorld } from './words/service-open-to-world';
import { words as servicePortOnAws } from './words/service-port-on-aws';
import { words as serviceSelectsNothing } from './words/service-selects-nothing';
import { words as serviceSelectsTwoApps } from './words/service-selects-two-apps';
import { words as snippetAnnotation } from './words/snippet-annotation';
import { words as solverClosed } from './words/solver-closed';
import { words as targetPortMissing } from './words/target-port-missing';
import { words as tlsNotCovered } from './words/tls-not-covered';
import { words as unusedIgnore } from './words/unused-ignore';
import { words as vulnerableIngressNginx } from './words/vulnerable-ingress-nginx';
import { words as webhookClosed } from './words/webhook-closed';

/** The words of all rules, by their codes. */
export const WORDS: { readonly [Code in RuleCode]: Words<FindingArgs[Code]> } = {
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
