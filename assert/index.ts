/**
 * Assertions for any test runner, such as node:test: who can connect to whom, where requests go, and what is wrong.
 *
 * @packageDocumentation
 */
export * from '../jest/core';
export * from './connections';
export * from './findings';
export * from './routes';
export * from './snapshots';
