import type { Answer, Call, ScopedCall } from '../api/call.js';
import { companyId, environmentOf } from '../api/handle.js';
import { queryAnswer } from '../api/query-answer.js';
import { notAllowed, segmentNotFound } from '../core/errors.js';
import type { Values } from '../core/values.js';
import { text } from '../core/values.js';
import type { Scope, World } from '../core/world.js';
import { inventoryOf } from '../posting/inventory.js';

/** Table number of items. */
const ITEM_TABLE = 27;
const FIELDS = {
  CRM_ID: 'Guid',
  Integration_ID: 'Guid',
  Table_ID: 'Int32',
  ItemNo: 'String?:20',
  UOM: 'String?:10',
  Inventory: 'Decimal?'
};

/** A row of the coupling table: an item and the product of the CRM it belongs to. */
export interface Coupling {
  crmId: string;
  itemNumber: string;
}

/** `GET /BC/ODataV4/Company('…')/ProductItemAvailability`: page 5390, one row per coupling (documentation of autumn 2019). */
export function legacyService(world: World, call: Call): Answer {
  const [company, service, ...rest] = call.address.segments;
  if (!call.address.onPremises || company?.name !== 'Company' || company.key === undefined)
    throw segmentNotFound(company?.name ?? '');
  if (service?.name !== 'ProductItemAvailability' || rest.length > 0) throw segmentNotFound(service?.name ?? '');
  if (call.method !== 'GET') throw notAllowed(call.method, service.name);
  const environment = environmentOf(world, call.address) ?? '';
  const scope: Scope = { world, environment, company: companyId(world, environment, company.key), user: '' };
  const scoped: ScopedCall = { ...call, scope, permit: () => undefined };
  return queryAnswer(scoped, service.name, FIELDS, rowsOf(scope));
}

function rowsOf(scope: Scope): Values[] {
  const { store, kept } = scope.world;
  const couplings = (kept.get('legacy', 'couplings') as Coupling[] | undefined) ?? [];
  return couplings.flatMap(({ crmId, itemNumber }): Values[] => {
    const item = store.find(scope.company, 'items', (values) => values['number'] === itemNumber);
    if (!item) return [];
    return [
      {
        CRM_ID: crmId.toLowerCase(),
        Integration_ID: item.id,
        Table_ID: ITEM_TABLE,
        ItemNo: itemNumber,
        UOM: text(item.values, 'baseUnitOfMeasureCode'),
        Inventory: inventoryOf(scope, itemNumber)
      }
    ];
  });
}
