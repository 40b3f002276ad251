import { IngressNginx, type IngressNginxProps, IngressNginxProvider, IngressNginxVersion } from '../../constructs';
import type { Fields } from '../helpers/api-defaults';
import fc from '../helpers/random';
import { FEWER_RUNS } from '../helpers/runs';
import { objectsOf } from '../helpers/synth';

const label = (longest: number) => fc.stringMatching(new RegExp(`^[a-z]([a-z0-9-]{0,${longest - 2}}[a-z0-9])?$`));
const props: fc.Arbitrary<IngressNginxProps> = fc.record(
  {
    name: label(42),
    namespaceName: label(63),
    ingressClassName: label(63),
    version: fc.constantFrom(...Object.values(IngressNginxVersion)),
    provider: fc.constantFrom(...Object.values(IngressNginxProvider)),
  },
  { requiredKeys: [] },
);

interface Installation {
  readonly objects: Fields[];
  readonly one: (kind: string) => Fields;
  readonly named: (kind: string, name: string) => Fields | undefined;
}

/** Tries a statement on installations of any name, namespace, class, release and provider. */
function always(holds: (installation: Installation, given: IngressNginxProps) => void): void {
  fc.assert(
    fc.property(props, (given) => {
      const objects = objectsOf((chart) => void new IngressNginx(chart, 'nginx', given));
      const named = (kind: string, name: string) =>
        objects.find((object) => object.kind === kind && object.metadata.name === name);
      const one = (kind: string) => objects.filter((object) => object.kind === kind)[0] ?? {};
      holds({ objects, one, named }, given);
    }),
    FEWER_RUNS,
  );
}

test('every namespaced object stands in the namespace that is made', () => {
  always(({ objects, one }, { name = 'ingress-nginx', namespaceName = name }) => {
    expect(one('Namespace').metadata.name).toBe(namespaceName);
    const others = objects.map(({ metadata }) => metadata.namespace).filter((namespace) => namespace !== undefined);
    expect(new Set(others)).toEqual(new Set([namespaceName]));
  });
});

test('every name begins with that of the installation, except for namespace and class', () => {
  always(({ objects }, { name = 'ingress-nginx' }) => {
    const own = objects.filter(({ kind }) => kind !== 'Namespace' && kind !== 'IngressClass');
    for (const { metadata } of own) {
      expect(metadata.name).toMatch(new RegExp(`^${name}(-|$)`));
      expect(metadata.name.length).toBeLessThanOrEqual(63);
    }
  });
});

test('every Pod has a service account, and every account its rights', () => {
  always(({ objects, named }) => {
    for (const { spec } of objects.filter(({ kind }) => kind === 'Deployment' || kind === 'Job')) {
      expect(named('ServiceAccount', spec.template.spec.serviceAccountName)).toBeDefined();
    }
    for (const { kind, roleRef, subjects } of objects.filter((object) => object.roleRef)) {
      expect(named(roleRef.kind, roleRef.name)).toBeDefined();
      expect(roleRef.kind).toBe(kind.replace('Binding', ''));
      expect(named('ServiceAccount', subjects[0].name)?.metadata.namespace).toBe(subjects[0].namespace);
    }
  });
});

test('every Service and the Deployment select the Pods of the controller, and no Job', () => {
  always(({ objects, one }) => {
    const pods = one('Deployment').spec.template.metadata.labels;
    const jobPods = one('Job').spec.template.metadata.labels;
    const selectors = objects
      .filter(({ kind }) => kind === 'Service')
      .map(({ spec }) => spec.selector)
      .concat(one('Deployment').spec.selector.matchLabels);
    for (const selector of selectors) {
      expect(pods).toMatchObject(selector);
      expect(jobPods).not.toMatchObject(selector);
    }
  });
});

test('the arguments name the ConfigMap, the Service and the class that there are', () => {
  always(({ one, named }) => {
    const { args } = one('Deployment').spec.template.spec.containers[0];
    const value = (flag: string) =>
      args
        .find((arg: string) => arg.startsWith(`--${flag}=`))
        ?.split(/[=/]/)
        .at(-1);
    expect(named('ConfigMap', value('configmap'))).toBeDefined();
    expect(named('IngressClass', value('ingress-class'))).toBeDefined();
    if (value('publish-service')) {
      expect(named('Service', value('publish-service'))?.spec.type).toBe('LoadBalancer');
    }
    expect(one('IngressClass').spec.controller).toBe(`k8s.io/${value('controller-class')}`);
    expect(one('Role').rules.flatMap(({ resourceNames = [] }: Fields) => resourceNames)).toEqual([
      value('election-id'),
    ]);
  });
});

test('the webhook leads to a Service, for whose name the certificate is made', () => {
  always(({ one, named }) => {
    const { service } = one('ValidatingWebhookConfiguration').webhooks[0].clientConfig;
    expect(named('Service', service.name)?.metadata.namespace).toBe(service.namespace);
    const { args } = one('Job').spec.template.spec.containers[0];
    expect(args).toContain(`--host=${service.name},${service.name}.$(POD_NAMESPACE).svc`);
  });
});

test('the Jobs write the Secret that the controller mounts', () => {
  always(({ objects, one }) => {
    const { secretName } = one('Deployment').spec.template.spec.volumes[0].secret;
    for (const { spec } of objects.filter(({ kind }) => kind === 'Job')) {
      expect(spec.template.spec.containers[0].args).toContain(`--secret-name=${secretName}`);
    }
  });
});
