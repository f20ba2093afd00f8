import { execute, parse, validate } from 'graphql';
import type { DocumentNode, ExecutionResult, GraphQLError } from 'graphql';
import type { RouteContext } from '../../core/contract.js';
import { ApiError } from '../../core/transport.js';
import type { ApiResponse } from '../../core/transport.js';
import { Viewer, jsonBody } from '../common.js';
import { namesIn } from './names-in.js';
import type { GraphqlRoot } from './order-by.js';
import { buildSchema } from './schema.js';

/**
 * `POST /graphql` with `{ query, variables, operationName }`. Failures of the query are answered with 200 and `errors`; objects and fields the user
 * may not read are not in the schema (GraphQL API guide, "Field-level security").
 */
export function answerGraphql(context: RouteContext): ApiResponse {
  const { query, variables, operationName } = jsonBody(context);
  if (typeof query !== 'string') throw new ApiError(400, 'MISSING_ARGUMENT', 'Specify query.');
  const values = typeof variables === 'object' && variables !== null ? (variables as Record<string, unknown>) : {};
  const name = typeof operationName === 'string' ? operationName : undefined;
  const viewer = Viewer.of(context);
  const { data, errors = [] } = run(viewer, query, values, name);
  return { status: 200, body: { data: data ?? null, errors: errors.map(describe) } };
}

function run(
  viewer: Viewer,
  query: string,
  variables: Record<string, unknown>,
  operationName: string | undefined
): ExecutionResult {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    return { errors: [error as GraphQLError] };
  }
  const schema = buildSchema(viewer, namesIn(document, variables));
  const problems = validate(schema, document);
  if (problems.length > 0) return { errors: problems };
  // Every resolver is synchronous, so the result is too.
  return execute({
    schema,
    document,
    variableValues: variables,
    operationName: operationName ?? null,
    rootValue: { variables } satisfies GraphqlRoot,
    contextValue: viewer
  }) as ExecutionResult;
}

function describe(error: GraphQLError): object {
  const original = error.originalError;
  const errorType =
    original instanceof ApiError ? 'DataFetchingException' : error.path ? 'ExecutionAborted' : 'ValidationError';
  return {
    message: error.message,
    locations: error.locations ?? [],
    paths: error.path ?? [],
    extensions: { ErrorType: error.message.startsWith('Syntax Error') ? 'InvalidSyntax' : errorType }
  };
}
