/** How often a property is tried: hundreds of times with `npm test`, thousands with `npm run test:nightly`. */
export const RUNS = { numRuns: process.env.NIGHTLY === '1' ? 5000 : 150 };

/** The same for properties that synthesize a whole installation each time. */
export const FEWER_RUNS = { numRuns: process.env.NIGHTLY === '1' ? 2000 : 50 };
