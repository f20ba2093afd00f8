import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const plugin = new URL('../../plugin/', import.meta.url).pathname;

/** Keys of a message file: its first-level headings. */
const keysOf = (file: string): string[] =>
  [...readFileSync(join(plugin, 'messages', file), 'utf8').matchAll(/^# (.+)$/gm)].map(([, key]) => key ?? '');

const sources = readdirSync(join(plugin, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: readFileSync(join(plugin, 'src', path), 'utf8') }));

/** A key as the code writes it; the part that is filled in while it runs matches anything. */
const pattern = (written: string): RegExp =>
  new RegExp(`^${written.replace(/[.*+?^()|[\]\\]/g, '\\$&').replace(/\$\{[^}]*\}/g, '.+')}$`);

const LOADED = /loadMessages\('([\w.]+)'\)/;

/** A source with the lines of `ux` that it hands its messages to: those that load none of their own. */
const withLines = (text: string): string =>
  [...text.matchAll(/from '(?:\.\.\/)+ux\/([\w-]+)\.js'/g)]
    .map(([, name]) => sources.find(({ path }) => path === join('ux', `${name ?? ''}.ts`))?.text ?? '')
    .filter((lines) => !LOADED.test(lines))
    .reduce((all, lines) => `${all}\n${lines}`, text);

const users = sources.flatMap(({ path, text: own }) => {
  const file = LOADED.exec(own)?.[1];
  const text = withLines(own);
  // Keys in a choice (`a ? 'x' : 'y'`) count too: every string inside the call's first argument, and keys kept in a constant.
  const calls = [...text.matchAll(/(?:getMessages?|createError)\(([^)[]*?)(?:\)|, *\[|,\s*\[)/gs)].map(
    ([, args]) => args ?? ''
  );
  const keys = calls.flatMap((args) => [...args.matchAll(/['`]([\w.${}-]+)['`]/g)].map(([, key]) => key ?? ''));
  const kept = [...text.matchAll(/'(info\.\w+)'/g)].map(([, key]) => key ?? '');
  // `createError('error.x')` brings the actions of the same error along.
  const actions = keys.filter((key) => key.startsWith('error.')).map((key) => `${key}.actions`);
  return file === undefined ? [] : [{ path, file: `${file}.md`, keys: [...keys, ...kept], actions }];
});

describe('messages of the commands', () => {
  it('are used by at least one command per file', () => {
    expect(new Set(users.map(({ file }) => file))).toEqual(new Set(readdirSync(join(plugin, 'messages'))));
  });

  it.each(users)('$path uses only keys that $file has', ({ file, keys }) => {
    const known = keysOf(file);
    const missing = keys.filter((key) => !known.some((candidate) => pattern(key).test(candidate)));
    expect(missing).toEqual([]);
    expect(keys.length).toBeGreaterThan(3);
  });

  it.each([...new Set(users.map(({ file }) => file))])('%s has no key that nothing uses', (file) => {
    const used = users.filter((user) => user.file === file).flatMap(({ keys, actions }) => [...keys, ...actions]);
    const unused = keysOf(file).filter((key) => !used.some((written) => pattern(written).test(key)));
    expect(unused).toEqual([]);
  });
});
