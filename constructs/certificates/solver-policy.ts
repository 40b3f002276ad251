import type { Construct } from 'constructs';
import { closuresOf } from '../policy/closed-namespaces';
import { letIn, letOutIfClosed } from '../policy/connect';
import { Peer } from '../policy/peer';
import { PolicyPort } from '../policy/policy-port';
import { AcmeSolver } from './acme-solver';
import { madeOnce } from './made-once';

/**
 * Lets whoever brings an authority's requests in to the Pods that answer them, as soon as something closes their
 * namespace; once for all certificates of the namespace.
 */
export function admitSolver(
  scope: Construct,
  solver: AcmeSolver,
  from: Peer | undefined,
  namespace: string | undefined,
): void {
  if (!solver._isHttp01 || namespace === undefined) {
    return;
  }
  const closures = closuresOf(scope, namespace);
  if (from === undefined) {
    const message = `the namespace "${namespace}" is closed; say in the issuer's solver who brings the authority's requests in, by controller`;
    closures.each(() => scope.node.addValidation({ validate: () => [message] }));
    return;
  }
  const to = Peer._at('acme-http01-solver', namespace, () => AcmeSolver.HTTP01_POD_LABELS);
  const connection = { from, to, ports: [PolicyPort.tcp(AcmeSolver.HTTP01_PORT)], namespace };
  const name = `acme-http01-solver-allow-from-${nameOf(from, namespace)}`;
  madeOnce(scope, { kind: 'NetworkPolicy', name, place: { namespace }, meaning: from._meaning(namespace) }, () => {
    closures.each(() => letIn(scope, { ...connection, name }));
    letOutIfClosed(scope, connection);
  });
}

/** A second ingress controller, for another class, has the same name in another namespace. */
function nameOf(from: Peer, namespace: string): string {
  const [name, home] = [from._nameFrom(namespace), from._namespaceFrom(undefined)];
  const isSecond = name === 'ingress-controller' && home !== undefined && home !== 'ingress-nginx';
  return isSecond ? `${home}-${name}` : name;
}
