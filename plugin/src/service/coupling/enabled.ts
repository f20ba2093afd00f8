import { CosellError } from '../../ports/errors.js';
import { loadOrder, takingPart } from '../full/order.js';
import type { Settings } from '../settings.js';

const namesOf = ({ businessCentral }: Pick<Settings, 'businessCentral'>): string[] =>
  Object.entries(businessCentral.mappings).flatMap(([name, { enabled }]) => (enabled ? [name] : []));

/** Mappings to Business Central that are switched on, parents first; documents, which follow their parties, come last. */
export async function enabledInOrder(settings: Pick<Settings, 'businessCentral'>): Promise<string[]> {
  const names = namesOf(settings);
  const ordered = takingPart(await loadOrder(), names).map(({ name }) => name);
  return [...ordered, ...names.filter((name) => !ordered.includes(name))];
}

/** @throws CosellError `MAPPING_NOT_ENABLED` */
export function checkEnabled(settings: Pick<Settings, 'businessCentral'>, name: string): void {
  const names = namesOf(settings);
  if (names.includes(name)) return;
  throw new CosellError('MAPPING_NOT_ENABLED', `The mapping ${name} is not switched on.`, [
    ...(names.length > 0 ? [`Choose from: ${names.join(', ')}.`] : []),
    'Switch it on in the settings, under businessCentral.mappings.'
  ]);
}
