import type { Manifest } from '../../manifest';
import { Endpoints } from '../endpoints';
import type { Findings } from '../problems';
import { type Assumption, assumedNote, noPort, type Service, servicesOf } from '../service';

/** Where a backend of an Ingress leads: the Service's port, or why it leads nowhere. */
export type Resolved =
  | { readonly namespace: string; readonly service: string; readonly port: number; readonly note?: string }
  | { readonly missing: string; readonly note?: string };

/** The Services of some manifests, as ingress-nginx looks their ports up. */
export class Services {
  private readonly services: ReadonlyMap<string, Service>;
  private readonly endpoints: Endpoints;

  constructor(
    manifests: readonly Manifest[],
    private readonly options: {
      readonly externalNames: boolean;
      readonly assumed: Assumption;
      /** Whether a port by name counts too, whose number nobody knows: enough to compare with, not to answer. */
      readonly assumesNames: boolean;
    },
    private readonly findings: Findings,
  ) {
    this.services = servicesOf(manifests, findings);
    this.endpoints = new Endpoints(manifests);
  }

  /** The first port of a Service; `undefined` where there is no such Service or it has no port. */
  firstPort(namespace: string, name: string): number | undefined {
    return this.services.get(`${namespace}/${name}`)?.ports[0]?.port;
  }

  /** Whether a Service is not among the manifests. */
  isAbsent(namespace: string, name: string): boolean {
    return !this.services.has(`${namespace}/${name}`);
  }

  /** Whether one that is not among the manifests is taken as there. */
  isAssumed(namespace: string, name: string): boolean {
    return this.options.assumed(`Service ${namespace}/${name}`);
  }

  /** The port of a Service whose number, target or name is the one given. */
  resolve(namespace: string, name: string, wanted: number | string): Resolved {
    const service = this.services.get(`${namespace}/${name}`);
    if (service === undefined) {
      return this.absent(namespace, name, wanted);
    }
    const text = String(wanted);
    const found = service.ports.find(({ name: own, port, target }) => [String(port), target, own].includes(text));
    if (service.isExternal) {
      return this.external(namespace, name, typeof wanted === 'number' ? wanted : found?.port);
    }
    if (found === undefined) {
      return { missing: noPort(`${namespace}/${name}`, wanted, service) };
    }
    // The first port that fits decides. One for UDP will do where TCP has another: its number is taken for that.
    if (!found.isTcp && !(found.hasNumber && service.ports.some(({ isTcp }) => isTcp))) {
      return { missing: `port ${wanted} of Service ${namespace}/${name} is not TCP` };
    }
    const lack = this.endpoints.lackOf(`${namespace}/${name}`, found.port);
    if (lack?.isSure) {
      return { missing: lack.why, ...(lack.note === undefined ? {} : { note: lack.note }) };
    }
    return { namespace, service: name, port: found.port, ...(lack === undefined ? {} : { note: lack.why }) };
  }

  /** A Service that is not among the manifests. */
  private absent(namespace: string, name: string, wanted: number | string): Resolved {
    const key = `${namespace}/${name}`;
    if (!this.options.assumed(`Service ${key}`)) {
      this.findings.missing.add(`Service ${key}`);
      return { missing: `Service ${key} does not exist` };
    }
    if (typeof wanted === 'number') {
      return { namespace, service: name, port: wanted, note: assumedNote(key) };
    }
    const port = JSON.stringify(wanted);
    if (this.options.assumesNames) {
      return { namespace, service: name, port: 0, note: `${assumedNote(key)}, with a port ${port}` };
    }
    this.findings.missing.add(`Service ${key}`);
    const missing = `Service ${key} is not among the manifests, and which number its port ${port} has cannot be told`;
    return {
      missing,
      note: `it cannot be said whether Service ${key}, which is taken as there, has a port ${port}; give its manifest`,
    };
  }

  private external(namespace: string, service: string, port: number | undefined): Resolved {
    if (!this.options.externalNames) {
      return { missing: `Service ${namespace}/${service} is an ExternalName, which this controller does not serve` };
    }
    if (port === undefined) {
      return { missing: `Service ${namespace}/${service} has no port of that name` };
    }
    const note = `Service ${namespace}/${service} is an ExternalName: its DNS name decides where requests end`;
    return { namespace, service, port, note };
  }
}
