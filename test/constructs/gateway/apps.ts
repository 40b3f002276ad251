import { Chart } from 'cdk8s';
import {
  CanaryIngress,
  type CanaryRule,
  ExposedService,
  Exposure,
  Gateway,
  type GatewayExposureProps,
  GatewayImplementation,
  type GatewayProps,
  NetworkingApp,
  type Tls,
} from '../../../constructs';
import type { Fields } from '../../helpers/fields';

export const HOST = 'shop.example.com';
export const IMAGE = { image: 'registry.example/frontend:1.4', port: 8080 };
export const ENVOY = GatewayImplementation.ENVOY_GATEWAY;

/** An app with a chart for the Gateway in the namespace infra, and one for services in the namespace shop. */
export interface Parts {
  readonly app: NetworkingApp;
  readonly infra: Chart;
  readonly shop: Chart;
}

export function parts(): Parts {
  const app = new NetworkingApp();
  return {
    app,
    infra: new Chart(app, 'infra', { namespace: 'infra' }),
    shop: new Chart(app, 'shop', { namespace: 'shop' }),
  };
}

/** All objects of an app, in the order of its files. */
export function objectsOf(app: NetworkingApp): Fields[] {
  return app.manifestFiles().flatMap(({ objects }) => objects);
}

/** The objects of the Gateway API. */
export function gatewayObjectsOf(app: NetworkingApp): Fields[] {
  return objectsOf(app).filter(({ apiVersion }) => apiVersion.startsWith('gateway.networking.k8s.io/'));
}

/** What makes synthesis fail; nothing when it does not. */
export function failureOf(app: NetworkingApp): string {
  try {
    app.manifestFiles();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

/** What a call fails with. */
export function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

/** The Gateway infra/web. */
export function webOf({ infra }: Parts, props: GatewayProps = { implementation: ENVOY }): Gateway {
  return new Gateway(infra, 'web', { createClass: props.implementation !== undefined, ...props });
}

/** The service shop/frontend, exposed by a Gateway. */
export function frontendOf(
  { shop }: Parts,
  gateway: GatewayExposureProps['gateway'],
  props: Partial<GatewayExposureProps> = {},
): ExposedService {
  return new ExposedService(shop, 'frontend', {
    ...IMAGE,
    exposure: Exposure.gateway({ gateway, host: HOST, ...props }),
  });
}

/** What an exposure is the same about for both targets. */
export interface Shared {
  readonly path?: string;
  readonly pathType?: GatewayExposureProps['pathType'];
  readonly tls?: Tls;
  readonly httpsOnly?: boolean;
}

/** The objects of an app whose frontend is exposed both ways at once. */
export function bothWays(
  exposures: readonly Shared[],
  rule?: CanaryRule,
  implementation: GatewayImplementation | undefined = ENVOY,
): Fields[] {
  const made = parts();
  const gateway = webOf(made, implementation ? { implementation } : { className: 'eg' });
  const mains = exposures.map((shared, at) => {
    const id = `frontend-${at}`;
    const exposure = Exposure.ingress({ host: HOST, ...shared }).and(
      Exposure.gateway({ gateway, host: HOST, ...shared }),
    );
    return new ExposedService(made.shop, id, { ...IMAGE, exposure });
  });
  const [main] = mains;
  if (rule && main) {
    new CanaryIngress(made.shop, 'canary', { main, rule, canary: { image: 'registry.example/frontend:1.5' } });
  }
  return objectsOf(made.app);
}
