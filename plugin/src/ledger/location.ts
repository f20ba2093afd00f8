/** Where a ledger lives: the path of a file, or the address of a PostgreSQL database. */
export type Engine = 'sqlite' | 'postgres';

const POSTGRES = /^postgres(ql)?:\/\//i;

export const engineOf = (location: string): Engine => (POSTGRES.test(location) ? 'postgres' : 'sqlite');

/** The location as people and logs may see it: an address without its password and its parameters, which may hold one. */
export function shownLocation(location: string): string {
  if (engineOf(location) === 'sqlite') return location;
  try {
    const { protocol, username, host, pathname } = new URL(location);
    return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`;
  } catch {
    return 'postgres://…';
  }
}

/** A text of the driver in which the address, or its password alone, may stand, without them. */
export function withoutSecrets(text: string, location: string): string {
  if (engineOf(location) === 'sqlite') return text;
  const secrets = new Set([location]);
  try {
    const { password } = new URL(location);
    for (const secret of [password, decodeURIComponent(password)]) if (secret !== '') secrets.add(secret);
  } catch {
    // Not an address: then the text as a whole is the secret.
  }
  return [...secrets].reduce((safe, secret) => safe.replaceAll(secret, '…'), text);
}
