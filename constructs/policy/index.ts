export * from './default-deny-namespace';
export * from './egress-default';
export { type IPeer, Peer } from './peer';
export * from './policy-port';
