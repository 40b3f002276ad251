import { type DeliveryStep, deliveredManifests } from '../delivery/deliveries';
import type { InputDegree, Manifest, ManifestProblemCode, Problem } from '../manifest';
import { distinct, judged, manifestsOf } from '../manifest';
import type { Answer, RouteExplanation, RouteRequest, RouteRow } from './answer';
import { attachedObjects, attachedPolicies } from './attached/collect';
import { noteMissingTargets } from './attached/missing-targets';
import { AttachedPolicies } from './attached/notes';
import type { AttachedObject } from './attached/object';
import { type DeliveredManifests, delivered } from './delivered';
import { Router } from './explain';
import { type ForwardedTls, forwardedModel } from './forwarded';
import { Elsewhere, type ElsewhereRoute } from './gateway-api/elsewhere';
import type { Gateway } from './gateway-api/objects';
import { readGatewayApi } from './gateway-api/read';
import type { StreamRoute } from './gateway-api/streams';
import type { ServedClass } from './ingress-nginx/classes';
import { type ReadRoutes, readIngressNginx } from './ingress-nginx/read';
import { chainOf, loopNote } from './loops';
import type { RouteRule, RoutingModel } from './model';
import { Findings, type RoutingNote, type RoutingProblemCode } from './problems';
import { type ParsedRequest, parsedRequest } from './request';
import { streamRow, tableOf } from './table';
import { targetOf } from './targets';

/** Manifests as `readManifests` and `manifestsOf` give them. */
export interface RoutesInput {
  readonly manifests: readonly Manifest[];
  /** Problems that reading found; they become problems of the routes. */
  readonly problems?: readonly Problem<ManifestProblemCode>[];
}

/** How manifests are read. */
export interface ReadingOptions {
  /**
   * How strictly: whether what an API server refuses or drops, and what can still be understood, is one of `problems` or
   * of `warnings`.
   *
   * @default 'strict'
   */
  readonly input?: InputDegree;
  /**
   * Whether a Service that is not among the manifests is taken as there, with the port number that is asked for. Answers
   * that hang on it say so.
   *
   * @default false
   */
  readonly assumeServices?: boolean;
  /**
   * The step of a Rollout of Argo Rollouts or of a Canary of Flagger at which requests are asked about.
   *
   * @default - before the first step: what the manifests say by themselves, with a note that a controller changes it
   */
  readonly step?: DeliveryStep;
}

/** Settings of `Routes.ofIngressNginx`. */
export interface IngressNginxOptions extends ReadingOptions {
  /**
   * The class to serve: the name of an IngressClass, or the value of the old class annotation.
   *
   * @default - the only one that the manifests use
   */
  readonly ingressClass?: string;
  /**
   * Where TLS ends at a load balancer in front: who sends clients to HTTPS. All requests come by HTTP then.
   *
   * @default - TLS ends at the controller
   */
  readonly forwardedTls?: ForwardedTls;
  /**
   * Whether a Secret or a ConfigMap that an annotation names and that is not among the manifests is taken as there, with what it
   * has to hold. Answers that hang on it say so.
   *
   * @default false
   */
  readonly assumeSecrets?: boolean;
  /**
   * The release of ingress-nginx, `1.8` to `1.15`, with its patch or for the last one without.
   *
   * @default - what the image of the controller says where it is among the manifests, else 1.15
   */
  readonly controllerVersion?: string;
  /**
   * The ConfigMap of ingress-nginx, `NAMESPACE/NAME`.
   *
   * @default - what the arguments of the controller say where it is among the manifests, else none
   */
  readonly configMap?: string;
}

/** Settings of `Routes.ofGateway`. */
export interface GatewayOptions extends ReadingOptions {
  /**
   * The Gateway to serve, `NAMESPACE/NAME`.
   *
   * @default - the only one that the manifests have
   */
  readonly gateway?: string;
  /**
   * Whether a Gateway that routes name and that is not among the manifests is taken as one that admits them, with HTTP on port
   * 80 and HTTPS on port 443, or what the section names and ports of their parentRefs stand for.
   *
   * @default false
   */
  readonly assumeGateway?: boolean;
}

/** Which of several controllers and Gateways; at most one may be given. */
export interface RoutesOptions extends IngressNginxOptions, GatewayOptions {}

/**
 * Where requests go that reach a controller or Gateway, from manifests alone.
 *
 * @example
 * const routes = Routes.of(readManifests(text, 'shop.yaml'));
 * const answer = routes.route({ url: 'http://shop.example.com/cart', headers: { FOO: 'bar' } });
 */
export class Routes {
  /** What hosts, paths and decisions there are, as data. */
  readonly model: RoutingModel;
  /** Everything in the manifests that is wrong. Answers are right only where there is nothing. */
  readonly problems: readonly Problem<RoutingProblemCode>[];
  /** What is not as an API server takes it, and what is assumed of it. Some only where the input is read as `tolerant`. */
  readonly warnings: readonly Problem<RoutingProblemCode>[];
  /** What decides answers and may surprise: Ingresses that are not served, canaries that do nothing, assumptions. */
  readonly notes: readonly RoutingNote[];

  /**
   * Routes of which the manifests do not tell whether they are served: their Gateway is not among them and not taken as there,
   * or their parent or their kind is not read. Each answer that they might change has a note.
   */
  readonly elsewhere: readonly ElsewhereRoute[];

  /** Where connections go that a Gateway passes on without seeing requests: those of TLSRoutes, TCPRoutes and UDPRoutes. */
  readonly streams: readonly StreamRoute[];

  /** The class of the Ingresses, where nobody chose it; `undefined` where there is none. */
  readonly served: ServedClass | undefined;

  /**
   * The Services to which something leads and that are not among the manifests, and backends of other kinds, each with its kind: answers
   * take them as missing.
   */
  readonly missing: ReadonlySet<string>;

  /** What was assumed of the controller and decides some answers, in words: its release. */
  readonly assumed: readonly string[];

  private readonly around: Around;
  private objects: readonly AttachedObject[] | undefined;
  private policies: AttachedPolicies | undefined;
  private readonly router: Router;
  private readonly others: Elsewhere;
  private readonly own: ReadRoutes['notesFor'];
  /** What is true of every answer. */
  private readonly general: readonly string[];

  private constructor(
    { model, notes: general, elsewhere = [], notesFor, served, assumed = [] }: ReadRoutes,
    { problems: found, notes: findings, missing }: Findings,
    readonly server: 'nginx' | 'gateway',
    degree: InputDegree | undefined,
    others: Elsewhere,
    around: Around = NOTHING,
  ) {
    this.model = model;
    const { problems, warnings } = judged(found, degree);
    this.problems = problems;
    this.warnings = warnings;
    this.notes = findings;
    this.general = general;
    this.others = others;
    this.own = notesFor;
    this.elsewhere = [...others.routes, ...elsewhere];
    this.served = served;
    this.missing = missing;
    this.assumed = assumed;
    this.around = around;
    this.streams = around.streams;
    this.router = new Router(model, general, server);
  }

  /**
   * Reads the one controller or Gateway that the manifests are for.
   *
   * Where they hold Ingresses and Gateways, one has to be chosen; else there is the problem `several-targets`.
   *
   * @param input what `readManifests` or `manifestsOf` gave, or Kubernetes objects as they are
   * @throws RangeError where both a class and a Gateway are given, and for a release that is not one from 1.8 to 1.15
   */
  static of(input: RoutesInput | readonly object[], options: RoutesOptions = {}): Routes {
    const { ingressClass, gateway } = options;
    if (ingressClass !== undefined && gateway !== undefined) {
      throw new RangeError(`ingressClass ${ingressClass} and gateway ${gateway}: give one of them`);
    }
    const reading = readingOf(input);
    const chosen = ingressClass !== undefined ? 'ingress-nginx' : gateway !== undefined ? 'gateway' : undefined;
    const target = chosen ?? targetOf(deliveredManifests(reading.manifests), options.assumeGateway);
    if (typeof target === 'string') {
      return target === 'gateway' ? Routes.ofGateway(reading, options) : Routes.ofIngressNginx(reading, options);
    }
    const findings = new Findings();
    const message = `there are ${target.choices}; choose one`;
    findings.problems.push(...(reading.problems ?? []), { code: 'several-targets', file: '', line: 0, message });
    const others = new Elsewhere([], undefined);
    return new Routes({ model: { listeners: [] }, notes: [] }, findings, 'nginx', options.input, others);
  }

  /**
   * Reads what ingress-nginx makes of Ingresses, as its releases 1.8 to 1.15 do.
   *
   * Arguments and ConfigMap of the controller count where it is among the manifests. Ingresses without creation time are
   * taken as made at the same time.
   *
   * @param input what `readManifests` or `manifestsOf` gave, or Kubernetes objects as they are
   * @throws RangeError for a release that is not one from 1.8 to 1.15
   * @see https://kubernetes.github.io/ingress-nginx/
   */
  static ofIngressNginx(input: RoutesInput | readonly object[], options: IngressNginxOptions = {}): Routes {
    return Routes.ingressNginx(input, options, options.assumeServices);
  }

  private static ingressNginx(
    input: RoutesInput | readonly object[],
    options: IngressNginxOptions,
    assumeServices: Assumed,
  ): Routes {
    const findings = new Findings();
    const { manifests, notesFor } = delivered(distinctOf(input, findings), options.step, findings);
    const read = readIngressNginx(manifests, { ...options, assumeServices }, findings);
    const { forwardedTls } = options;
    const model = forwardedTls === undefined ? read.model : forwardedModel(read.model, forwardedTls);
    const others = new Elsewhere(manifests, undefined, undefined, findings, false);
    const assuming = (objects: ReadonlySet<string>) => Routes.ingressNginx(input, options, objects);
    const around = { manifests, gateway: undefined, streams: [], notesFor, assuming };
    return new Routes({ ...read, model }, findings, 'nginx', options.input, others, around);
  }

  /**
   * Reads what a Gateway makes of the HTTPRoutes that are attached to it, as the specification of the Gateway API v1 says.
   *
   * What it leaves to implementations is noted: regular expressions, and hosts of which several routes have a part.
   * HTTPRoutes without creation time are taken as made at the same time.
   *
   * @param input what `readManifests` or `manifestsOf` gave, or Kubernetes objects as they are
   * @see https://gateway-api.sigs.k8s.io/reference/spec/
   */
  static ofGateway(input: RoutesInput | readonly object[], options: GatewayOptions = {}): Routes {
    return Routes.gateway(input, options, options.assumeServices);
  }

  private static gateway(
    input: RoutesInput | readonly object[],
    options: GatewayOptions,
    assumeServices: Assumed,
  ): Routes {
    const findings = new Findings();
    const { manifests, notesFor } = delivered(distinctOf(input, findings), options.step, findings);
    const { model, served, streams, unsure } = readGatewayApi(manifests, { ...options, assumeServices }, findings);
    noteMissingTargets(manifests, findings);
    const others = new Elsewhere(manifests, served?.key, unsure, findings, served !== undefined);
    const assuming = (objects: ReadonlySet<string>) => Routes.gateway(input, options, objects);
    const around = { manifests, gateway: served, streams, notesFor, assuming };
    return new Routes({ model, notes: [] }, findings, 'gateway', options.input, others, around);
  }

  /**
   * Where a request goes.
   *
   * @throws RangeError for what is no request, such as a relative URL
   */
  route(request: RouteRequest): Answer {
    const parsed = parsedRequest(request);
    const { answer, rule } = this.router.answer(parsed);
    return withNotes(answer, this.notesFor(request, parsed, answer, rule));
  }

  /**
   * Where a request goes, and why.
   *
   * @throws RangeError for what is no request, such as a relative URL
   */
  explain(request: RouteRequest): RouteExplanation {
    const parsed = parsedRequest(request);
    const explanation = this.router.explain(parsed);
    const { answer, rule } = explanation;
    return { ...explanation, answer: withNotes(answer, this.notesFor(request, parsed, answer, rule)) };
  }

  /** What is to be said of an answer by what stands around the routes. */
  private notesFor(
    request: RouteRequest,
    parsed: ParsedRequest,
    answer: Answer,
    rule: RouteRule | undefined,
  ): string[] {
    return [
      ...this.others.notesFor(parsed),
      ...(this.own?.(parsed) ?? []),
      ...this.attachedNotes(rule, answer),
      ...this.loopNotes(request, answer),
    ];
  }

  /** All routes that the manifests make, by host and path; those of every host last. */
  table(): readonly RouteRow[] {
    const rows = tableOf(this.model, this.general).map((row) => {
      const notes = this.attachedNotes(row.rule, row);
      return notes.length === 0 ? row : { ...row, notes: [...row.notes, ...notes] };
    });
    return [...rows, ...this.streams.map(streamRow)];
  }

  /**
   * The same routes, with some of what is `missing` taken as there. Two sides that both lack a Service are compared by its name, as it
   * may be elsewhere.
   */
  assuming(objects: ReadonlySet<string>): Routes {
    return this.around.assuming?.(objects) ?? this;
  }

  /** Whether the manifests have an object, by its kind, namespace and name. */
  has(object: string): boolean {
    return this.around.manifests.some(
      ({ kind, namespace = 'default', name }) => object === `${kind} ${namespace}/${name}`,
    );
  }

  /**
   * What may change what becomes of requests in ways that are not evaluated: policies that are attached, what filters name,
   * the Services to which routes lead, what a Gateway says besides. Where two sets of routes are compared, these are too.
   */
  get attached(): readonly AttachedObject[] {
    this.objects ??= attachedObjects(this.around.manifests, this.model, this.around.gateway, this.streams);
    return this.objects;
  }

  /** Redirects that never end, from their first on: each of them answers one request, and none a client's. */
  private loopNotes(request: RouteRequest, answer: Answer): string[] {
    if (answer.outcome !== 'redirect') {
      return [];
    }
    const note = loopNote(chainOf((one) => this.plainAnswer(one), request));
    return note === undefined ? [] : [note];
  }

  /** An answer without what stands around it; `undefined` for what is no request. */
  private plainAnswer(request: RouteRequest): Answer | undefined {
    try {
      return this.router.answer(parsedRequest(request)).answer;
    } catch (error) {
      if (error instanceof RangeError) {
        return undefined;
      }
      throw error;
    }
  }

  private attachedNotes(rule: RouteRule | undefined, answer: Answer | Pick<RouteRow, 'backends'>): string[] {
    const backends = 'backends' in answer ? answer.backends : [];
    const { gateway, notesFor } = this.around;
    this.policies ??= new AttachedPolicies(attachedPolicies(this.around.manifests, gateway), gateway?.key);
    return [...notesFor(rule), ...this.policies.notesFor(rule, backends)];
  }
}

/** What stands around routes. */
interface Around {
  readonly manifests: readonly Manifest[];
  /** The Gateway that is served. */
  readonly gateway: Gateway | undefined;
  readonly streams: readonly StreamRoute[];
  /** What controllers of progressive delivery do to routes. */
  readonly notesFor: DeliveredManifests['notesFor'];
  /** Reads the same anew, with some Services taken as there. */
  readonly assuming?: (objects: ReadonlySet<string>) => Routes;
}

type Assumed = boolean | ReadonlySet<string> | undefined;

function withNotes(answer: Answer, notes: readonly string[]): Answer {
  return notes.length === 0 ? answer : { ...answer, notes: [...notes, ...(answer.notes ?? [])] };
}

const NOTHING: Around = { manifests: [], gateway: undefined, streams: [], notesFor: () => [] };

function readingOf(input: RoutesInput | readonly object[]): RoutesInput {
  return 'manifests' in input ? input : manifestsOf(input);
}

function distinctOf(input: RoutesInput | readonly object[], findings: Findings): readonly Manifest[] {
  const { manifests, problems = [] } = readingOf(input);
  const once = distinct(manifests);
  findings.problems.push(...problems, ...once.problems);
  return once.manifests;
}
