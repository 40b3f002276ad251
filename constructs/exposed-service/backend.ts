import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import type { IClusterService } from '../cluster-service';
import { keptLabels, keptLabelsOfAny } from '../delivery/flagger';
import type { ExistingService } from '../existing-service';
import type { ServiceSettings } from '../exposure/part';
import type { ServiceEnd } from '../exposure/service-end';
import type { INamespace } from '../namespace';
import type { PodLabels } from '../policy/end';
import { heldLabel, type IWorkload, namespaceNameOf } from '../workload';
import { OwnDeployment } from './own-deployment';
import { type BackendPort, backendPort, PortProtocol, servicePort } from './ports';
import { portsOf } from './problems';
import type { ExposedServiceProps } from './props';

/** A Service and the Pods behind it. */
export interface Backend extends ServiceEnd {
  /** The port of the Pods. */
  readonly targetPort: number;
  /** All ports, this one first. */
  readonly ports: readonly BackendPort[];
  readonly labels: () => PodLabels;
  /** What was made of an image. */
  readonly deployment?: OwnDeployment | undefined;
  /** Those that the Deployment selects, where policies select others. */
  readonly selector?: PodLabels;
}

/** Makes what is not there yet of Deployment and Service. */
export function backendOf(
  scope: Construct,
  id: string,
  props: ExposedServiceProps,
  settings: ServiceSettings,
): Backend {
  if (props.existing) {
    return existingBackend(props.existing);
  }
  if (props.service) {
    return serviceBackend(props.service, props.namespace);
  }
  const name = props.name ?? id;
  const namespace = props.namespace ?? (props.workload && namespaceOf(props.workload));
  const labels = props.workload
    ? labelled(props.workload, props.labels ?? { app: name })
    : { ...(props.labels ?? { app: name }) };
  const { protocol = PortProtocol.TCP, portName } = props;
  const targetPort = props.port ?? (props.workload ? portsOf(props.workload, protocol)[0] : undefined) ?? 0;
  const port = props.servicePort ?? targetPort;
  const ports = [{ name: portName, port, targetPort, protocol }, ...(props.ports ?? []).map(backendPort)];
  const isFlaggers = props.delivery?._engine.kind === 'flagger';
  // Flagger gives the Pods that serve another value of one label, so that policies go by those that it leaves alone.
  const kept = isFlaggers ? keptOf(name, labels, props.workload) : labels;
  const backend = { name, namespace, port, targetPort, ports, labels: () => kept, selector: labels };
  const pods = { name, namespace: namespace?.name, labels, kept, ports };
  const own = { ...props, replicas: replicasOf(props) };
  const deployment = props.workload ? undefined : new OwnDeployment(scope, 'deployment', pods, own);
  if (!isFlaggers) {
    addService(scope, backend, settings);
  }
  return { ...backend, deployment };
}

/** What another one made has to be given; by which of its labels Flagger tells it, it may say until the end. */
function keptOf(name: string, labels: PodLabels, workload: IWorkload | undefined): PodLabels {
  return workload === undefined ? keptLabels(name, labels) : labelled(workload, keptLabelsOfAny(name, labels));
}

function existingBackend({ name, namespace, port, targetPort, podLabels }: ExistingService): Backend {
  return { name, namespace, port, targetPort, ports: onePort(port, targetPort), labels: () => podLabels };
}

function serviceBackend(service: IClusterService, namespace: INamespace | undefined): Backend {
  const [first] = service.ports;
  const port = first?.port ?? 0;
  const targetPort = first?.targetPort ?? port;
  return {
    name: service.name,
    namespace: namespace ?? namespaceOf(service),
    port,
    targetPort,
    ports: onePort(port, targetPort),
    // Selectors may be added to it until the end.
    labels: () => ApiObject.of(service).toJson().spec.selector ?? {},
  };
}

function onePort(port: number, targetPort: number): readonly BackendPort[] {
  return [{ name: undefined, port, targetPort, protocol: PortProtocol.TCP }];
}

function namespaceOf(made: IWorkload | IClusterService): INamespace | undefined {
  const name = namespaceNameOf(made);
  return name === undefined ? undefined : { name };
}

/** Gives the Pods the labels that they don't have, and returns those that they then have. */
function labelled(workload: IWorkload, labels: PodLabels): PodLabels {
  return Object.fromEntries(
    Object.entries(labels).map(([key, value]) => {
      const held = heldLabel(workload, key);
      if (workload.podMetadata.getLabel(key) === undefined) {
        workload.podMetadata.addLabel(key, held ?? value);
      }
      return [key, held ?? value];
    }),
  );
}

/** Argo Rollouts scales the Deployment to nothing and runs the Pods of the Rollout, which has the number. */
function replicasOf({ replicas, delivery }: ExposedServiceProps): number | undefined {
  return delivery?._engine.kind === 'argo-rollouts' ? undefined : replicas;
}

function addService(scope: Construct, backend: Backend, { annotations, nodePort, spec }: ServiceSettings): void {
  const { name, namespace, ports, labels } = backend;
  new k8s.KubeService(scope, 'service', {
    metadata: { name, namespace: namespace?.name, labels: labels(), annotations },
    spec: {
      ...spec,
      selector: labels(),
      ports: ports.map((port, at) => servicePort(port, at === 0 ? nodePort : undefined)),
    },
  });
}
