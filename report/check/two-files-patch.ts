// What is used of the library for differences; the build puts it and all that it needs into this file (scripts/dependencies.ts).
export { createTwoFilesPatch } from 'diff';
