// Written by `npm run rules`; do not edit.
import type { AnnotationUnknown } from './rules/annotation-unknown';
import type { AnnotationValue } from './rules/annotation-value';
import type { AnyNamespaceByLabel } from './rules/any-namespace-by-label';
import type { ApiServerPort } from './rules/api-server-port';
import type { ArgocdDrift } from './rules/argocd-drift';
import type { ArgocdInstanceLabel } from './rules/argocd-instance-label';
import type { BackendMissing } from './rules/backend-missing';
import type { BackendSpeaksHttps } from './rules/backend-speaks-https';
import type { CanaryLost } from './rules/canary-lost';
import type { ClassNotServed } from './rules/class-not-served';
import type { ControllerClosed } from './rules/controller-closed';
import type { DeliveryLost } from './rules/delivery-lost';
import type { DeliveryShared } from './rules/delivery-shared';
import type { DeliveryUndone } from './rules/delivery-undone';
import type { DnsClosed } from './rules/dns-closed';
import type { EgressClosesIngressToo } from './rules/egress-closes-ingress-too';
import type { EgressToAnywhere } from './rules/egress-to-anywhere';
import type { EndPort } from './rules/end-port';
import type { FromAndPortsApart } from './rules/from-and-ports-apart';
import type { HeadlessRemap } from './rules/headless-remap';
import type { HostNetworkSelected } from './rules/host-network-selected';
import type { IngressWithoutClass } from './rules/ingress-without-class';
import type { IpBlockInCluster } from './rules/ip-block-in-cluster';
import type { ListenerNotServed } from './rules/listener-not-served';
import type { MonitorPortMissing } from './rules/monitor-port-missing';
import type { MonitoredPortClosed } from './rules/monitored-port-closed';
import type { NamespaceLabelUnknown } from './rules/namespace-label-unknown';
import type { NamespaceNotClosed } from './rules/namespace-not-closed';
import type { OrMeantAnd } from './rules/or-meant-and';
import type { PeerSelectsNothing } from './rules/peer-selects-nothing';
import type { PolicyCatchesOthers } from './rules/policy-catches-others';
import type { PolicyInWrongNamespace } from './rules/policy-in-wrong-namespace';
import type { PolicySelectsNothing } from './rules/policy-selects-nothing';
import type { PortNameMissing } from './rules/port-name-missing';
import type { PortNameTwice } from './rules/port-name-twice';
import type { PortOfService } from './rules/port-of-service';
import type { PrimaryNotSelected } from './rules/primary-not-selected';
import type { PrivateKeyInManifest } from './rules/private-key-in-manifest';
import type { RedirectLoop } from './rules/redirect-loop';
import type { ReplicasCutOff } from './rules/replicas-cut-off';
import type { RetiredIngressNginx } from './rules/retired-ingress-nginx';
import type { RewriteWithoutGroup } from './rules/rewrite-without-group';
import type { RouteNotAttached } from './rules/route-not-attached';
import type { RuleHasNoEffect } from './rules/rule-has-no-effect';
import type { RulesWithoutType } from './rules/rules-without-type';
import type { ServiceOpenToWorld } from './rules/service-open-to-world';
import type { ServicePortOnAws } from './rules/service-port-on-aws';
import type { ServiceSelectsNothing } from './rules/service-selects-nothing';
import type { ServiceSelectsTwoApps } from './rules/service-selects-two-apps';
import type { SnippetAnnotation } from './rules/snippet-annotation';
import type { SolverClosed } from './rules/solver-closed';
import type { TargetPortMissing } from './rules/target-port-missing';
import type { TlsNotCovered } from './rules/tls-not-covered';
import type { UnusedIgnore } from './rules/unused-ignore';
import type { VulnerableIngressNginx } from './rules/vulnerable-ingress-nginx';
import type { WebhookClosed } from './rules/webhook-closed';

export type {
  AnnotationUnknown,
  AnnotationValue,
  AnyNamespaceByLabel,
  ApiServerPort,
  ArgocdDrift,
  ArgocdInstanceLabel,
  BackendMissing,
  BackendSpeaksHttps,
  CanaryLost,
  ClassNotServed,
  ControllerClosed,
  DeliveryLost,
  DeliveryShared,
  DeliveryUndone,
  DnsClosed,
  EgressClosesIngressToo,
  EgressToAnywhere,
  EndPort,
  FromAndPortsApart,
  HeadlessRemap,
  HostNetworkSelected,
  IngressWithoutClass,
  IpBlockInCluster,
  ListenerNotServed,
  MonitorPortMissing,
  MonitoredPortClosed,
  NamespaceLabelUnknown,
  NamespaceNotClosed,
  OrMeantAnd,
  PeerSelectsNothing,
  PolicyCatchesOthers,
  PolicyInWrongNamespace,
  PolicySelectsNothing,
  PortNameMissing,
  PortNameTwice,
  PortOfService,
  PrimaryNotSelected,
  PrivateKeyInManifest,
  RedirectLoop,
  ReplicasCutOff,
  RetiredIngressNginx,
  RewriteWithoutGroup,
  RouteNotAttached,
  RuleHasNoEffect,
  RulesWithoutType,
  ServiceOpenToWorld,
  ServicePortOnAws,
  ServiceSelectsNothing,
  ServiceSelectsTwoApps,
  SnippetAnnotation,
  SolverClosed,
  TargetPortMissing,
  TlsNotCovered,
  UnusedIgnore,
  VulnerableIngressNginx,
  WebhookClosed,
};

/** What the findings of each rule hold. */
export interface FindingArgs {
  readonly 'annotation-unknown': AnnotationUnknown;
  readonly 'annotation-value': AnnotationValue;
  readonly 'any-namespace-by-label': AnyNamespaceByLabel;
  readonly 'api-server-port': ApiServerPort;
  readonly 'argocd-drift': ArgocdDrift;
  readonly 'argocd-instance-label': ArgocdInstanceLabel;
  readonly 'backend-missing': BackendMissing;
  readonly 'backend-speaks-https': BackendSpeaksHttps;
  readonly 'canary-lost': CanaryLost;
  readonly 'class-not-served': ClassNotServed;
  readonly 'controller-closed': ControllerClosed;
  readonly 'delivery-lost': DeliveryLost;
  readonly 'delivery-shared': DeliveryShared;
  readonly 'delivery-undone': DeliveryUndone;
  readonly 'dns-closed': DnsClosed;
  readonly 'egress-closes-ingress-too': EgressClosesIngressToo;
  readonly 'egress-to-anywhere': EgressToAnywhere;
  readonly 'end-port': EndPort;
  readonly 'from-and-ports-apart': FromAndPortsApart;
  readonly 'headless-remap': HeadlessRemap;
  readonly 'host-network-selected': HostNetworkSelected;
  readonly 'ingress-without-class': IngressWithoutClass;
  readonly 'ip-block-in-cluster': IpBlockInCluster;
  readonly 'listener-not-served': ListenerNotServed;
  readonly 'monitor-port-missing': MonitorPortMissing;
  readonly 'monitored-port-closed': MonitoredPortClosed;
  readonly 'namespace-label-unknown': NamespaceLabelUnknown;
  readonly 'namespace-not-closed': NamespaceNotClosed;
  readonly 'or-meant-and': OrMeantAnd;
  readonly 'peer-selects-nothing': PeerSelectsNothing;
  readonly 'policy-catches-others': PolicyCatchesOthers;
  readonly 'policy-in-wrong-namespace': PolicyInWrongNamespace;
  readonly 'policy-selects-nothing': PolicySelectsNothing;
  readonly 'port-name-missing': PortNameMissing;
  readonly 'port-name-twice': PortNameTwice;
  readonly 'port-of-service': PortOfService;
  readonly 'primary-not-selected': PrimaryNotSelected;
  readonly 'private-key-in-manifest': PrivateKeyInManifest;
  readonly 'redirect-loop': RedirectLoop;
  readonly 'replicas-cut-off': ReplicasCutOff;
  readonly 'retired-ingress-nginx': RetiredIngressNginx;
  readonly 'rewrite-without-group': RewriteWithoutGroup;
  readonly 'route-not-attached': RouteNotAttached;
  readonly 'rule-has-no-effect': RuleHasNoEffect;
  readonly 'rules-without-type': RulesWithoutType;
  readonly 'service-open-to-world': ServiceOpenToWorld;
  readonly 'service-port-on-aws': ServicePortOnAws;
  readonly 'service-selects-nothing': ServiceSelectsNothing;
  readonly 'service-selects-two-apps': ServiceSelectsTwoApps;
  readonly 'snippet-annotation': SnippetAnnotation;
  readonly 'solver-closed': SolverClosed;
  readonly 'target-port-missing': TargetPortMissing;
  readonly 'tls-not-covered': TlsNotCovered;
  readonly 'unused-ignore': UnusedIgnore;
  readonly 'vulnerable-ingress-nginx': VulnerableIngressNginx;
  readonly 'webhook-closed': WebhookClosed;
}

/** The code of a rule. */
export type RuleCode = keyof FindingArgs;
