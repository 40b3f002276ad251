export { yamlOf } from './documents';
