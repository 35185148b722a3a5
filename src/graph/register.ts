import { registerSynthCheck } from '../core';

// The rules are loaded by the first synth: importing the library does not take the time.
registerSynthCheck((root) => (require('./synth') as typeof import('./synth')).checkSynth(root));
