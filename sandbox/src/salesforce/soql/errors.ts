import { ApiError } from '../core/transport.js';

const WINDOW = 40;
const customFieldHint =
  `If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ` +
  `Please reference your WSDL or the describe call for the appropriate names.`;

/** Salesforce shows the part of the query around the fault, a caret below it, and its place. */
export function located(soql: string, token: string, message: string): string {
  const index = soql.indexOf(token) >= 0 ? soql.indexOf(token) : soql.toLowerCase().indexOf(token.toLowerCase());
  return index < 0 ? message : locatedAt(soql, index, token.length, message);
}

function locatedAt(soql: string, index: number, length: number, message: string): string {
  const start = Math.max(0, index - WINDOW);
  const excerpt = soql.slice(start, index + length + WINDOW).replaceAll('\n', ' ');
  const row = soql.slice(0, index).split('\n').length;
  const column = index - (soql.lastIndexOf('\n', index - 1) + 1) + 1;
  const place = `ERROR at Row:${String(row)}:Column:${String(column)}`;
  return `\n${excerpt}\n${' '.repeat(index - start)}^\n${place}\n${message}`;
}

/** @param token empty for the end of the query */
export function syntaxError(soql: string, token: string, index: number): ApiError {
  const message = `unexpected token: '${token === '' ? '<EOF>' : token}'`;
  return malformed(index < 0 ? message : locatedAt(soql, index, token.length, message));
}

export function noSuchColumn(soql: string, name: string, entity: string): ApiError {
  const message = `No such column '${name}' on entity '${entity}'. ${customFieldHint}`;
  return new ApiError(400, 'INVALID_FIELD', located(soql, name, message));
}

export function invalidField(soql: string, token: string, message: string): ApiError {
  return new ApiError(400, 'INVALID_FIELD', located(soql, token, message));
}

export function malformed(message: string): ApiError {
  return new ApiError(400, 'MALFORMED_QUERY', message);
}

export function unsupportedObject(soql: string, name: string): ApiError {
  const message =
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' ` +
    `after the entity name. Please reference your WSDL or the describe call for the appropriate names.`;
  return new ApiError(400, 'INVALID_TYPE', located(soql, name, message));
}

export function noRelationship(soql: string, name: string): ApiError {
  const message =
    `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to ` +
    `append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the ` +
    `appropriate names.`;
  return invalidField(soql, name, message);
}
