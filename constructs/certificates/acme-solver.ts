import type { IssuerSpecAcmeSolvers } from '../../imports/cert-manager.io';
import { type Check, fields, fieldsWith, pattern } from '../fields';
import { Peer } from '../policy/peer';
import { peerProblems } from '../policy/problems';
import { namespace, objectName, oneOf, type Problems } from '../values';
import {
  type Dns01CloudflareProps,
  type Dns01Route53Props,
  type Http01GatewayProps,
  type Http01IngressProps,
  type IAcmeGateway,
  SolverServiceType,
} from './acme-solver-props';

/** What a solver is made of. */
interface Solver {
  readonly problems: (what: string) => Problems;
  readonly spec: () => IssuerSpecAcmeSolvers;
  /** Who connects to the Pods that answer; left out, there are no such Pods. */
  readonly caller?: (ingressController: Peer | undefined) => Peer | undefined;
}

/**
 * How an authority is shown that a host belongs to whoever wants its certificate.
 *
 * @see https://cert-manager.io/docs/configuration/acme/
 */
export class AcmeSolver {
  /** The port on which a Pod answers that cert-manager starts for HTTP-01, in the namespace of the certificate. */
  public static readonly HTTP01_PORT = 8089;

  /** The labels of such a Pod. */
  public static readonly HTTP01_POD_LABELS: { readonly [key: string]: string } = {
    'acme.cert-manager.io/http01-solver': 'true',
  };

  /**
   * By HTTP: the authority asks the host on port 80, and an Ingress that cert-manager makes leads it to a Pod that answers.
   *
   * @see https://cert-manager.io/docs/configuration/acme/http01/
   */
  public static http01Ingress(props: Http01IngressProps = {}): AcmeSolver {
    return new AcmeSolver({
      problems: (what) => INGRESS(what, props),
      spec: () => ({
        http01: {
          ingress: { ingressClassName: props.className ?? 'nginx', serviceType: props.serviceType ?? CLUSTER_IP },
        },
      }),
      caller: (controller) => props.controller?.peer ?? controller ?? Peer.ingressController(),
    });
  }

  /**
   * By HTTP: the authority asks the host on port 80, and an HTTPRoute that cert-manager makes leads it to a Pod that answers.
   * cert-manager has to be installed with its Gateway API support switched on.
   *
   * @see https://cert-manager.io/docs/configuration/acme/http01/#configuring-the-http-01-gateway-api-solver
   */
  public static http01Gateway(props: Http01GatewayProps): AcmeSolver {
    return new AcmeSolver({
      problems: (what) => GATEWAY(what, props),
      spec: () => {
        const { name, namespace } = props.gateway;
        // Written out, since the API server would fill in group and kind.
        const parent = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name, namespace: namespace?.name };
        const parentRefs = [{ ...parent, sectionName: props.sectionName }];
        return { http01: { gatewayHttpRoute: { parentRefs, serviceType: props.serviceType ?? CLUSTER_IP } } };
      },
      caller: () => props.controller?.peer ?? props.gateway.peer,
    });
  }

  /**
   * By DNS, with Route 53 of AWS. The only way for hosts such as "*.example.com", and for those that the authority can't reach.
   *
   * @see https://cert-manager.io/docs/configuration/acme/dns01/route53/
   */
  public static dns01Route53(props: Dns01Route53Props = {}): AcmeSolver {
    return new AcmeSolver({
      problems: (what) => ROUTE53(what, props),
      spec: () => ({
        dns01: { route53: { hostedZoneId: props.hostedZoneId, region: props.region, role: props.role } },
      }),
    });
  }

  /**
   * By DNS, with Cloudflare. The only way for hosts such as "*.example.com", and for those that the authority can't reach.
   *
   * @see https://cert-manager.io/docs/configuration/acme/dns01/cloudflare/
   */
  public static dns01Cloudflare(props: Dns01CloudflareProps): AcmeSolver {
    return new AcmeSolver({
      problems: (what) => CLOUDFLARE(what, props),
      spec: () => ({
        dns01: {
          cloudflare: { apiTokenSecretRef: { name: props.apiTokenSecret, key: props.apiTokenKey ?? 'api-token' } },
        },
      }),
    });
  }

  private constructor(private readonly solver: Solver) {}

  /** @internal */
  public _problems(what: string): Problems {
    return this.solver.problems(what);
  }

  /** @internal */
  public _spec(): IssuerSpecAcmeSolvers {
    return this.solver.spec();
  }

  /**
   * Whether Pods answer the authority.
   *
   * @internal
   */
  public get _isHttp01(): boolean {
    return this.solver.caller !== undefined;
  }

  /**
   * Who connects to those Pods, as far as the manifests know.
   *
   * @param ingressController the one that the host is exposed by
   * @internal
   */
  public _caller(ingressController: Peer | undefined): Peer | undefined {
    return this.solver.caller?.(ingressController);
  }
}

const CLUSTER_IP = SolverServiceType.CLUSTER_IP;

const serviceType: Check = (what, value) => oneOf(what, value, Object.values(SolverServiceType));

const INGRESS = fields({ className: objectName, serviceType, controller: peerProblems });

const GATEWAY = fieldsWith(['gateway'], {
  gateway: (what, value) => {
    const { name, namespace, peer } = Object(value) as Partial<IAcmeGateway>;
    return GATEWAY_REF(what, typeof value === 'object' && value !== null ? { name, namespace, peer } : value);
  },
  sectionName: objectName,
  serviceType,
  controller: peerProblems,
});

const GATEWAY_REF = fieldsWith(['name'], {
  name: objectName,
  namespace,
  peer: peerProblems,
});

const ROUTE53 = fields({
  hostedZoneId: pattern(/^[A-Z0-9]+$/, 'give the ID of a hosted zone such as "Z0123456789EXAMPLE"'),
  region: pattern(/^[a-z]{2,}(-[a-z]+)+-\d+$/, 'give a region such as "eu-central-1"'),
  role: pattern(/^arn:\S+$/, 'give the ARN of a role such as "arn:aws:iam::123456789012:role/dns"'),
});

const CLOUDFLARE = fieldsWith(['apiTokenSecret'], {
  apiTokenSecret: objectName,
  apiTokenKey: pattern(/^(?!\.$|\.\.)[-._a-zA-Z0-9]{1,253}$/, 'give a key of a Secret such as "api-token"'),
});
