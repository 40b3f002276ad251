/**
 * How far the Stars demo has come. Each step stands on those before it.
 *
 * @see https://docs.tigera.io/calico/latest/network-policy/get-started/kubernetes-policy/kubernetes-demo
 */
export enum StarsStep {
  /** The services without any policy: each reaches every other, and the UI reaches all three. */
  OPEN = 'open',
  /** `default-deny` in `stars` and `client`: nobody reaches frontend, backend or client. */
  DEFAULT_DENY = 'default-deny',
  /** `allow-ui` in both: the UI reaches all three, which still can't reach each other. */
  ALLOW_UI = 'allow-ui',
  /** `backend-policy`: the frontend reaches the backend on TCP 6379, and nothing else is opened. */
  BACKEND_POLICY = 'backend-policy',
  /** `frontend-policy`: the client reaches the frontend on TCP 80, and nothing else is opened. */
  FRONTEND_POLICY = 'frontend-policy',
}
