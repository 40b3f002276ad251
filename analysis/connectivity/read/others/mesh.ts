import type { Manifest } from '../../../manifest';
import { EVERY_POD, listOf, mappingIn, type OtherPart, OWN_NAMESPACE, ownPods, partsOf, specOf } from './part';
import { plainLabels } from './selector';

/** Where the policies of a mesh as a whole stand, unless it is installed otherwise. */
const ROOT_NAMESPACE = 'istio-system';

/**
 * What an AuthorizationPolicy of Istio closes: whom it selects, or all pods of its namespace, to those whom it does not allow. It
 * opens nothing that others close.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export function istioAuthorization(manifest: Manifest): readonly OtherPart[] {
  const { action = 'ALLOW', rules } = specOf(manifest);
  // Without rules, none of its requests is denied; what is audited goes on.
  const isIdle = action === 'AUDIT' || (action === 'DENY' && listOf(rules).length === 0);
  return isIdle ? [] : partsOf(istioSubject(manifest), ['ingress'], { closes: true });
}

/**
 * What a PeerAuthentication closes: plain connections, where it asks for mutual TLS.
 *
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 */
export function istioPeers(manifest: Manifest): readonly OtherPart[] {
  const spec = specOf(manifest);
  const modes = [
    mappingIn(spec, 'mtls'),
    ...Object.values(mappingIn(spec, 'portLevelMtls')).map((one) => mappingIn(one)),
  ];
  return modes.every(
    ({ mode }) => mode === undefined || mode === 'PERMISSIVE' || mode === 'DISABLE' || mode === 'UNSET',
  )
    ? []
    : partsOf(istioSubject(manifest), ['ingress'], { closes: true });
}

function istioSubject(manifest: Manifest): OtherPart['subject'] {
  const { selector, targetRef, targetRefs } = specOf(manifest);
  const isOfMesh = manifest.namespace === ROOT_NAMESPACE;
  const { matchLabels, ...more } = mappingIn(selector);
  const labels = Object.keys(more).length > 0 ? undefined : plainLabels(matchLabels);
  const isSelecting = labels !== undefined && targetRef === undefined && targetRefs === undefined;
  const pods = isSelecting ? labels : [];
  return isOfMesh ? [{ namespaces: [], pods }] : [{ namespaces: 'own', pods }];
}

/**
 * What a Server of Linkerd closes: its pods to those of whom no authorization speaks.
 *
 * @see https://linkerd.io/2/reference/authorization-policy/
 */
export function linkerdServer(manifest: Manifest): readonly OtherPart[] {
  return partsOf(ownPods(specOf(manifest).podSelector), ['ingress'], { closes: true });
}

/** What an authorization of Linkerd closes: pods of its namespace. */
export function linkerdAuthorization(): readonly OtherPart[] {
  return partsOf(OWN_NAMESPACE, ['ingress'], { closes: true });
}

/** What closes pods of a mesh whose names are not those of Kubernetes. */
export function closingAny(): readonly OtherPart[] {
  return partsOf(EVERY_POD, ['ingress'], { closes: true });
}
