import { ApiFault, segmentNotFound } from '../core/errors.js';

export interface Segment {
  readonly name: string;
  /** What stands in the brackets, without quotes around a single string. */
  readonly key: string | undefined;
}

/** An address of the service, taken apart. */
export interface Address {
  /** Tenant id or domain as given; undefined when the address leaves it out. */
  readonly tenant: string | undefined;
  readonly environment: string;
  readonly onPremises: boolean;
  /** `v2.0`, `microsoft/automation/v2.0`, `microsoft/analytics/v1.0` or `ODataV4`. */
  readonly route: string;
  /** Everything before the segments, as it stood in the address. */
  readonly base: string;
  readonly segments: readonly Segment[];
}

const SEGMENT = /^([^(]+)(?:\(([\s\S]*)\))?$/;

/** The instance name of the on-premises mode. */
export const ON_PREMISES_INSTANCE = 'BC';

/** Takes a path apart. Throws 404 for a path that leads to no API, 400 for one that cannot be read. */
export function parseAddress(path: string): Address {
  const parts = splitPath(path);
  const onPremises = parts[0] === ON_PREMISES_INSTANCE;
  if (!onPremises && parts[0] !== 'v2.0') throw segmentNotFound(parts[0] ?? '');
  const start = onPremises ? 1 : parts.findIndex((part, index) => index > 0 && (part === 'api' || part === 'ODataV4'));
  const before = onPremises ? [] : parts.slice(1, start);
  if (
    start < 0 ||
    !['api', 'ODataV4'].includes(parts[start] ?? '') ||
    (!onPremises && ![1, 2].includes(before.length))
  ) {
    throw segmentNotFound(parts[1] ?? '');
  }
  const length = routeLength(parts.slice(start));
  return {
    tenant: before.length === 2 ? before[0] : undefined,
    environment: before.at(-1) ?? '',
    onPremises,
    route: parts[start] === 'ODataV4' ? 'ODataV4' : parts.slice(start + 1, start + length).join('/'),
    base: `/${parts.slice(0, start + length).join('/')}`,
    segments: parts.slice(start + length).map(segmentOf)
  };
}

/** `api/v2.0` is two parts long, `api/publisher/group/version` four, `ODataV4` one. */
function routeLength(parts: readonly string[]): number {
  if (parts[0] === 'ODataV4') return 1;
  return /^v\d/.test(parts[1] ?? '') || parts[1] === 'beta' ? 2 : 4;
}

export function segmentOf(part: string): Segment {
  const match = SEGMENT.exec(part);
  if (!match) throw new ApiFault(400, 'BadRequest_InvalidRequestUrl', `The segment '${part}' cannot be parsed.`);
  const key = match[2]?.trim();
  return { name: match[1] ?? '', key: key === undefined ? undefined : unquote(key) };
}

/** `'text'` without its quotes; `name='text'` and bare values as they are. */
export const unquote = (key: string): string => (/^'.*'$/.test(key) ? key.slice(1, -1).replaceAll("''", "'") : key);

/** Splits at slashes outside of brackets and quotes. */
export function splitPath(path: string): string[] {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  let quoted = false;
  for (const letter of path) {
    if (letter === "'") quoted = !quoted;
    if (letter === '(' && !quoted) depth += 1;
    if (letter === ')' && !quoted) depth -= 1;
    if (letter === '/' && depth === 0 && !quoted) {
      parts.push(part);
      part = '';
    } else part += letter;
  }
  return [...parts, part].filter((each) => each !== '');
}
