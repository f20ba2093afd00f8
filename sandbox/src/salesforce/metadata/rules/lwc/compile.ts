import { transformSync } from '@lwc/compiler';
import { parseAst } from 'rollup/parseAst';

/** What a file of a bundle became, or why it did not compile. */
export interface CompiledFile {
  /** File name inside the bundle. */
  name: string;
  problem?: { line: number; column: number; message: string };
  /** Module specifiers it imports, those that its template or style sheet imply included. */
  imports: readonly string[];
  /** Public properties of a component class. */
  publicProperties: readonly string[];
}

/** Compiles one `.js`, `.html` or `.css` file with the LWC compiler, which reports the codes that the platform reports. */
export function compileFile(bundle: string, name: string, source: string, apiVersion: number): CompiledFile {
  try {
    const { code } = transformSync(source, name, { name: bundle, namespace: 'c', apiVersion });
    return { name, imports: importsOf(code), publicProperties: publicPropertiesOf(code) };
  } catch (error) {
    return { name, problem: problemOf(error, name), imports: [], publicProperties: [] };
  }
}

interface CompilerFault {
  message: string;
  location?: { line: number; column: number };
}

function problemOf(error: unknown, name: string): CompiledFile['problem'] {
  const { message, location } = error as CompilerFault;
  // The compiler adds a picture of the source and the path it was given; the platform shows neither.
  const [first = ''] = message.split('\n');
  const plain = first.replace(/^\w+Error: /, '').replace(new RegExp(`\\S*/?${escapePattern(name)}(:\\d+:\\d+)?: `), '');
  return { line: location?.line ?? 1, column: location?.column ?? 1, message: plain };
}

function escapePattern(value: string): string {
  return value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Static and dynamic imports and re-exports of a compiled module. */
function importsOf(code: string): string[] {
  const found = new Set<string>();
  visit(parseAst(code), (node) => {
    const source = node['source'] as { type?: string; value?: unknown } | null | undefined;
    if (source?.type === 'Literal' && typeof source.value === 'string') found.add(source.value);
  });
  return [...found];
}

function publicPropertiesOf(code: string): string[] {
  const names: string[] = [];
  visit(parseAst(code), (node) => {
    const key = node['key'] as { name?: string } | undefined;
    if (node['type'] !== 'Property' || key?.name !== 'publicProps') return;
    const value = node['value'] as { properties?: { key: { name?: string; value?: string } }[] };
    for (const property of value.properties ?? []) names.push(property.key.name ?? property.key.value ?? '');
  });
  return names;
}

type Node = Record<string, unknown>;

function visit(value: unknown, seen: (node: Node) => void): void {
  if (Array.isArray(value)) return value.forEach((item) => visit(item, seen));
  if (typeof value !== 'object' || value === null) return;
  seen(value as Node);
  for (const part of Object.values(value)) visit(part, seen);
}
