import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { clusterScoped } from '../cluster-scoped';
import type { INamespace } from '../namespace';
import { INGRESS_CONTROLLER_LABELS, type IPeer, Peer } from '../policy/peer';
import { refuse } from '../refusal';
import { addAccess } from './access';
import { addAdmission } from './admission';
import { addController } from './controller';
import { problemsOf } from './problems';
import type { IngressNginxProps } from './props';
import { appLabels, settingsOf } from './settings';

/**
 * Installs ingress-nginx as its release does: a namespace, two service accounts with their rights, the configuration,
 * the controller with its Service and IngressClass, and the admission webhook with the two Jobs that certify it.
 *
 * @throws Error when a setting is wrong, or clashes with what the construct sets; nothing is made then.
 * @see https://kubernetes.github.io/ingress-nginx/deploy/
 *
 * @example
 *
 *   new IngressNginx(chart, 'ingress-nginx', { provider: IngressNginxProvider.AWS });
 */
export class IngressNginx extends Construct implements IPeer {
  /** The namespace that the controller runs in. */
  public readonly namespace: INamespace;

  /** Labels that the controller's Pods carry and no other Pod of the namespace does, for the peer of a NetworkPolicy. */
  public readonly controllerLabels: { readonly [key: string]: string };

  /** The controller's Pods, as the end of a connection. */
  public readonly peer: Peer;

  /** The name of the controller's Service, which traffic comes in through. */
  public readonly controllerServiceName: string;

  /** The name of the IngressClass, for `ingressClassName` of an Ingress. */
  public readonly ingressClassName: string;

  constructor(scope: Construct, id: string, props: IngressNginxProps = {}) {
    refuse(scope, id, problemsOf(props));
    super(scope, id);
    const settings = settingsOf(props);
    this.namespace = { name: settings.namespace };
    this.controllerLabels = INGRESS_CONTROLLER_LABELS;
    this.peer = Peer.ingressController(this.namespace);
    this.controllerServiceName = `${settings.name}-controller`;
    this.ingressClassName = settings.ingressClassName;

    const metadata = { name: settings.namespace, labels: appLabels(settings.name) };
    clusterScoped(new k8s.KubeNamespace(this, 'namespace', { metadata }));
    addAccess(this, settings);
    addController(this, settings);
    addAdmission(this, settings);
  }
}
