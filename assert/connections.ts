import { GIVEN_MATCHERS } from '../jest/given';
import type { ConnectionQuestion, ConnectionTable, Peer, Subject } from '../jest/types';
import { hold } from './assertion';

/**
 * Connections may be opened: on the port, or if none is given, on at least one.
 *
 * @throws AssertionError where they may not, and where the question has no answer
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 * @example
 * assertAllowsConnection(app, { from: 'frontend', to: 'backend', port: 6379 });
 */
export function assertAllowsConnection(subject: Subject, question: ConnectionQuestion): void {
  hold({ called: assertAllowsConnection }, (context) =>
    GIVEN_MATCHERS.toAllowConnection.call(context, subject, question),
  );
}

/**
 * Connections may not be opened: not on the port, or if none is given, on none.
 *
 * @throws AssertionError where one may, and where the question has no answer
 */
export function assertDeniesConnection(subject: Subject, question: ConnectionQuestion): void {
  hold({ called: assertDeniesConnection }, (context) =>
    GIVEN_MATCHERS.toDenyConnection.call(context, subject, question),
  );
}

/**
 * Every port of every connection is closed, and the exceptions are open on just the ports they name. What is not excepted is
 * asserted as well, and so is that policies open nothing to pods that no manifest shows.
 *
 * @throws AssertionError where a connection differs, where a policy is open to such pods, and where the question has no answer
 * @example
 * assertDeniesAllConnections(app, { to: 'frontend', except: [{ from: 'ingress-nginx-controller', port: 8080 }] });
 */
export function assertDeniesAllConnections(subject: Subject, table?: ConnectionTable): void {
  hold({ called: assertDeniesAllConnections }, (context) =>
    GIVEN_MATCHERS.toDenyAllConnections.call(context, subject, table),
  );
}

/**
 * Every port of every connection is open, and the exceptions are closed on just the ports they name.
 *
 * @throws AssertionError where a connection differs, and where the question has no answer
 */
export function assertAllowsAllConnections(subject: Subject, table?: ConnectionTable): void {
  hold({ called: assertAllowsAllConnections }, (context) =>
    GIVEN_MATCHERS.toAllowAllConnections.call(context, subject, table),
  );
}

/**
 * An Ingress, a route or a Service of type LoadBalancer or NodePort leads to the workload, and the policies let through who comes
 * that way.
 *
 * @throws AssertionError where there is no open way, and where manifests cannot tell
 */
export function assertExposes(subject: Subject, workload: Peer): void {
  hold({ called: assertExposes }, (context) => GIVEN_MATCHERS.toExpose.call(context, subject, workload));
}

/**
 * No open way leads from outside to the workload.
 *
 * @throws AssertionError where there is one, and where manifests cannot tell
 */
export function assertDoesNotExpose(subject: Subject, workload: Peer): void {
  hold({ called: assertDoesNotExpose, isNot: true }, (context) =>
    GIVEN_MATCHERS.toExpose.call(context, subject, workload),
  );
}
