import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { clusterScoped } from '../cluster-scoped';
import { podField } from '../pod-field';
import { imageOf, objectLabels, type Settings, selectorLabels } from './settings';

/** Adds the webhook that checks each Ingress, the Service before it, and the two Jobs that give it a certificate. */
export function addAdmission(scope: Construct, settings: Settings): void {
  const { name, namespace } = settings;
  const service = `${name}-controller-admission`;
  const secret = `--secret-name=${name}-admission`;
  new k8s.KubeService(scope, 'admission-service', {
    metadata: { name: service, namespace, labels: objectLabels(settings, 'controller') },
    spec: {
      selector: selectorLabels(settings, 'controller'),
      ports: [
        {
          name: 'https-webhook',
          appProtocol: 'https',
          port: 443,
          targetPort: k8s.IntOrString.fromString('webhook'),
          protocol: 'TCP',
        },
      ],
    },
  });
  addJob(scope, settings, 'create', [
    `--host=${service},${service}.$(POD_NAMESPACE).svc`,
    '--namespace=$(POD_NAMESPACE)',
    secret,
  ]);
  addJob(scope, settings, 'patch', [
    `--webhook-name=${name}-admission`,
    '--namespace=$(POD_NAMESPACE)',
    '--patch-mutating=false',
    secret,
    '--patch-failure-policy=Fail',
  ]);
  clusterScoped(
    new k8s.KubeValidatingWebhookConfiguration(scope, 'webhook', {
      metadata: { name: `${name}-admission`, labels: objectLabels(settings, 'admission-webhook') },
      webhooks: [webhook(service, namespace)],
    }),
  );
}

/** What Argo CD reads to run an object with each sync and to keep it until the next. */
const SYNC_HOOK = {
  'argocd.argoproj.io/hook': 'Sync',
  'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
};

function addJob(scope: Construct, settings: Settings, task: 'create' | 'patch', args: string[]): void {
  const { version, argoCdHooks } = settings;
  const name = `${settings.name}-admission-${task}`;
  const labels = objectLabels(settings, 'admission-webhook');
  new k8s.KubeJob(scope, `admission-${task}`, {
    metadata: { name, namespace: settings.namespace, labels, annotations: argoCdHooks ? SYNC_HOOK : undefined },
    spec: {
      ttlSecondsAfterFinished: argoCdHooks ? undefined : version.jobTtlSeconds,
      template: {
        metadata: { name, labels },
        spec: {
          automountServiceAccountToken: version.automountServiceAccountToken,
          serviceAccountName: `${settings.name}-admission`,
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          restartPolicy: 'OnFailure',
          securityContext: version.jobPodSecurity,
          containers: [
            {
              name: task,
              image: imageOf(settings, version.certgenImage),
              args: [task, ...args],
              env: [{ name: 'POD_NAMESPACE', valueFrom: { fieldRef: podField('metadata.namespace') } }],
              securityContext: version.jobSecurity,
            },
          ],
        },
      },
    },
  });
}

function webhook(service: string, namespace: string): k8s.ValidatingWebhook {
  return {
    name: 'validate.nginx.ingress.kubernetes.io',
    admissionReviewVersions: ['v1'],
    clientConfig: { service: { name: service, namespace, path: '/networking/v1/ingresses' } },
    failurePolicy: 'Fail',
    matchPolicy: 'Equivalent',
    rules: [
      {
        apiGroups: ['networking.k8s.io'],
        apiVersions: ['v1'],
        operations: ['CREATE', 'UPDATE'],
        resources: ['ingresses'],
        // An API server keeps the list of rules as one value, so what it fills in has to be there.
        scope: '*',
      },
    ],
    sideEffects: 'None',
    timeoutSeconds: 10,
  };
}
