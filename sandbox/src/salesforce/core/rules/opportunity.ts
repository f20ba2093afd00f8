import type { Row } from '../contract.js';
import { roundHalfUp } from '../save/coerce.js';
import type { Engine, SaveContext } from '../save/engine.js';
import { forecastCategoryNames } from '../standard/opportunity.js';
import { ApiError } from '../transport.js';
import { changed, number, type ObjectRules } from './types.js';

interface StageRow {
  IsClosed: number;
  IsWon: number;
  ForecastCategory: string;
  DefaultProbability: number;
}

/** Stage, forecast, fiscal period and expected revenue follow from what the caller writes (Object Reference, Opportunity). */
export const opportunityRules: ObjectRules = {
  beforeSave(context) {
    const { row, before, engine } = context;
    if (changed(context, 'StageName')) applyStage(context);
    if (context.given.has('ForecastCategoryName')) applyForecastName(row);
    if (before?.['HasOpportunityLineItem'] === true) keepLineTotals(context, before);
    const amount = number(row['Amount']);
    const probability = number(row['Probability']) ?? 0;
    row['ExpectedRevenue'] = amount === undefined ? null : roundHalfUp((amount * probability) / 100, 2);
    applyFiscalPeriod(row, fiscalStart(engine));
  },
  afterSave({ engine, session, row, before }) {
    if (before === undefined && typeof row['ContactId'] === 'string') {
      engine.createRelated(session, 'OpportunityContactRole', {
        OpportunityId: row['Id'],
        ContactId: row['ContactId'],
        IsPrimary: true
      });
    }
  }
};

function applyStage({ engine, row, given }: SaveContext): void {
  const stage = engine.database.first<StageRow>(
    `SELECT "IsClosed", "IsWon", "ForecastCategory", "DefaultProbability" FROM "OpportunityStage" WHERE "ApiName" = ?`,
    row['StageName']
  );
  row['IsClosed'] = stage?.IsClosed === 1;
  row['IsWon'] = stage?.IsWon === 1;
  row['ForecastCategory'] = stage?.ForecastCategory ?? 'Pipeline';
  row['ForecastCategoryName'] = forecastCategoryNames[row['ForecastCategory']] ?? null;
  if (!given.has('Probability') || row['Probability'] === null) row['Probability'] = stage?.DefaultProbability ?? 0;
  row['LastStageChangeDate'] = row['SystemModstamp'] ?? null;
}

function applyForecastName(row: Row): void {
  const entry = Object.entries(forecastCategoryNames).find(([, name]) => name === row['ForecastCategoryName']);
  if (entry !== undefined) row['ForecastCategory'] = entry[0];
}

/** With products on the opportunity, a new amount is ignored, and another price book is refused. */
function keepLineTotals({ row, given }: SaveContext, before: Row): void {
  if (given.has('Amount')) row['Amount'] = before['Amount'] ?? null;
  if (row['Pricebook2Id'] !== before['Pricebook2Id']) {
    const text = 'cannot change the price book of an opportunity that has products';
    throw new ApiError(400, 'FIELD_INTEGRITY_EXCEPTION', text, ['Pricebook2Id']);
  }
}

function applyFiscalPeriod(row: Row, startMonth: number): void {
  const close = row['CloseDate'];
  if (typeof close !== 'string') return;
  const months = Number(close.slice(0, 4)) * 12 + Number(close.slice(5, 7)) - startMonth;
  row['FiscalYear'] = Math.floor(months / 12) + (startMonth > 1 ? 1 : 0);
  row['FiscalQuarter'] = Math.floor((months % 12) / 3) + 1;
  row['Fiscal'] = `${String(row['FiscalYear'])} ${String(row['FiscalQuarter'])}`;
}

function fiscalStart(engine: Engine): number {
  return engine.database.first<{ m: number | null }>(`SELECT "FiscalYearStartMonth" AS m FROM "Organization"`)?.m ?? 1;
}
