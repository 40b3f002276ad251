import type { Route } from '../exposure/route';
import { GatewayImplementation } from '../gateway/implementation';
import { shown } from '../values';
import type { DeliveryMetric } from './delivery-metric';

/** The next version of a service, as metrics know it. */
export interface MeasuredService {
  /** The name of the Service that leads to it. */
  readonly name: string;
  readonly port: number;
  /** Nothing when no manifest names it. */
  readonly namespace: string | undefined;
  readonly route: Route;
}

/** What of the requests a source of metrics tells. */
interface Source {
  /** Those that the next version has answered. */
  readonly requests: (also: string) => string;
  /** The buckets of how long they took, and how many of them a millisecond is. */
  readonly buckets: string;
  readonly perMillisecond: number;
  /** Requests that failed, by their status. */
  readonly notFailed: string;
}

/**
 * The metrics of ingress-nginx for requests that a canary has taken: their label says the upstream of the canary. Other labels
 * of the same metrics, such as the namespace, are called otherwise where Prometheus has set its own.
 *
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/monitoring/#exposed-metrics
 */
function ofIngressNginx({ name, port, namespace }: MeasuredService): Source {
  const canary = namespace === undefined ? `canary=~".+-${name}-${port}"` : `canary="${namespace}-${name}-${port}"`;
  return {
    requests: (also) => `nginx_ingress_controller_requests{${canary}${also}}`,
    buckets: `nginx_ingress_controller_request_duration_seconds_bucket{${canary}}`,
    perMillisecond: 0.001,
    notFailed: ',status!~"5.."',
  };
}

/** @see https://istio.io/latest/docs/reference/config/metrics/ */
function ofIstio({ name, namespace }: MeasuredService): Source {
  const at = namespace === undefined ? '' : `,destination_service_namespace="${namespace}"`;
  const service = `reporter="source",destination_service_name="${name}"${at}`;
  return {
    requests: (also) => `istio_requests_total{${service}${also}}`,
    buckets: `istio_request_duration_milliseconds_bucket{${service}}`,
    perMillisecond: 1,
    notFailed: ',response_code!~"5.."',
  };
}

/** Where the answers of the next version are counted; nothing where no metric tells them from others. */
function sourceOf(service: MeasuredService): Source | undefined {
  const { route } = service;
  if (route.kind === 'ingress') {
    return ofIngressNginx(service);
  }
  return route.gateway.implementation === GatewayImplementation.ISTIO ? ofIstio(service) : undefined;
}

/** The question of a metric in PromQL. */
export function queryOf({ _measured: measured }: DeliveryMetric, service: MeasuredService, window: string): string {
  if (measured.kind === 'query') {
    return measured.query;
  }
  const source = sourceOf(service);
  if (source === undefined) {
    return '';
  }
  const { requests, buckets, perMillisecond, notFailed } = source;
  const rate = (what: string) => `sum(rate(${what}[${window}]))`;
  if (measured.kind === 'success-rate') {
    return `100 * ${rate(requests(notFailed))} / ${rate(requests(''))}`;
  }
  const latency = `histogram_quantile(${measured.quantile}, sum by (le) (rate(${buckets}[${window}])))`;
  return perMillisecond === 1 ? latency : `${1 / perMillisecond} * ${latency}`;
}

/** Why a metric can't be asked for. */
export function sourceProblems({ _name, _measured }: DeliveryMetric, service: MeasuredService): string[] {
  return _measured.kind === 'query' || sourceOf(service) !== undefined
    ? []
    : [
        `delivery measures ${shown(_name)}, and no metric of the Gateway is known that tells the requests of the next version; use DeliveryMetric.query`,
      ];
}
