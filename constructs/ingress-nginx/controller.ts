import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { schemeAnnotations } from '../aws-load-balancer';
import { clusterScoped } from '../cluster-scoped';
import { resourceRequirements } from '../container-resources';
import { nonEmpty } from '../non-empty';
import { podField } from '../pod-field';
import { controllerClass, imageOf, objectLabels, ownArguments, type Settings, selectorLabels } from './settings';

/** Adds the controller: its configuration, Service, Deployment and IngressClass. */
export function addController(scope: Construct, settings: Settings): void {
  const { name, namespace, version, given } = settings;
  const labels = objectLabels(settings, 'controller');
  const metadata = { name: `${name}-controller`, namespace, labels };
  const config = { ...version.config, ...given.config };
  new k8s.KubeConfigMap(scope, 'config', { metadata, data: nonEmpty(config) });
  addService(scope, settings, metadata);
  new k8s.KubeDeployment(scope, 'deployment', { metadata, spec: deploymentSpec(settings) });
  clusterScoped(
    new k8s.KubeIngressClass(scope, 'ingress-class', {
      metadata: {
        name: settings.ingressClassName,
        labels,
        annotations: settings.isDefaultClass ? { 'ingressclass.kubernetes.io/is-default-class': 'true' } : undefined,
      },
      spec: { controller: controllerClass(settings) },
    }),
  );
}

function addService(scope: Construct, settings: Settings, metadata: k8s.ObjectMeta): void {
  const { provider, given } = settings;
  const annotations = {
    ...provider.serviceAnnotations,
    ...(given.loadBalancerScheme && schemeAnnotations(given.loadBalancerScheme)),
    ...given.serviceAnnotations,
  };
  new k8s.KubeService(scope, 'service', {
    metadata: { ...metadata, annotations: nonEmpty(annotations) },
    spec: {
      type: provider.serviceType,
      externalTrafficPolicy: provider.externalTrafficPolicy,
      ipFamilyPolicy: 'SingleStack',
      ipFamilies: ['IPv4'],
      loadBalancerSourceRanges: given.loadBalancerSourceRanges,
      selector: selectorLabels(settings, 'controller'),
      ports: (['http', 'https'] as const).map((protocol) => ({
        name: protocol,
        appProtocol: protocol,
        port: protocol === 'http' ? 80 : 443,
        protocol: 'TCP',
        targetPort: k8s.IntOrString.fromString(protocol),
      })),
    },
  });
}

function deploymentSpec(settings: Settings): k8s.DeploymentSpec {
  const { name, version, provider, given } = settings;
  const rolling = version.rollingUpdate || provider.rollingUpdate;
  return {
    replicas: given.replicas,
    selector: { matchLabels: selectorLabels(settings, 'controller') },
    strategy: rolling
      ? { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: k8s.IntOrString.fromNumber(1) } }
      : undefined,
    template: {
      metadata: { labels: objectLabels(settings, 'controller') },
      spec: {
        automountServiceAccountToken: version.automountServiceAccountToken,
        serviceAccountName: name,
        nodeSelector: { 'kubernetes.io/os': 'linux', ...provider.nodeSelector },
        tolerations: provider.tolerations,
        terminationGracePeriodSeconds: provider.terminationGracePeriodSeconds,
        containers: [container(settings)],
        volumes: [{ name: 'webhook-cert', secret: { secretName: `${name}-admission` } }],
      },
    },
  };
}

function container(settings: Settings): k8s.Container {
  const { version, provider, given } = settings;
  const args = [...ownArguments(settings), ...Object.entries(given.extraArgs ?? {})];
  const port = (portName: string, containerPort: number, onHost: boolean) => ({
    name: portName,
    containerPort,
    protocol: 'TCP',
    hostPort: onHost ? containerPort : undefined,
  });
  return {
    name: 'controller',
    image: imageOf(settings, version.controllerImage),
    args: [
      '/nginx-ingress-controller',
      ...args.map(([flag, value]) => (value === '' ? `--${flag}` : `--${flag}=${value}`)),
    ],
    env: [
      { name: 'POD_NAME', valueFrom: { fieldRef: podField('metadata.name') } },
      { name: 'POD_NAMESPACE', valueFrom: { fieldRef: podField('metadata.namespace') } },
      { name: 'LD_PRELOAD', value: '/usr/local/lib/libmimalloc.so' },
    ],
    lifecycle: { preStop: { exec: { command: ['/wait-shutdown'] } } },
    livenessProbe: { ...HEALTH, failureThreshold: 5 },
    readinessProbe: HEALTH,
    ports: [port('http', 80, provider.hostPorts), port('https', 443, provider.hostPorts), port('webhook', 8443, false)],
    resources: resourceRequirements(settings.resources),
    securityContext: version.controllerSecurity,
    volumeMounts: [{ name: 'webhook-cert', mountPath: '/usr/local/certificates/', readOnly: true }],
  };
}

const HEALTH: k8s.Probe = {
  httpGet: { path: '/healthz', port: k8s.IntOrString.fromNumber(10254) },
  initialDelaySeconds: 10,
};
