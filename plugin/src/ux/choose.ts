import { createInterface } from 'node:readline/promises';

/** A person at a terminal. */
export interface Terminal {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
}

/** Three wrong answers are no answer. */
const TRIES = 3;

/**
 * Shows numbered choices and asks for one, by its number or its text. Goes to stderr, as stdout belongs to the result.
 * @returns undefined when nothing was picked
 */
export async function chooseFrom(
  question: string,
  choices: readonly string[],
  { input, output }: Terminal = { input: process.stdin, output: process.stderr }
): Promise<string | undefined> {
  const lines = createInterface({ input, output, terminal: false });
  output.write(`${choices.map((choice, index) => `${index + 1}) ${choice}`).join('\n')}\n`);
  try {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const answer = (await lines.question(`${question} `)).trim();
      const picked = choices[Number(answer) - 1] ?? choices.find((choice) => choice === answer);
      if (picked !== undefined) return picked;
    }
    return undefined;
  } finally {
    lines.close();
  }
}
