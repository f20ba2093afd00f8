import type { DeployComponent } from '../../package/collect.js';
import { problemOf, type Problem } from '../../package/problem.js';
import { number } from '../../xml/element.js';
import type { World } from '../world.js';
import type { CompiledFile } from './compile.js';
import { configurationProblems } from './configuration.js';
import { importProblem } from './references.js';

/** Kinds of files a bundle may hold; `js-meta.xml` is its configuration. */
const sources = /\.(js|html|css)$/;
const others = /\.(js-meta\.xml|svg)$/;
/** Compiled once per deploy, although references are checked again whenever another component drops out. */
const compiledBundles = new WeakMap<DeployComponent, readonly CompiledFile[]>();

/** Checks a bundle by itself: its name, its files, and that each compiles. */
export async function bundleProblems(component: DeployComponent, world: World): Promise<Problem[]> {
  const { fullName } = component;
  if (!/^[a-z][A-Za-z0-9_]*$/.test(fullName) || fullName.endsWith('_') || fullName.includes('__')) {
    const shape = 'must begin with a lowercase letter, contain only alphanumeric or underscore characters';
    return [problemOf(component, `Invalid Lightning Web Component name '${fullName}': ${shape}`)];
  }
  const files = bundleFiles(component);
  const names = [...files.keys()];
  if (!names.includes(`${fullName}.js`) && !names.includes(`${fullName}.css`)) {
    return [problemOf(component, `No base file for markup://c:${fullName}`)];
  }
  const foreign = names.filter((name) => !sources.test(name) && !others.test(name));
  if (foreign.length > 0)
    return foreign.map((name) => at(component, name, `Unsupported file in Lightning Component Bundle: ${name}`));
  const { compileFile } = await import('./compile.js');
  const apiVersion = number(component.element, 'apiVersion') ?? Number(world.org.apiVersion);
  const compiled = names
    .filter((name) => sources.test(name))
    .map((name) => compileFile(fullName, name, files.get(name)?.toString('utf8') ?? '', apiVersion));
  compiledBundles.set(component, compiled);
  return compiled.flatMap(({ name, problem }) =>
    problem ? [at(component, name, `[Line: ${problem.line}, Col: ${problem.column}] ${problem.message}`, problem)] : []
  );
}

/** Checks what a bundle refers to: modules, labels, fields, and the objects and properties of its configuration. */
export function bundleReferenceProblems(component: DeployComponent, world: World): Problem[] {
  const { fullName } = component;
  const compiled = compiledBundles.get(component) ?? [];
  const files = new Set(bundleFiles(component).keys());
  const imports = compiled.flatMap(({ name: fileName, imports: specifiers }) =>
    specifiers.flatMap((specifier) => {
      const problem = importProblem({ specifier, fileName, bundle: fullName, files }, world);
      return problem ? [at(component, fileName, problem)] : [];
    })
  );
  const properties = compiled.find(({ name }) => name === `${fullName}.js`)?.publicProperties ?? [];
  const configuration = configurationProblems(component, properties, world).map(({ message, place }) =>
    at(component, `${fullName}.js-meta.xml`, message, place)
  );
  return [...imports, ...configuration];
}

/** Files by their name inside the bundle's folder. */
function bundleFiles(component: DeployComponent): Map<string, Buffer> {
  const folder = `lwc/${component.fullName}/`;
  return new Map(Object.entries(component.files).map(([path, content]) => [path.slice(folder.length), content]));
}

function at(
  component: DeployComponent,
  name: string,
  problem: string,
  place?: { line: number; column: number }
): Problem {
  const { line = 0, column = 0 } = place ?? {};
  return problemOf(component, problem, { line, column, fileName: `${component.fileName}/${name}` });
}
