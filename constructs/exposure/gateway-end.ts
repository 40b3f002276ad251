import { Listeners } from '../gateway/listeners';
import type { IGateway } from '../gateway/props';
import type { Peer } from '../policy/peer';
import { type Problems, shown } from '../values';
import type { ExposurePart } from './part';

/** What is wrong with a Gateway. */
export function gatewayProblems(what: string, value: unknown): Problems {
  return (Object(value) as Partial<IGateway>)._listeners instanceof Listeners
    ? []
    : [`${what} is ${shown(value)}; give a Gateway, or Gateway.existing({ name, namespace })`];
}

/**
 * A part whose requests come in by a Gateway.
 *
 * @param own what is its own: its name, its route and the settings of that
 * @param checks what is wrong with each of its values, and, once nothing is, with them together
 */
export function gatewayEndPart<Props extends { readonly gateway: IGateway }>(
  props: Props,
  checks: readonly [(what: string, props: Props) => Problems, (what: string, props: Props) => Problems],
  own: Pick<ExposurePart, 'name' | 'ownSettings' | 'routeObject' | 'route'>,
): ExposurePart {
  const [each, together] = checks;
  return {
    ...own,
    problems: (what) => {
      const problems = each(what, props);
      return problems.length > 0 ? problems : together(what, props);
    },
    get callers() {
      return gatewayCallers(props.gateway);
    },
    get closedProblems() {
      return closedProblems(props.gateway);
    },
  };
}

/** Who connects to the Pods because of a Gateway. */
export function gatewayCallers({ peer }: IGateway): readonly Peer[] {
  return peer === undefined ? [] : [peer];
}

/** Why the Pods can't be opened to a Gateway. */
export function closedProblems({ implementation, peer, _admittedElsewhere, _listeners }: IGateway): Problems {
  if (peer !== undefined || _admittedElsewhere) {
    return [];
  }
  const remedy =
    implementation?._remedy ??
    'name its implementation, such as GatewayImplementation.ENVOY_GATEWAY, or its Pods, by controller';
  return [`NetworkPolicies close the Pods, and can't open them to ${_listeners.text}; ${remedy}`];
}

/** What is wrong with a certificate for a Gateway that somebody else made. */
export function foreignCertificateProblems(what: string, { _listeners }: IGateway, host: string): Problems {
  const instead = `have a listener with the certificate for ${host} added where it is made, and leave tls out`;
  return _listeners.isMadeHere ? [] : [`${what}.tls is given, and ${_listeners.text} is there already; ${instead}`];
}
