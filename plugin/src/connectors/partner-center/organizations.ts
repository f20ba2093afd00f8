/** Organisation id and invitation target that stand for Microsoft. */
export const microsoft = 'msft';

/** Whether a text of the wire is `text`, which is in lower case. */
export function equals(value: unknown, text: string): boolean {
  return typeof value === 'string' && value.toLowerCase() === text;
}
