import { Adapter } from '../../../data/adapter.js';
import type { WireResult } from '../../../data/adapter.js';
import { messageOf } from '../../../data/messages.js';
import { read } from '../../../data/http.js';

interface GraphqlConfig {
  query?: string;
  variables?: Record<string, unknown>;
  operationName?: string;
}

interface Answer {
  data: unknown;
  errors: { message: string }[];
}

export interface GraphqlResult {
  data: unknown;
  errors: unknown;
  refresh: () => Promise<void>;
}

/** A tagged template: the query's text, checked by the server. */
export function gql(strings: TemplateStringsArray, ...parts: unknown[]): string {
  return String.raw({ raw: strings }, ...parts);
}

/**
 * Wire adapter for GraphQL (LWC guide, reference-graphql-intro). Emits `{ data, errors, refresh }`; a record in the answer that changes makes
 * it read again, new rows need `refresh()`.
 */
export class graphql extends Adapter<GraphqlConfig, Answer, GraphqlResult> {
  protected isReady(config: GraphqlConfig): boolean {
    const waitsForVariables = 'variables' in config && config.variables === undefined;
    return Boolean(config.query) && !waitsForVariables;
  }

  protected async read(config: GraphqlConfig): Promise<Answer> {
    const { query, variables = {}, operationName } = config;
    const answer = await read<Answer>(
      'graphql',
      operationName ? { query, variables, operationName } : { query, variables }
    );
    if (answer.errors.length > 0) throw answer.errors as unknown as Error;
    return answer;
  }

  protected override present(result: WireResult<Answer>): GraphqlResult {
    return {
      data: result.data?.data,
      errors: result.error === undefined ? undefined : asErrors(result.error),
      refresh: () => this.refresh()
    };
  }
}

/** Transport failures come as an array too, so that a component reads one shape. */
function asErrors(error: unknown): unknown {
  if (Array.isArray(error)) return error as unknown;
  return [{ message: messageOf(error) }];
}
