import type { OrgHandle } from './org-handle.js';
import { insertSeed } from './seed.js';
import { picklistValues } from './standard/fields.js';
import { forecastCategoryNames } from './standard/opportunity.js';

type StageOrg = Pick<OrgHandle, 'engine' | 'schema' | 'sessionFor'>;

/** The stage that opportunities of converted leads begin with: the first active one of the list. */
export function firstStage({ engine }: Pick<OrgHandle, 'engine'>): string {
  const row = engine.database.first<{ ApiName: string }>(
    `SELECT "ApiName" FROM "OpportunityStage" WHERE "IsActive" = 1 ORDER BY "SortOrder" LIMIT 1`
  );
  if (row === undefined) throw new Error('The org has no opportunity stage.');
  return row.ApiName;
}

/**
 * Adds an open stage before all others, as an administrator does in Setup, Opportunity Stages. Does nothing where it is already.
 * @param probability percent
 */
export function addFirstStage(org: StageOrg, username: string, name: string, probability: number): void {
  const { engine, schema } = org;
  const field = schema.field('Opportunity', 'StageName');
  const values = field?.picklist?.values ?? [];
  if (field === undefined || values.some(({ value }) => value === name)) return;
  engine.database.transaction(() => {
    engine.database.run(`UPDATE "OpportunityStage" SET "SortOrder" = "SortOrder" + 1`);
    insertSeed(engine, org.sessionFor(username), 'OpportunityStage', {
      MasterLabel: name,
      ApiName: name,
      IsActive: true,
      SortOrder: 1,
      IsClosed: false,
      IsWon: false,
      ForecastCategory: 'Pipeline',
      ForecastCategoryName: forecastCategoryNames['Pipeline'] ?? null,
      DefaultProbability: probability
    });
    schema.upsertField('Opportunity', {
      ...field,
      picklist: { restricted: false, values: [...picklistValues([name]), ...values] }
    });
  });
}
