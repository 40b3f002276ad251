import { shop } from './shop.js';

shop({ outdir: 'dist' }).synth();
