import fc from 'fast-check';

// The everyday run asks the same worlds each time: a failure is then of the change at hand. The nightly run asks new ones.
if (process.env.NIGHTLY !== '1') {
  fc.configureGlobal({ seed: 20_260 });
}

export default fc;
