/** When a probe asks; what is left out is the Kubernetes default. */
interface Timing {
  readonly periodSeconds?: number;
  readonly initialDelaySeconds?: number;
}

/** One row of the table: a service of Online Boutique that speaks gRPC. */
export interface Microservice {
  /** The name of Deployment, Service, image and label. */
  readonly name: string;
  /** The port of the Pod. */
  readonly port: number;
  /** The port of the Service; left out, that of the Pod. */
  readonly servicePort?: number;
  readonly portName?: string;
  /** The environment, without the addresses of the services that it asks. */
  readonly env: Readonly<Record<string, string>>;
  readonly asks?: readonly string[];
  /** What others call it in their environment; left out, its name without "service". */
  readonly addressName?: string;
  readonly readiness?: Timing;
  readonly liveness?: Timing;
  /** Seconds between the request to stop and the kill; left out, the Kubernetes default of 30. */
  readonly grace?: number;
  /** Request and limit in millicores. */
  readonly cpu: Range;
  /** Request and limit in MiB. */
  readonly memory: Range;
}

export type Range = readonly [request: number, limit: number];

/** Where a service listens, and that it leaves the profiler of Google Cloud alone. */
function quiet(port: number): Record<string, string> {
  return { PORT: String(port), DISABLE_PROFILER: '1' };
}

const SMALL = { cpu: [100, 200], memory: [64, 128] } as const;
const OFTEN: Timing = { periodSeconds: 5 };
const BOTH_OFTEN = { readiness: OFTEN, liveness: OFTEN };
const CART_START: Timing = { initialDelaySeconds: 15 };
const AD_START: Timing = { initialDelaySeconds: 20, periodSeconds: 15 };

/** Every service that speaks gRPC. The frontend speaks HTTP, and redis its own protocol. */
export const MICROSERVICES: readonly Microservice[] = [
  { name: 'emailservice', port: 8080, servicePort: 5000, env: quiet(8080), ...BOTH_OFTEN, grace: 5, ...SMALL },
  {
    name: 'checkoutservice',
    port: 5050,
    env: { PORT: '5050' },
    asks: [
      'productcatalogservice',
      'shippingservice',
      'paymentservice',
      'emailservice',
      'currencyservice',
      'cartservice',
    ],
    ...SMALL,
  },
  {
    name: 'recommendationservice',
    port: 8080,
    env: quiet(8080),
    asks: ['productcatalogservice'],
    ...BOTH_OFTEN,
    grace: 5,
    cpu: [100, 200],
    memory: [220, 450],
  },
  { name: 'paymentservice', port: 50051, env: quiet(50051), grace: 5, ...SMALL },
  { name: 'productcatalogservice', addressName: 'PRODUCT_CATALOG', port: 3550, env: quiet(3550), grace: 5, ...SMALL },
  {
    name: 'cartservice',
    port: 7070,
    env: { REDIS_ADDR: 'redis-cart:6379' },
    readiness: CART_START,
    liveness: CART_START,
    grace: 5,
    cpu: [200, 300],
    memory: [64, 128],
  },
  { name: 'currencyservice', port: 7000, portName: 'grpc', env: quiet(7000), grace: 5, ...SMALL },
  { name: 'shippingservice', port: 50051, env: quiet(50051), readiness: OFTEN, ...SMALL },
  {
    name: 'adservice',
    port: 9555,
    env: { PORT: '9555' },
    readiness: AD_START,
    liveness: AD_START,
    grace: 5,
    cpu: [200, 300],
    memory: [180, 300],
  },
];

/** The Services of Online Boutique that are not in the table. */
const OTHERS = ['frontend', 'frontend-external', 'redis-cart', 'loadgenerator'];

/** Every name that an object of Online Boutique has. */
export const NAMES: ReadonlySet<string> = new Set([...MICROSERVICES.map(({ name }) => name), ...OTHERS]);

/** The variables by which a workload finds the services that it asks: `AD_SERVICE_ADDR` is `adservice:9555`. */
export function addresses(asked: readonly string[] = []): Record<string, string> {
  const rows = asked.flatMap((name) => MICROSERVICES.filter((row) => row.name === name));
  return Object.fromEntries(
    rows.map((row) => {
      const called = row.addressName ?? row.name.replace(/service$/, '').toUpperCase();
      return [`${called}_SERVICE_ADDR`, `${row.name}:${row.servicePort ?? row.port}`];
    }),
  );
}

/** The environment of a microservice, in the order of the releases. */
export function environment({ env, asks }: Microservice): Record<string, string> {
  const { PORT, ...others } = env;
  return { ...(PORT === undefined ? {} : { PORT }), ...addresses(asks), ...others };
}
