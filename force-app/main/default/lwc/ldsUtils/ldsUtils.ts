/** What the data service, fetch and plain code throw, reduced to the parts that carry text. */
interface ErrorLike {
  body?: unknown;
  message?: unknown;
  statusText?: unknown;
  output?: { errors?: unknown; fieldErrors?: Record<string, unknown> };
}

const texts = (values: readonly unknown[]): string[] => values.flatMap((value) => reduceErrors(value));

function ofObject({ body, message, statusText, output }: ErrorLike): string[] {
  const fromOutput = output ? texts([output.errors, ...Object.values(output.fieldErrors ?? {})]) : [];
  if (fromOutput.length > 0) return fromOutput;
  const fromBody = reduceErrors(body);
  if (fromBody.length > 0) return fromBody;
  const text = typeof message === 'string' && message !== '' ? message : statusText;
  return typeof text === 'string' && text !== '' ? [text] : [];
}

/**
 * The messages of an error, without repetition and in order. Understands a single error or a list, `FetchResponse`
 * (`body.message`, `body.output.errors`, `body.output.fieldErrors`), GraphQL errors, `Error` and text.
 */
export function reduceErrors(errors: unknown): string[] {
  if (typeof errors === 'string') return errors === '' ? [] : [errors];
  if (Array.isArray(errors)) return [...new Set(texts(errors))];
  if (typeof errors !== 'object' || errors === null) return [];
  return [...new Set(ofObject(errors as ErrorLike))];
}
