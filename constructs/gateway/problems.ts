import { fields, listOf, recordOf } from '../fields';
import { peerProblems } from '../policy/problems';
import { annotations, flag, namespace, objectName, type Problems, shown } from '../values';
import { implementationProblems } from './implementation';
import { GatewayListener, listenerProblems } from './listener';
import { Listeners } from './listeners';
import type { GatewayProps } from './props';

const PROPS = fields({
  className: objectName,
  implementation: implementationProblems,
  listeners: listOf(ownListenerProblems, '[GatewayListener.http()]'),
  name: gatewayName,
  namespace,
  annotations: recordOf(annotations),
  createClass: flag,
  controller: peerProblems,
  admittedElsewhere: flag,
});

/** What is wrong with the settings of a Gateway; `id` is the name when there is none. */
export function problemsOf(id: string, props: GatewayProps): Problems {
  const problems = PROPS('', props);
  if (problems.length > 0) {
    return problems;
  }
  const { className, implementation, createClass, admittedElsewhere, controller, listeners = [] } = props;
  const others = new Listeners({ kind: 'Gateway', name: props.name ?? id, namespace: undefined }, false, true);
  return [
    ...(props.name === undefined ? gatewayName('the name, taken from the id,', id) : []),
    ...(className === undefined && implementation?.className === undefined
      ? ['className is missing; give it, or an implementation that brings one']
      : []),
    ...(createClass && implementation === undefined
      ? ['createClass is true; give the implementation whose class is made']
      : []),
    ...(admittedElsewhere && controller !== undefined
      ? ['admittedElsewhere and controller are given; leave one out']
      : []),
    ...listeners.flatMap((listener) => {
      const found = others.problemsOfAdding(listener);
      others.add(listener);
      return found;
    }),
  ];
}

/** What is wrong with the name of a Gateway. */
function gatewayName(what: string, value: unknown): Problems {
  const problems = objectName(what, value);
  return problems.length === 0 && String(value).length > 63
    ? [`${what} is ${shown(value)}; use at most 63 characters, since the Gateway's Pods carry it as a label`]
    : problems;
}

/** What is wrong with a listener of a Gateway that is made. */
export function ownListenerProblems(what: string, value: unknown): Problems {
  const problems = listenerProblems(what, value);
  return problems.length === 0 &&
    value instanceof GatewayListener &&
    value._protocol === 'HTTPS' &&
    !value._hasCertificate
    ? [`${what} has no certificate; give GatewayListener.https tls or secrets`]
    : problems;
}
