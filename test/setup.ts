import fc from 'fast-check';

// The same cases on every run; FUZZ_SEED tries others.
fc.configureGlobal({ seed: Number(process.env.FUZZ_SEED ?? 20) });
