/** Columns every custom object has. */
const ofCustomObjects =
  /^(NAME|CREATED_DATE|LAST_UPDATE|LAST_ACTIVITY|RECORDTYPE|OBJECT_ID|(CREATEDBY_USER|UPDATEDBY_USER|OWNER)\.(ALIAS|NAME|FIRST_NAME|LAST_NAME))$/;

/** Columns of standard objects by the names that list views use; objects not listed here take any name of that form. */
const ofStandardObjects: Readonly<Record<string, ReadonlySet<string>>> = {
  Opportunity: new Set([
    'ACCOUNT.NAME',
    'ACCOUNT.SITE',
    'CAMPAIGN.NAME',
    'CORE.USERS.ALIAS',
    'CORE.USERS.FIRST_NAME',
    'CORE.USERS.LAST_NAME',
    'CREATEDBY_USER.ALIAS',
    'OPPORTUNITY.AMOUNT',
    'OPPORTUNITY.CLOSED',
    'OPPORTUNITY.CLOSE_DATE',
    'OPPORTUNITY.CREATED_DATE',
    'OPPORTUNITY.DESCRIPTION',
    'OPPORTUNITY.EXPECTED_REVENUE',
    'OPPORTUNITY.FISCAL_QUARTER',
    'OPPORTUNITY.FISCAL_YEAR',
    'OPPORTUNITY.FORECAST_CATEGORY',
    'OPPORTUNITY.LAST_ACTIVITY',
    'OPPORTUNITY.LAST_UPDATE',
    'OPPORTUNITY.LEAD_SOURCE',
    'OPPORTUNITY.NAME',
    'OPPORTUNITY.NEXT_STEP',
    'OPPORTUNITY.PRIVATE',
    'OPPORTUNITY.PROBABILITY',
    'OPPORTUNITY.RECORDTYPE',
    'OPPORTUNITY.STAGE_NAME',
    'OPPORTUNITY.TYPE',
    'OPPORTUNITY.WON',
    'UPDATEDBY_USER.ALIAS'
  ])
};

const anyStandardColumn = /^[A-Z][A-Z0-9_]*(\.[A-Z][A-Z0-9_]*){0,2}$/;

/** Whether a column that is not a custom field exists on list views of the object. */
export function isStandardColumn(object: { name: string; custom: boolean }, column: string): boolean {
  if (object.custom) return ofCustomObjects.test(column);
  return ofStandardObjects[object.name]?.has(column) ?? anyStandardColumn.test(column);
}
