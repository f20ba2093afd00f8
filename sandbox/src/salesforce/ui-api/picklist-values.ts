import type { RouteContext } from '../core/contract.js';
import { normalizeId } from '../core/ids.js';
import type { FieldSchema, SObjectSchema } from '../core/schema.js';
import type { ApiResponse } from '../core/transport.js';
import { Viewer, eTag, notFound } from './common.js';

/** `GET /ui-api/object-info/{object}/picklist-values/{recordTypeId}/{field}` (Picklist Values). */
export function picklistValues(context: RouteContext): ApiResponse {
  const [objectName = '', recordTypeId = '', fieldName = ''] = context.params;
  const viewer = Viewer.of(context);
  const object = viewer.readableObject(objectName);
  const field = viewer.field(object.name, fieldName);
  if (!field?.picklist) throw notFound();
  return { status: 200, body: valuesOf(viewer, { object, field, recordTypeId }, context.request.path) };
}

/** `GET /ui-api/object-info/{object}/picklist-values/{recordTypeId}` (Picklist Values Collection). */
export function picklistValuesByRecordType(context: RouteContext): ApiResponse {
  const [objectName = '', recordTypeId = ''] = context.params;
  const viewer = Viewer.of(context);
  const object = viewer.readableObject(objectName);
  requireRecordType(viewer, object, recordTypeId);
  const lists = viewer.fields(object).filter((field) => field.picklist);
  const picklistFieldValues = Object.fromEntries(
    lists.map((field) => [
      field.name,
      valuesOf(viewer, { object, field, recordTypeId }, `${context.request.path}/${field.name}`)
    ])
  );
  return { status: 200, body: { eTag: eTag(picklistFieldValues), picklistFieldValues } };
}

function requireRecordType({ org, session }: Viewer, object: SObjectSchema, id: string): void {
  const wanted = normalizeId(id);
  if (!org.recordTypes.infos(session, object.name).some(({ recordTypeId }) => recordTypeId === wanted))
    throw notFound();
}

interface Place {
  object: SObjectSchema;
  field: FieldSchema;
  /** With 15 or 18 characters. */
  recordTypeId: string;
}

/** Active values of the field that the record type allows, with the record type's default. */
function valuesOf(viewer: Viewer, { object, field, recordTypeId }: Place, url: string): object {
  const allowed = viewer.org.recordTypes.values(object.name, normalizeId(recordTypeId) ?? '', field);
  if (!allowed) throw notFound();
  const attributes = field.name === 'StageName' ? stageAttributes(viewer) : undefined;
  const values = allowed.map(({ value, label }) => ({
    attributes: attributes?.get(value) ?? null,
    label,
    validFor: [],
    value
  }));
  const defaultName = allowed.find((item) => item.defaultValue)?.value;
  const defaultValue = values.find(({ value }) => value === defaultName) ?? null;
  return { controllerValues: {}, defaultValue, eTag: eTag(values), url, values };
}

/** What the UI API says about stages besides their names (UI API guide, Picklist Value Attributes: Opportunity Stage). */
function stageAttributes(viewer: Viewer): Map<unknown, object> {
  const soql = 'SELECT ApiName, DefaultProbability, ForecastCategoryName, IsClosed, IsWon FROM OpportunityStage';
  return new Map(
    viewer.org.data.query(viewer.session, soql).records.map((stage) => [
      stage['ApiName'],
      {
        closed: stage['IsClosed'],
        defaultProbability: stage['DefaultProbability'],
        forecastCategoryName: stage['ForecastCategoryName'],
        picklistAtributesValueType: 'OpportunityStage',
        won: stage['IsWon']
      }
    ])
  );
}
