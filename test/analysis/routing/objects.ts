/** A rule of one path. A Service by `name` or `name:port`. */
export function path(host: string | undefined, text: string, pathType: string, to: string): object {
  return { ...(host === undefined ? {} : { host }), http: { paths: [{ path: text, pathType, backend: backend(to) }] } };
}

/** A rule of several paths, each with its type and its Service. */
export function paths(host: string | undefined, ...all: readonly (readonly [string, string, string])[]): object {
  const items = all.map(([text, pathType, to]) => ({ path: text, pathType, backend: backend(to) }));
  return { ...(host === undefined ? {} : { host }), http: { paths: items } };
}

/** A Service as a backend, by `name` or `name:port`; the port 80 where none is given. */
export function backend(to: string): object {
  const [name, port = '80'] = to.split(':');
  return { service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } } };
}

export interface IngressParts {
  /** Without the prefix of the controller. */
  readonly annotations?: Readonly<Record<string, string>>;
  readonly rules?: readonly object[];
  readonly tls?: readonly object[];
  readonly defaultBackend?: object;
  readonly namespace?: string;
  /** `null` for none. */
  readonly className?: string | null;
  readonly created?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** An Ingress of class nginx. */
export function ingress(name: string, parts: IngressParts): object {
  const { annotations = {}, rules, tls, defaultBackend, namespace, className = 'nginx', created, metadata } = parts;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(created === undefined ? {} : { creationTimestamp: created }),
      annotations: Object.fromEntries(
        Object.entries(annotations).map(([key, value]) => [`nginx.ingress.kubernetes.io/${key}`, value]),
      ),
      ...metadata,
    },
    spec: {
      ...(className === null ? {} : { ingressClassName: className }),
      ...(rules === undefined ? {} : { rules }),
      ...(tls === undefined ? {} : { tls }),
      ...(defaultBackend === undefined ? {} : { defaultBackend }),
    },
  };
}

/** A Service with one port 80 that leads to 8080, or with the ports given. */
export function service(
  name: string,
  namespace = 'default',
  ports: readonly object[] = [{ port: 80, targetPort: 8080 }],
): object {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec: { selector: { app: name }, ports } };
}

/** A controller of release 1.15.1 in the namespace `ingress-nginx`, with arguments. */
export function controller(args: readonly string[]): object {
  const container = { name: 'c', image: 'registry.k8s.io/ingress-nginx/controller:v1.15.1', args };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'c', namespace: 'ingress-nginx' },
    spec: { template: { spec: { containers: [container] } } },
  };
}
