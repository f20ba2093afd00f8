/**
 * Compiles the Lightning Web Components in place (`x.ts` → `x.js`, committed because the platform takes JavaScript
 * only) and writes what the compiler needs to know about the org: the module paths and `types/org.d.ts`.
 *
 *   node scripts/build-lwc.mjs           write
 *   node scripts/build-lwc.mjs --check   write nothing, exit 1 when a committed file differs
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { XMLParser } from 'fast-xml-parser';
import prettier from 'prettier';
import ts from 'typescript';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const metadata = join(root, 'force-app/main/default');
const lwc = join(metadata, 'lwc');
const configFile = join(lwc, 'tsconfig.json');
const parser = new XMLParser({ isArray: (name) => name === 'labels' });

const bundles = () =>
  readdirSync(lwc, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(lwc, entry.name, `${entry.name}.ts`)))
    .map((entry) => entry.name)
    .sort();

/** One module per custom label, object and field, so that a misspelt import fails to compile. */
function orgDeclarations() {
  const labels = parser.parse(readFileSync(join(metadata, 'labels/CustomLabels.labels-meta.xml'), 'utf8'));
  const labelModules = labels.CustomLabels.labels.map(
    ({ fullName }) =>
      `declare module '@salesforce/label/c.${fullName}' {\n  const label: string;\n  export default label;\n}`
  );
  const objects = readdirSync(join(metadata, 'objects')).sort();
  const fields = objects.flatMap((object) => fieldNames(object).map((field) => `${object}.${field}`));
  return [
    '// Written by scripts/build-lwc.mjs from the metadata in force-app; do not edit.',
    ...objects.map((object) => schemaModule(object, { objectApiName: object })),
    ...fields.map((field) => {
      const [objectApiName, fieldApiName] = field.split('.');
      return schemaModule(field, { fieldApiName, objectApiName });
    }),
    ...labelModules
  ].join('\n');
}

const schemaModule = (name, members) =>
  `declare module '@salesforce/schema/${name}' {\n  const reference: { ${Object.entries(members)
    .map(([key, value]) => `${key}: '${value}'`)
    .join('; ')} };\n  export default reference;\n}`;

/** Custom fields of the metadata, and the standard fields that components name. */
function fieldNames(object) {
  const directory = join(metadata, 'objects', object, 'fields');
  const custom = readdirSync(directory).map((file) => file.replace('.field-meta.xml', ''));
  const standard = { Opportunity: ['AccountId', 'CloseDate', 'LastModifiedDate', 'StageName'] };
  return [...custom, ...(standard[object] ?? [])].sort();
}

/** `c/x` cannot be one wildcard for TypeScript (folder and file have the same name), so every module is listed. */
function compilerConfig() {
  const config = JSON.parse(readFileSync(configFile, 'utf8'));
  config.compilerOptions.paths = Object.fromEntries(bundles().map((name) => [`c/${name}`, [`./${name}/${name}.ts`]]));
  return JSON.stringify(config, null, 2);
}

function compile(outputs) {
  const { config } = ts.readConfigFile(configFile, () => outputs.get(configFile));
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, lwc);
  const host = ts.createCompilerHost(parsed.options);
  const readSource = host.getSourceFile.bind(host);
  host.getSourceFile = (file, version) =>
    outputs.has(file) ? ts.createSourceFile(file, outputs.get(file), version) : readSource(file, version);
  const rootNames = [
    ...new Set([...parsed.fileNames, ...[...outputs.keys()].filter((file) => file.endsWith('.d.ts'))])
  ];
  const program = ts.createProgram({ rootNames, options: parsed.options, host });
  const emitted = program.emit(undefined, (file, text) => outputs.set(file, text));
  return [...parsed.errors, ...ts.getPreEmitDiagnostics(program), ...emitted.diagnostics];
}

const outputs = new Map([
  [configFile, compilerConfig()],
  [join(root, 'types/org.d.ts'), orgDeclarations()]
]);
const problems = compile(outputs);
if (problems.length > 0) {
  const host = { getCurrentDirectory: () => root, getCanonicalFileName: (file) => file, getNewLine: () => '\n' };
  console.error(ts.formatDiagnosticsWithColorAndContext(problems, host));
  process.exit(1);
}

const check = process.argv.includes('--check');
const differing = [];
for (const [file, text] of outputs) {
  const options = await prettier.resolveConfig(file);
  const formatted = await prettier.format(text, { ...options, filepath: file });
  if (existsSync(file) && readFileSync(file, 'utf8') === formatted) continue;
  differing.push(relative(root, file));
  if (!check) writeFileSync(file, formatted);
}
console.log(
  differing.length === 0 ? 'Components are up to date.' : `${check ? 'Out of date' : 'Wrote'}:\n${differing.join('\n')}`
);
if (check && differing.length > 0) process.exit(1);
