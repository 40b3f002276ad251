import type { FindingArgs } from '../../../analysis/check/finding-args';
import type { Words } from '../wording';

type Args = FindingArgs['route-not-attached'];

export const words: Words<Args> = {
  title: 'no listener takes a route, or it may not use its backends',
  message: ({ reason, of, namespace, kind, why }) => {
    switch (reason) {
      case 'no-parent':
        return 'the route is attached to no Gateway';
      case 'parent-missing':
        return `the route is attached to the ${of}, which is not among the manifests`;
      case 'parent-wrong':
        return `the route ${why}`;
      case 'no-grant':
        return `no ReferenceGrant lets ${kind}s of ${namespace} refer to ${of}`;
      case 'no-weight':
        return 'the weights of all backendRefs are 0: every request is answered with an error';
      default:
        return why;
    }
  },
  advice: (args) => advice(args),
};

function advice({ reason, of, namespace, kind, candidates }: Args): string {
  switch (reason) {
    case 'no-parent':
      return 'name a Gateway in parentRefs';
    case 'parent-missing':
      return candidates.length > 0
        ? `did you mean ${candidates.join(' or ')}?`
        : `give the manifests of the ${of.split(' ')[0]} too, or mend the name and the namespace`;
    case 'parent-wrong':
      return 'name a Gateway, or a ListenerSet of one';
    case 'set-not-added':
      return 'mend the ListenerSet, or the allowedListeners of its Gateway';
    case 'taken':
      return 'give them listeners, or names of TLS, of their own';
    case 'no-listener':
      return 'mend sectionName and port, or leave them out';
    case 'protocol':
      return `attach the ${kind} to a listener of a protocol that has ${kind}s`;
    case 'kind':
      return `add ${kind} to the allowedRoutes.kinds of the listener`;
    case 'listener-not-served':
      return 'mend the listener';
    case 'namespace':
      return `set allowedRoutes.namespaces.from of the listener of ${of} to All, or to Selector with a label of the namespace ${namespace}`;
    case 'namespace-unknown':
      return `give the manifest of the namespace ${namespace} too`;
    case 'namespace-selector':
      return `give the namespace ${namespace} the labels that the listener of ${of} selects`;
    case 'hostname':
      return 'give the route a hostname of the listener, or the listener one that covers it';
    case 'other-listener':
      return 'attach the route to that listener too';
    case 'no-grant':
      return `write a ReferenceGrant in the namespace of the ${of.split(' ')[0]} for ${kind}s of ${namespace}`;
    case 'no-weight':
      return 'give one of them a weight, or leave the weights out';
  }
}
