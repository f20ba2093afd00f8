import { durationMs } from '../duration.js';

/** What an organization decides about one mapping to Business Central. */
export interface CoupledMapping {
  enabled: boolean;
  direction: 'both' | 'toRight' | 'toLeft';
  /** Records that nobody coupled or asked a counterpart for are left alone (Business Central: "Synch. Only Coupled Records"). */
  onlyCoupled: boolean;
  /** How often the service looks. */
  intervalMs: number;
  /** Path of a mapping file. @default the shipped mapping of the same name */
  file?: string;
}

/** The part of `businessCentral` in the settings that is about coupled records. Defaults stand in `schemas/settings.json`. */
export interface CouplingSettings {
  /** Where people open records, without the question mark. @default the web client in Microsoft's cloud */
  webClientUrl?: string;
  /** Who owns records whose salesperson is not coupled: username, or id of a user or queue. */
  ownerFallback?: string;
  intervalMs: number;
  mappings: Readonly<Record<string, CoupledMapping>>;
}

type RawMapping = Omit<CoupledMapping, 'intervalMs'> & { interval?: string };

export type RawCouplingSettings = Omit<CouplingSettings, 'intervalMs' | 'mappings'> & {
  interval: string;
  mappings: Readonly<Record<string, RawMapping>>;
};

/** @param path makes a path of the file absolute */
export function couplingSettings(
  { interval, mappings }: RawCouplingSettings,
  path: (value: string) => string
): Pick<CouplingSettings, 'intervalMs' | 'mappings'> {
  const intervalMs = durationMs(interval) ?? 60_000;
  const complete = ({ interval: own, file, ...mapping }: RawMapping): CoupledMapping => ({
    ...mapping,
    intervalMs: durationMs(own ?? interval) ?? intervalMs,
    ...(file === undefined ? {} : { file: path(file) })
  });
  const named = Object.entries(mappings).map(([name, mapping]) => [name, complete(mapping)] as const);
  return { intervalMs, mappings: Object.fromEntries(named) };
}

/** What counts for a mapping that the settings do not name: it can be coupled, and is not kept in step by itself. */
export const unnamedMapping = ({ intervalMs }: CouplingSettings): CoupledMapping => ({
  enabled: false,
  direction: 'both',
  onlyCoupled: true,
  intervalMs
});
