import type { ExprNode } from 'jsonata';

/**
 * Functions of JSONata that an expression may call (JSONata documentation, function library). What is missing from this list
 * depends on clock or chance, or runs text as code: the same record would give another value tomorrow, and never come to rest.
 */
const FUNCTIONS = new Set(
  (
    'sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad match ' +
    'contains replace split join formatNumber formatBase formatInteger parseInteger number floor ceil round abs sqrt power ' +
    'boolean not map zip filter single reduce sift keys lookup append exists spread merge reverse each error assert type sort ' +
    'distinct base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl toMillis fromMillis'
  ).split(' ')
);
const REFUSED: Readonly<Record<string, string>> = {
  now: 'it depends on the time of the run',
  millis: 'it depends on the time of the run',
  random: 'it depends on chance',
  shuffle: 'it depends on chance',
  eval: 'it runs text as code',
  clone: 'it is only needed to change records, and an expression changes nothing'
};
/** Functions of which a single call may take long. */
const HEAVY = new Set(['pad', 'match', 'replace', 'split', 'contains', 'formatNumber', 'power']);

/** What a look at the syntax tree tells about an expression. */
export interface ExpressionFacts {
  /** What is wrong with it, one sentence each. */
  problems: readonly { position: number; message: string }[];
  /** Dotted paths of the document that it reads. */
  paths: readonly string[];
  /** It reads more of the document than the value that it is given. */
  usesRecord: boolean;
  /** A single step of it may take long, so that counting steps is not enough to stop it. */
  heavy: boolean;
}

type Node = Partial<ExprNode> & Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const nodesIn = (value: unknown): Node[] =>
  Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [];
const childrenOf = (node: Node): Node[] => Object.values(node).flatMap(nodesIn);

function everyNode(node: Node): Node[] {
  return [node, ...childrenOf(node).flatMap(everyNode)];
}

/** Names that the expression gives to values itself. */
function declared(nodes: readonly Node[]): Set<string> {
  const names = nodes.flatMap((node) => {
    if (node.type === 'bind') return nodesIn(node['lhs']).map(({ value }) => String(value));
    if (node.type === 'lambda') return nodesIn(node['arguments']).map(({ value }) => String(value));
    return [node['focus'], node['index']].filter((name) => typeof name === 'string');
  });
  return new Set(names);
}

/** The names at the beginning of a path: `Account.Name[0].x` gives `Account.Name`. */
function leadingNames(steps: readonly Node[]): string[] {
  const names: string[] = [];
  for (const step of steps) {
    if (step.type !== 'name') break;
    names.push(String(step.value));
    if (step['stages'] !== undefined || step['predicate'] !== undefined) break;
  }
  return names;
}

/** @param inDocument whether plain names are members of the document here, and not of a part of it */
function pathsOf(node: Node, inDocument: boolean): string[] {
  if (node.type !== 'path') return childrenOf(node).flatMap((child) => pathsOf(child, inDocument));
  const steps = nodesIn(node['steps']);
  const [first, ...rest] = steps;
  const fromRecord = first?.type === 'variable' && first.value === 'record';
  const names = fromRecord ? leadingNames(rest) : inDocument ? leadingNames(steps) : [];
  const inner = steps.flatMap((step, index) =>
    childrenOf(step).flatMap((child) => pathsOf(child, inDocument && index === 0 && step.type !== 'name'))
  );
  return [...(names.length > 0 ? [names.join('.')] : []), ...inner];
}

function problemOf(node: Node, own: ReadonlySet<string>): { position: number; message: string }[] {
  const position = Number(node['position'] ?? 0);
  if (node.type === 'transform') return [{ position, message: 'an expression must not change the record.' }];
  if (node.type !== 'variable') return [];
  const name = String(node.value);
  if (['', '$', 'record'].includes(name) || FUNCTIONS.has(name) || own.has(name)) return [];
  const reason = REFUSED[name];
  return [{ position, message: reason === undefined ? `there is no $${name}.` : `$${name} is refused: ${reason}.` }];
}

/**
 * Looks at the syntax tree of an expression without running it.
 * @param inDocument whether plain names in it are members of the document (a filter), or of the value (a transform)
 */
export function factsOf(ast: ExprNode, inDocument: boolean): ExpressionFacts {
  const nodes = everyNode(ast as unknown as Node);
  const own = declared(nodes);
  const variables = nodes.filter(({ type }) => type === 'variable').map(({ value }) => String(value));
  return {
    problems: nodes.flatMap((node) => problemOf(node, own)),
    paths: [...new Set(pathsOf(ast as unknown as Node, inDocument))],
    usesRecord: variables.includes('record'),
    heavy:
      nodes.some(({ type, value }) => String(type) === 'regex' || value === '..') ||
      variables.some((name) => HEAVY.has(name))
  };
}
