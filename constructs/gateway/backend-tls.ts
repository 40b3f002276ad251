import { Chart, Lazy } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { BackendTlsPolicy, type BackendTlsPolicySpecTargetRefs } from '../../imports/gateway.networking.k8s.io';
import type { Check } from '../fields';
import { refuseOn } from '../refusal';
import { host, objectName, type Problems, shown } from '../values';

/** Authorities that are trusted: those of a ConfigMap, or those that the Gateway knows. */
type Trust = { readonly configMap: string } | 'system';

/**
 * TLS from a Gateway to a Service: which name its certificate has to have, and who has to have signed it.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/backendtlspolicy/
 */
export class BackendTls {
  /**
   * Signed by an authority whose certificate is in a ConfigMap of the Service's namespace, under the key `ca.crt`.
   *
   * @param hostname the name that is asked for, and that the certificate has to have
   * @param name the name of the ConfigMap
   */
  public static configMap(hostname: string, name: string): BackendTls {
    return new BackendTls(hostname, { configMap: name }, (what) => [
      ...hostnameProblems(what, hostname),
      ...objectName(`the ConfigMap of ${what}`, name),
    ]);
  }

  /**
   * Signed by an authority that the Gateway trusts by itself, such as those of the internet.
   *
   * @param hostname the name that is asked for, and that the certificate has to have
   */
  public static systemCertificates(hostname: string): BackendTls {
    return new BackendTls(hostname, 'system', (what) => hostnameProblems(what, hostname));
  }

  private constructor(
    private readonly hostname: string,
    private readonly trust: Trust,
    private readonly check: (what: string) => Problems,
  ) {}

  /** @internal */
  public _problems(what: string): Problems {
    return this.check(what);
  }

  /** @internal */
  public _validation() {
    const { hostname, trust } = this;
    return trust === 'system'
      ? { hostname, wellKnownCaCertificates: 'System' }
      : { hostname, caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: trust.configMap }] };
  }
}

function hostnameProblems(what: string, value: unknown): Problems {
  const problems = host(`the hostname of ${what}`, value);
  return problems.length === 0 && String(value).startsWith('*.')
    ? [`the hostname of ${what} is ${shown(value)}; give one name, without "*"`]
    : problems;
}

/** What is wrong with TLS to a Service. */
export const backendTlsProblems: Check = (what, value) =>
  value instanceof BackendTls
    ? value._problems(what)
    : [
        `${what} is ${shown(value)}; give BackendTls.configMap(hostname, name) or BackendTls.systemCertificates(hostname)`,
      ];

/** A port of a Service. */
interface Target {
  readonly name: string;
  /** Nothing for all ports. */
  readonly portName?: string | undefined;
  readonly namespace: string | undefined;
}

/** A policy that was made, for Services that take the place of the first one. */
interface Made {
  readonly by: string;
  readonly meaning: string;
  readonly targets: BackendTlsPolicySpecTargetRefs[];
}

const BY_TREE = new WeakMap<IConstruct, Map<string, Made>>();

/**
 * Writes the policy of a Service, once for all routes that lead to it, and returns what adds another Service of the namespace to it,
 * such as that of a canary.
 */
export function addBackendTls(
  scope: Construct,
  { name, portName, namespace }: Target,
  tls: BackendTls,
): (service: string) => void {
  const { root } = scope.node;
  const made = BY_TREE.get(root) ?? new Map<string, Made>();
  BY_TREE.set(root, made);
  const key = JSON.stringify([namespace ?? { of: Chart.of(scope).node.path }, name, portName ?? null]);
  const meaning = JSON.stringify(tls._validation());
  const before = made.get(key);
  if (before !== undefined && before.meaning !== meaning) {
    refuseOn(scope, [
      `backendTls of the Service ${shown(name)} is said otherwise by ${before.by}; a Gateway knows one for all routes, give the same`,
    ]);
  }
  const own: Made = before ?? { by: scope.node.path, meaning, targets: [targetOf(name, portName)] };
  if (before === undefined) {
    made.set(key, own);
    const policy = portName === undefined ? name : `${name}-${portName}`;
    new BackendTlsPolicy(scope, `${policy}-backend-tls`, {
      metadata: { name: policy, namespace },
      spec: {
        targetRefs: Lazy.any({ produce: () => own.targets }) as unknown as BackendTlsPolicySpecTargetRefs[],
        validation: tls._validation(),
      },
    });
  }
  return (service) => {
    if (!own.targets.some((target) => target.name === service)) {
      own.targets.push(targetOf(service, undefined));
    }
  };
}

function targetOf(name: string, sectionName: string | undefined): BackendTlsPolicySpecTargetRefs {
  return { group: '', kind: 'Service', name, sectionName };
}
