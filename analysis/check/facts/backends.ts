import type { Field } from '../../connectivity/read/field';
import type { Manifest, Path } from '../../manifest';
import type { Facts } from './facts';
import { fieldOf, numberOf, textOf } from './fields';
import { isOfOther, nginxAnnotation, nginxAnnotationPath, nginxFlag } from './nginx';
import { ROUTES } from './routes';
import type { ServiceFacts } from './services';

/** A reference of a route to a Service. */
export interface BackendRef {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly namespace: string;
  readonly service: string;
  /** A number or a name; undefined where none is written. */
  readonly port: number | string | undefined;
  /** What the port has to be of. */
  readonly protocol: 'TCP' | 'UDP';
  /** Whether it is the value at `path` itself, of an annotation, for requests whose backend leads nowhere. */
  readonly isSpare?: true;
}

/** A reference of a route to what is no Service. */
export interface OtherRef {
  readonly manifest: Manifest;
  readonly path: Path;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Every reference of routes of the Gateway API to backends of other kinds, for `facts.once`. */
export function otherRefs(facts: Facts): readonly OtherRef[] {
  return ROUTES.flatMap((kind) => facts.of(`gateway.networking.k8s.io/${kind}`)).flatMap((manifest) =>
    refsOf(manifest)
      .filter((ref) => !isService(ref))
      .flatMap((ref) => {
        const name = textOf(ref.get('name'));
        const [group = '', kind = 'Service'] = [textOf(ref.get('group')), textOf(ref.get('kind'))];
        const namespace = textOf(ref.get('namespace')) ?? manifest.namespace ?? 'default';
        return name === undefined ? [] : [{ manifest, path: ref.path, group, kind, namespace, name }];
      }),
  );
}

function refsOf(manifest: Manifest): readonly Field[] {
  return fieldOf(manifest, 'spec', 'rules')
    .mappings('')
    .flatMap((rule) => rule.get('backendRefs').mappings(''));
}

/** Every reference of Ingresses and routes of the Gateway API to Services, for `facts.once`. */
export function backendRefs(facts: Facts): readonly BackendRef[] {
  return [
    ...facts.of('networking.k8s.io/Ingress').flatMap(ingressRefs),
    ...ROUTES.flatMap((kind) => facts.of(`gateway.networking.k8s.io/${kind}`)).flatMap(routeRefs),
  ];
}

/** The Services that Ingresses name by `default-backend`, which canaries do in vain. */
export function spareRefs(facts: Facts): readonly BackendRef[] {
  return facts.of('networking.k8s.io/Ingress').flatMap((manifest): BackendRef[] => {
    const service = nginxAnnotation(manifest, 'default-backend');
    const isRead =
      service !== undefined && service !== '' && !isOfOther(manifest) && nginxFlag(manifest, 'canary') !== true;
    const [path, namespace] = [nginxAnnotationPath('default-backend'), manifest.namespace ?? 'default'];
    return isRead ? [{ manifest, path, namespace, service, port: undefined, protocol: 'TCP', isSpare: true }] : [];
  });
}

/** The Services by `NAMESPACE/NAME`, for `facts.once`. */
export function servicesByName({ services }: Facts): ReadonlyMap<string, ServiceFacts> {
  return new Map(services.map((service) => [`${service.namespace}/${service.name}`, service]));
}

function ingressRefs(manifest: Manifest): readonly BackendRef[] {
  const spec = fieldOf(manifest, 'spec');
  const paths = spec
    .get('rules')
    .mappings('')
    .flatMap((rule) => rule.get('http').get('paths').mappings(''));
  return [spec.get('defaultBackend'), ...paths.map((path) => path.get('backend'))].flatMap((backend) => {
    const service = backend.get('service');
    const name = textOf(service.get('name'));
    const port = service.get('port');
    return name === undefined
      ? []
      : [
          {
            manifest,
            path: service.path,
            namespace: manifest.namespace ?? 'default',
            service: name,
            port: numberOf(port.get('number')) ?? textOf(port.get('name')),
            protocol: 'TCP',
          },
        ];
  });
}

function routeRefs(manifest: Manifest): readonly BackendRef[] {
  const protocol = manifest.kind === 'UDPRoute' ? 'UDP' : 'TCP';
  return refsOf(manifest)
    .filter(isService)
    .flatMap((ref) => {
      const name = textOf(ref.get('name'));
      const namespace = textOf(ref.get('namespace')) ?? manifest.namespace ?? 'default';
      return name === undefined
        ? []
        : [{ manifest, path: ref.path, namespace, service: name, port: numberOf(ref.get('port')), protocol }];
    });
}

function isService(ref: Field): boolean {
  return (textOf(ref.get('kind')) ?? 'Service') === 'Service' && (textOf(ref.get('group')) ?? '') === '';
}
