/** What a backend is called by. */
export interface NamedTarget {
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
  readonly kind?: string;
}

/** A backend without its namespace, e.g. `web:80`, or `Backend web` for one that is no Service. */
export function shortName({ kind, service, port }: Omit<NamedTarget, 'namespace'>): string {
  return `${kind === undefined ? '' : `${kind} `}${service}${port === 0 ? '' : `:${port}`}`;
}

/** A backend with its namespace, e.g. `shop/web:80`, or `Backend shop/web`. No two have the same. */
export function fullName({ namespace, service, ...rest }: NamedTarget): string {
  return shortName({ ...rest, service: `${namespace}/${service}` });
}
