const texts = (values) => values.flatMap((value) => reduceErrors(value));
function ofObject({ body, message, statusText, output }) {
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
export function reduceErrors(errors) {
  if (typeof errors === 'string') return errors === '' ? [] : [errors];
  if (Array.isArray(errors)) return [...new Set(texts(errors))];
  if (typeof errors !== 'object' || errors === null) return [];
  return [...new Set(ofObject(errors))];
}
