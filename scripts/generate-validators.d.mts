/** File → the text that it has to hold. */
export function generated(): Record<string, string>;
