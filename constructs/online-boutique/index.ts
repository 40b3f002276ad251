export { OnlineBoutiqueFrontend, type OnlineBoutiqueFrontendProps } from './frontend';
export * from './online-boutique';
export * from './release';
