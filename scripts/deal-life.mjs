// Plays a deal's life on both stand-ins and prints each step with both records side by side.
import { parseArgs } from 'node:util';
import { typescript } from './lib/typescript.mjs';

const usage = `Plays a lead and deals that Microsoft sends, and the life of a rep's own deal from private to registered, on the Salesforce and the Partner Center
stand-ins, with the sync engine in between. Prints what each step changed on both sides and in the audit trail.

  npm run deal-life [-- --json]`;

const options = { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } };

const textOf = (value) =>
  value === null || value === undefined || value === '' ? '–' : String(value).replace(/\s+/g, ' ');

/** Members that a step changed, as lines "name: before → after". */
function changesOf(before, after) {
  return Object.entries(after)
    .filter(([name, value]) => textOf(value) !== textOf(before[name]))
    .map(([name, value]) =>
      before[name] === undefined ? `${name}: ${textOf(value)}` : `${name}: ${textOf(before[name])} → ${textOf(value)}`
    );
}

/** Two lists of lines beside each other; a line that is too long goes on below. */
function sideBySide(left, right, width) {
  const wrap = (lines) =>
    lines.flatMap((line) => line.match(new RegExp(`.{1,${width}}(?:\\s|$)|.{${width}}`, 'gu')) ?? ['']);
  const [first, second] = [wrap(left), wrap(right)];
  return Array.from({ length: Math.max(first.length, second.length) }, (_, row) =>
    `  ${(first[row] ?? '').padEnd(width)} │ ${second[row] ?? ''}`.trimEnd()
  );
}

function print(number, { title, salesforce, partnerCenter, trail, calls }, before) {
  const width = Math.min(68, Math.max(40, Math.floor(((process.stdout.columns ?? 120) - 6) / 2)));
  const made = Object.entries(calls).map(([system, count]) => `${system} ${count}`);
  console.log(`\n${number}. ${title}   (calls: ${made.join(', ')})`);
  const left = changesOf(before.salesforce, salesforce);
  const right = changesOf(before.partnerCenter, partnerCenter);
  for (const line of sideBySide(['Salesforce', ...left], ['Partner Center', ...right], width)) console.log(line);
  for (const line of trail) console.log(`  · ${line}`);
}

const { values } = parseArgs({ options });
if (values.help) console.log(usage);
else {
  const { load, close } = await typescript();
  const { dealLife, lifeRig } = await load('test/service/support/deal-life.ts');
  const rig = await lifeRig();
  try {
    const steps = [];
    const nothing = { deal: '', salesforce: {}, partnerCenter: {} };
    let before = nothing;
    for await (const step of dealLife(rig)) {
      steps.push(step);
      if (step.deal !== before.deal) before = nothing;
      if (!values.json && before === nothing) console.log(`\n— ${step.deal} —`);
      if (!values.json) print(steps.length, step, before);
      before = step;
    }
    if (values.json) console.log(JSON.stringify(steps, null, 2));
  } finally {
    await rig.close();
    await close();
  }
}
