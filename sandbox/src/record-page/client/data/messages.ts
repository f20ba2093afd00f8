import type { ErrorBody, FetchError, FieldError } from './http.js';

/** The messages of any failure, in one text: field and record errors where there are some, the general message otherwise. */
export function messageOf(error: unknown): string {
  if (Array.isArray(error)) return error.map(messageOf).join(' ');
  const { body, message } = error as Partial<FetchError> & { message?: string };
  if (Array.isArray(body)) return messageOf(body);
  const details = [...recordErrorsOf(error), ...Object.values(fieldErrorsOf(error)).flat()].map((item) => item.message);
  return details.length > 0
    ? details.join(' ')
    : ((body as ErrorBody | undefined)?.message ?? message ?? 'An unknown error occurred.');
}

/** For a form that shows each field's message at the field: record errors, and which fields to look at. */
export function summaryOf(error: unknown): string {
  const fields = Object.values(fieldErrorsOf(error)).flatMap((list) => list[0]?.fieldLabel ?? list[0]?.field ?? []);
  if (fields.length === 0) return messageOf(error);
  const reasons = recordErrorsOf(error).map((item) => item.message);
  return [...reasons, `Review the following fields: ${fields.join(', ')}.`].join(' ');
}

export function fieldErrorsOf(error: unknown): Readonly<Record<string, readonly FieldError[]>> {
  return outputOf(error)?.fieldErrors ?? {};
}

function recordErrorsOf(error: unknown): readonly FieldError[] {
  return outputOf(error)?.errors ?? [];
}

function outputOf(error: unknown): ErrorBody['output'] {
  return ((error as Partial<FetchError>).body as ErrorBody | undefined)?.output;
}
