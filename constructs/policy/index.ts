export * from './default-deny-namespace';
export { type ClusterDnsOptions, EgressDefault } from './egress-default';
export { type IPeer, Peer } from './peer';
export * from './policy-port';
