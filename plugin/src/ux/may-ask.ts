/** Whether there is a person to ask: not in a script, and not when stdout has to stay JSON. */
export const mayAsk = (json: boolean): boolean => !json && process.stdin.isTTY === true;
