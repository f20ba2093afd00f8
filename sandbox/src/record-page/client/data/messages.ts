import type { FetchError, FieldError } from './http.js';

/** One sentence for any failure: field and record errors first, the general message otherwise. */
export function messageOf(error: unknown): string {
  if (Array.isArray(error)) return error.map(messageOf).join(' ');
  const { body, message } = error as Partial<FetchError> & { message?: string };
  const details = [...(body?.output?.errors ?? []), ...Object.values(fieldErrorsOf(error)).flat()].map(
    (item) => item.message
  );
  return details.length > 0 ? details.join(' ') : (body?.message ?? message ?? 'An unknown error occurred.');
}

export function fieldErrorsOf(error: unknown): Readonly<Record<string, readonly FieldError[]>> {
  return (error as Partial<FetchError>).body?.output?.fieldErrors ?? {};
}
