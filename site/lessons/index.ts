export { COURSES } from './courses';
export { EXAMPLES, type Example } from './examples';
export { type Course, type Lesson, type Step, startOf, textOf } from './lesson';
