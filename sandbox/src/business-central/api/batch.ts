import { ApiFault, badRequest } from '../core/errors.js';
import type { Json } from '../core/values.js';
import type { Answer, Call } from './call.js';
import { bodyOf } from './call.js';

interface Operation {
  readonly id?: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
}

export interface BatchPorts {
  readonly most: number;
  /** Runs one operation; what it refuses is part of its answer. */
  readonly run: (operation: Call) => Answer | Promise<Answer>;
  /** Makes a call of an operation's address. */
  readonly callOf: (
    operation: Pick<Operation, 'method' | 'url'>,
    headers: Record<string, string>,
    body: Buffer
  ) => Call;
  /** Keeps what `work` did only if it answers true. */
  readonly transaction: (work: () => boolean) => void;
}

/** `POST …/$batch` with a JSON body. */
export async function batch(call: Call, ports: BatchPorts): Promise<Answer> {
  const { requests } = bodyOf(call);
  if (!Array.isArray(requests) || !requests.every(isOperation)) throw badRequest('Invalid Request Body');
  if (requests.length > ports.most) {
    throw new ApiFault(
      500,
      'Internal_ServerError',
      `The number of operations in the batch exceeds the maximum of ${ports.most}.`
    );
  }
  const snapshot = call.headers['isolation']?.toLowerCase() === 'snapshot';
  const responses = snapshot ? asOne(requests, ports) : await eachAlone(requests, ports);
  return { status: 200, body: { responses } };
}

const isOperation = (value: unknown): value is Operation & Json =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Operation).method === 'string' &&
  typeof (value as Operation).url === 'string';

async function eachAlone(operations: readonly Operation[], ports: BatchPorts): Promise<Json[]> {
  const answers: Json[] = [];
  for (const operation of operations) answers.push(answerOf(operation, await ports.run(prepare(operation, ports))));
  return answers;
}

/**
 * `Isolation: snapshot`: all or nothing. The answers tell what each operation would have been, so those before a failure show
 * 201 with ids that do not exist; only a failure of the first ends the batch at once (seen on the live service).
 */
function asOne(operations: readonly Operation[], ports: BatchPorts): Json[] {
  const answers: { status: number; answer: Json }[] = [];
  ports.transaction(() => {
    for (const [index, operation] of operations.entries()) {
      const answer = ports.run(prepare(operation, ports));
      if (answer instanceof Promise) throw badRequest('This operation cannot be part of a transaction.');
      answers.push({ status: answer.status, answer: answerOf(operation, answer) });
      if (index === 0 && answer.status >= 400) break;
    }
    return answers.every(({ status }) => status < 400);
  });
  return answers.map(({ answer }) => answer);
}

function prepare(operation: Operation, ports: BatchPorts): Call {
  const headers = Object.fromEntries(
    Object.entries(operation.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)])
  );
  const body = operation.body === undefined ? '' : JSON.stringify(operation.body);
  return ports.callOf(operation, headers, Buffer.from(body));
}

function answerOf(operation: Operation, answer: Answer): Json {
  const json = typeof answer.body === 'object' && !Buffer.isBuffer(answer.body);
  const type: Record<string, string> = json
    ? { 'content-type': 'application/json; odata.metadata=minimal', 'odata-version': '4.0' }
    : {};
  const content: Json | undefined = Buffer.isBuffer(answer.body) ? answer.body.toString('base64') : answer.body;
  return {
    id: operation.id ?? null,
    status: answer.status,
    headers: { ...type, ...answer.headers },
    ...(content === undefined ? {} : { body: content })
  };
}
