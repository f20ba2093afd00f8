import type { MappingProblem } from './errors.js';
import type { ExpressionFault } from './expressions.js';
import { compileExpression, usesRecord } from './expressions.js';
import { checkJsonSchema } from './schema-checks.generated.js';
import type { FieldRule, Mapping } from './types.js';

function referenceProblems(mapping: Mapping): MappingProblem[] {
  const problems: MappingProblem[] = [];
  const names = mapping.fields.map((field) => field.name);
  mapping.fields.forEach((field, index) => {
    const path = `/fields/${index}`;
    if (names.indexOf(field.name) !== index)
      problems.push({ path, message: `the field "${field.name}" is there twice.` });
    if (field.impliedBy !== undefined && !names.includes(field.impliedBy.field)) {
      problems.push({ path: `${path}/impliedBy`, message: `there is no field "${field.impliedBy.field}".` });
    }
    for (const side of ['left', 'right'] as const) {
      if (field.type === 'list' && field[side].item?.[field.key ?? ''] === undefined) {
        problems.push({
          path: `${path}/${side}/item`,
          message: `the key "${field.key ?? ''}" is not among the members.`
        });
      }
    }
  });
  return problems;
}

function schemaProblems(mapping: Mapping): MappingProblem[] {
  const problems: MappingProblem[] = [];
  mapping.preflight.forEach((check, index) => {
    if (!checkJsonSchema(check.schema) || (check.when !== undefined && !checkJsonSchema(check.when))) {
      problems.push({ path: `/preflight/${index}`, message: 'its schema is not a JSON Schema.' });
    }
  });
  if (mapping.left.scope !== undefined && !checkJsonSchema(mapping.left.scope)) {
    problems.push({ path: '/left/scope', message: 'it is not a JSON Schema.' });
  }
  return problems;
}

const sentence = ({ message, position }: ExpressionFault): string =>
  `${message.replace(/\.$/, '')}${position === undefined ? '' : ` (character ${position})`}.`;

/** Which ways a field may go with the expressions that it has; values come to rest only where both agree. */
function directionProblem(field: FieldRule): string | undefined {
  const { transform: { toRight, toLeft } = {}, direction, type, name } = field;
  if (toRight === undefined && toLeft === undefined) return undefined;
  if (toRight === undefined && direction !== 'toLeft')
    return `"${name}" has no expression toRight, so its direction has to be toLeft.`;
  if (toLeft === undefined && direction !== 'toRight')
    return `"${name}" has no expression toLeft that undoes the one toRight, so its direction has to be toRight.`;
  if (type === 'list' && direction === 'both')
    return `"${name}" is a list, and a transformed list travels one way: choose toRight or toLeft.`;
  if (toRight !== undefined && toLeft !== undefined && (usesRecord(toRight) || usesRecord(toLeft)))
    return `"${name}" reads $record, which cannot be turned back: keep one expression and one direction.`;
  return undefined;
}

async function expressionProblems(mapping: Mapping): Promise<MappingProblem[]> {
  const problems: MappingProblem[] = [];
  const { where } = mapping.left;
  const look = async (path: string, text: string | undefined, inDocument: boolean): Promise<void> => {
    if (text === undefined) return;
    const { faults } = await compileExpression(text, inDocument);
    problems.push(...faults.map((fault) => ({ path, message: sentence(fault) })));
  };
  await look('/left/where', where, true);
  for (const [index, field] of mapping.fields.entries()) {
    const path = `/fields/${index}/transform`;
    await look(`${path}/toRight`, field.transform?.toRight, false);
    await look(`${path}/toLeft`, field.transform?.toLeft, false);
    const problem = directionProblem(field);
    if (problem !== undefined) problems.push({ path, message: problem });
  }
  return problems;
}

/**
 * Faults that a JSON Schema cannot name: names used twice, references to fields that do not exist, unusable checks, and
 * expressions that cannot be compiled, are refused, or do not fit the direction of their field. Compiles the expressions.
 */
export async function crossCheck(mapping: Mapping): Promise<MappingProblem[]> {
  return [...referenceProblems(mapping), ...schemaProblems(mapping), ...(await expressionProblems(mapping))];
}
