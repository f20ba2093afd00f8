import { realSfs } from '../../scripts/lib/real-sf.mjs';
import { workingDay } from './session/working-day.js';

const [, cli] = realSfs;
if (cli === undefined) throw new Error('There is no such CLI.');
workingDay(cli);
