export { AdminPeer } from './admin-peer';
export * from './admin-policy';
export { AdminRule, type AdminRuleOptions } from './admin-rule';
