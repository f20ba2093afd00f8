import type { Finding, MappingContract } from './contract.js';
import { kindsOf } from './contract.js';
import { transformedSide } from './transform.js';
import type { FieldRule, Mapping } from './types.js';

type Found = Pick<Finding, 'code' | 'severity' | 'path' | 'message' | 'nextStep'>;
type Check = (field: FieldRule, contract: MappingContract) => Found[];

const travelsRight = ({ direction, rule }: FieldRule): boolean => direction !== 'toLeft' && rule !== 'never';

const pathKnown: Check = ({ right: { path } }, { fields, system }) =>
  path in fields
    ? []
    : [
        {
          code: 'PATH_UNKNOWN',
          severity: 'error',
          path,
          message: `${system} describes no ${path}.`,
          nextStep: 'Correct the path; names are as the contract of the API writes them.'
        }
      ];

const pathWritable: Check = (field, { fields, system }) => {
  const { path } = field.right;
  const known = fields[path];
  if (known === undefined || !travelsRight(field)) return [];
  const creates = field.omitOnCreate !== true && field.afterClose !== true;
  if (creates && !known.creatable && !known.updatable) {
    const nextStep = 'Set the direction of the field to toLeft, or remove the field.';
    return [
      { code: 'PATH_SERVER_OWNED', severity: 'error', path, message: `${system} sets ${path} itself.`, nextStep }
    ];
  }
  if (field.onCreateOnly || known.updatable) return [];
  return [
    {
      code: 'PATH_READ_ONLY',
      severity: 'error',
      path,
      message: `${system} takes ${path} when the record is created, and never afterwards.`,
      nextStep: 'Add onCreateOnly: true to the field, or set its direction to toLeft.'
    }
  ];
};

const typeFits: Check = (field, { fields, system }) => {
  const { path } = field.right;
  const known = fields[path];
  if (known === undefined || transformedSide(field) === 'right' || kindsOf[field.type].includes(known.kind)) return [];
  return [
    {
      code: 'TYPE_MISMATCH',
      severity: 'error',
      path,
      message: `${system} keeps ${path} as ${known.kind}, and the field is of type ${field.type}.`,
      nextStep: 'Change the type of the field, or add a transform.'
    }
  ];
};

const valuesKnown: Check = ({ right: { path, values = {} } }, { fields, system }) => {
  const known = fields[path]?.values;
  if (known === undefined) return [];
  return Object.keys(values)
    .filter((value) => value !== '*' && !known.includes(value))
    .map((value) => ({
      code: 'VALUE_UNKNOWN',
      severity: 'warning',
      path,
      message: `${system} does not list "${value}" among the values of ${path}.`,
      nextStep: `Use one of: ${known.join(', ')}.`
    }));
};

const membersKnown: Check = ({ right: { path, item = {} } }, { fields, system }) => {
  const described = Object.keys(fields).some((name) => name.startsWith(`${path}[].`));
  if (!described) return [];
  return Object.values(item)
    .filter((member) => !(`${path}[].${member}` in fields))
    .map((member) => ({
      code: 'PATH_UNKNOWN',
      severity: 'error',
      path: `${path}[].${member}`,
      message: `${system} describes no ${member} in the items of ${path}.`,
      nextStep: 'Correct the path of the member.'
    }));
};

const CHECKS: readonly Check[] = [pathKnown, pathWritable, typeFits, valuesKnown, membersKnown];

/** What the right-hand system will not take of a mapping, by its contract. Pure; asks nobody. */
export function checkRight({ fields }: Mapping, contract: MappingContract): Finding[] {
  return fields.flatMap((field) =>
    CHECKS.flatMap((check) => check(field, contract)).map((found): Finding => ({
      ...found,
      side: 'right',
      field: field.name
    }))
  );
}
