import type { Manifest } from '../manifest';
import { isMapping } from '../manifest/value';
import { type Fields, mappingAt, mappingsIn, numberIn, textIn } from './fields';
import { named } from './made';

/** The labels by which Flagger tells workloads apart, in its order. */
export const FLAGGER_LABELS = ['app', 'name', 'app.kubernetes.io/name'];

/** A Canary as Flagger reads it. */
export interface FlaggerCanary {
  readonly manifest: Manifest;
  readonly namespace: string;
  /** The Service that others know, and by whose name the others are called. */
  readonly apex: string;
  readonly provider: string;
  readonly service: Fields;
  readonly analysis: Fields;
  readonly ingress: string | undefined;
  /** The workload that holds the next version; `undefined` where no manifest shows it. */
  readonly target: Manifest | undefined;
}

export function flaggerCanary(manifest: Manifest, manifests: readonly Manifest[]): FlaggerCanary {
  const { namespace = 'default', object } = manifest;
  const spec = mappingAt(object, 'spec');
  const { kind, name } = mappingAt(spec, 'targetRef');
  const target = textIn(name) ?? '';
  const service = mappingAt(spec, 'service');
  return {
    manifest,
    namespace,
    apex: textIn(service.name) ?? target,
    provider: textIn(spec.provider) ?? '',
    service,
    analysis: isMapping(spec.analysis) ? spec.analysis : mappingAt(spec, 'canaryAnalysis'),
    ingress: textIn(mappingAt(spec, 'ingressRef').name),
    target: named(manifests, { group: 'apps', kind: textIn(kind) ?? 'Deployment', namespace, name: target }),
  };
}

/**
 * The copy of the workload that serves, and the Services that lead to it and to the next version.
 *
 * The copy has the labels of the workload, but for the one by which Flagger tells it: that has `-primary` behind its value, and
 * is the only one that the copy selects.
 *
 * @see https://docs.flagger.app/usage/how-it-works
 */
export function flaggersObjects({ target, namespace, apex, service }: FlaggerCanary): readonly Fields[] {
  const selected = mappingAt(target?.object, 'spec', 'selector', 'matchLabels');
  const label = FLAGGER_LABELS.find((key) => textIn(selected[key]) !== undefined);
  const port = numberIn(service.port);
  if (target === undefined || label === undefined) {
    return [];
  }
  const value = String(selected[label]);
  const serviceOf = (name: string, own: string): Fields => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { selector: { [label]: own }, ports: portsOf(target, service) },
  });
  return [
    primaryOf(target, namespace, label, `${value}-primary`),
    ...(port === undefined
      ? []
      : [
          serviceOf(apex, `${value}-primary`),
          serviceOf(`${apex}-primary`, `${value}-primary`),
          serviceOf(`${apex}-canary`, value),
        ]),
  ];
}

function primaryOf(target: Manifest, namespace: string, label: string, value: string): Fields {
  const spec = mappingAt(target.object, 'spec');
  const template = mappingAt(spec, 'template');
  const metadata = mappingAt(template, 'metadata');
  const { replicas } = spec;
  return {
    apiVersion: target.apiVersion,
    kind: target.kind,
    metadata: { name: `${target.name}-primary`, namespace },
    spec: {
      ...spec,
      ...(replicas === 0 ? { replicas: 1 } : {}),
      selector: { matchLabels: { [label]: value } },
      template: {
        ...template,
        metadata: { ...metadata, labels: { ...mappingAt(metadata, 'labels'), [label]: value } },
      },
    },
  };
}

/** The port of the Canary, and with portDiscovery those of the containers. */
function portsOf(target: Manifest, service: Fields): readonly Fields[] {
  const { port, targetPort = port, portName = 'http', portDiscovery } = service;
  const containers = mappingsIn(mappingAt(target.object, 'spec', 'template', 'spec').containers);
  const found =
    portDiscovery === true
      ? containers
          .flatMap((container) => mappingsIn(container.ports))
          .filter(({ containerPort, name }) => {
            const isMain = containerPort === port || containerPort === targetPort || name === targetPort;
            return !isMain && numberIn(containerPort) !== undefined;
          })
      : [];
  return [
    { name: portName, protocol: 'TCP', port, targetPort },
    ...found.map(({ name, containerPort }) => ({
      name: textIn(name) ?? `tcp-${String(containerPort)}`,
      protocol: 'TCP',
      port: containerPort,
      targetPort: containerPort,
    })),
  ];
}
