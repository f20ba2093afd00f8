import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { chooseFrom } from '../../plugin/src/ux/choose.js';
import { readSecret } from '../../plugin/src/ux/secret.js';

const CHOICES = ['Production', 'Sandbox'];

async function answer(...lines: string[]): Promise<{ picked: string | undefined; shown: string }> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let shown = '';
  output.on('data', (piece: Buffer) => {
    shown += piece.toString();
    // Whoever is asked answers one line at a time.
    if (piece.toString().endsWith('Which environment? ')) input.write(`${lines.shift() ?? ''}\n`);
  });
  const picked = await chooseFrom('Which environment?', CHOICES, { input, output });
  return { picked, shown };
}

describe('choosing from a list', () => {
  it.each([
    ['by its number', ['2'], 'Sandbox'],
    ['by its text', ['Production'], 'Production'],
    ['after a wrong answer', ['7', '1'], 'Production'],
    ['not at all', ['x', '', '0'], undefined]
  ])('%s', async (_how, lines, expected) => {
    const { picked, shown } = await answer(...lines);
    expect(picked).toBe(expected);
    expect(shown).toContain('1) Production\n2) Sandbox\n');
  });
});

describe('a secret', () => {
  const variable = 'SECRET';
  const none = { env: {}, variable, stdin: undefined, prompt: undefined };
  it.each([
    ['from the environment', { ...none, env: { SECRET: ' one ' } }, 'one'],
    ['from stdin, which wins', { ...none, env: { SECRET: 'one' }, stdin: Readable.from(['t', 'wo\n']) }, 'two'],
    ['from the person', { ...none, prompt: () => Promise.resolve('three') }, 'three']
  ])('%s', async (_where, sources, expected) => {
    expect(await readSecret(sources)).toBe(expected);
  });

  it.each([
    ['nowhere', none],
    ['as nothing', { ...none, env: { SECRET: '  ' }, prompt: () => Promise.resolve('') }]
  ])('that comes %s is missed by name', async (_where, sources) => {
    await expect(readSecret(sources)).rejects.toMatchObject({
      code: 'SECRET_NEEDED',
      nextSteps: [expect.stringContaining('SECRET') as string]
    });
  });
});
