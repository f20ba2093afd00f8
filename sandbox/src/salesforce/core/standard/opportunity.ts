import { leadSources } from './account.js';
import * as f from './fields.js';

/** The ten stages of a new org, with what each says about the deal. */
export const stages = [
  ['Prospecting', 10, 'Pipeline', false, false],
  ['Qualification', 10, 'Pipeline', false, false],
  ['Needs Analysis', 20, 'Pipeline', false, false],
  ['Value Proposition', 50, 'Pipeline', false, false],
  ['Id. Decision Makers', 60, 'Pipeline', false, false],
  ['Perception Analysis', 70, 'Pipeline', false, false],
  ['Proposal/Price Quote', 75, 'Pipeline', false, false],
  ['Negotiation/Review', 90, 'Pipeline', false, false],
  ['Closed Won', 100, 'Closed', true, true],
  ['Closed Lost', 0, 'Omitted', true, false]
] as const;

const forecastCategories = ['Omitted', 'Pipeline', 'BestCase', 'MostLikely', 'Forecast', 'Closed'];
/** Labels of the category, which is what ForecastCategoryName holds. */
export const forecastCategoryNames: Readonly<Record<string, string>> = {
  Omitted: 'Omitted',
  Pipeline: 'Pipeline',
  BestCase: 'Best Case',
  MostLikely: 'Most Likely',
  Forecast: 'Commit',
  Closed: 'Closed'
};

/** Opportunity (Object Reference). */
export const opportunity = f.standardObject(
  'Opportunity',
  '006',
  'Opportunity',
  [
    f.lookup('AccountId', 'Account ID', 'Account', 'Opportunities', { onDelete: 'Cascade' }),
    f.checkbox('IsPrivate', 'Private'),
    f.text('Name', 'Name', 120, { required: true }),
    f.longText('Description', 'Description', 32000),
    f.picklist(
      'StageName',
      'Stage',
      stages.map(([name]) => name),
      { required: true }
    ),
    f.currency('Amount', 'Amount'),
    f.percent('Probability', 'Probability (%)', 3, 0),
    f.currency('ExpectedRevenue', 'Expected Amount', f.readOnlyTraits),
    f.double('TotalOpportunityQuantity', 'Quantity', 18, 2),
    f.date('CloseDate', 'Close Date', { required: true }),
    f.picklist('Type', 'Opportunity Type', [
      'Existing Customer - Upgrade',
      'Existing Customer - Replacement',
      'Existing Customer - Downgrade',
      'New Customer'
    ]),
    f.text('NextStep', 'Next Step', 255),
    f.picklist('LeadSource', 'Lead Source', leadSources),
    f.checkbox('IsClosed', 'Closed', { permissionable: false, ...f.readOnlyTraits }),
    f.checkbox('IsWon', 'Won', { permissionable: false, ...f.readOnlyTraits }),
    f.picklist('ForecastCategory', 'Forecast Category', forecastCategories, {
      nillable: false,
      permissionable: false,
      ...f.readOnlyTraits
    }),
    f.picklist('ForecastCategoryName', 'Forecast Category', Object.values(forecastCategoryNames)),
    f.checkbox('HasOpportunityLineItem', 'Has Line Item', { permissionable: false, ...f.readOnlyTraits }),
    f.lookup('Pricebook2Id', 'Price Book ID', 'Pricebook2', 'Opportunities'),
    f.lookup('ContactId', 'Contact ID', 'Contact', undefined, { updateable: false }),
    f.owner(),
    f.integer('FiscalQuarter', 'Fiscal Quarter', { permissionable: false, ...f.readOnlyTraits }),
    f.integer('FiscalYear', 'Fiscal Year', { permissionable: false, ...f.readOnlyTraits }),
    f.text('Fiscal', 'Fiscal Period', 6, { permissionable: false, ...f.readOnlyTraits }),
    f.datetime('LastStageChangeDate', 'Last Stage Change Date', { permissionable: false, ...f.readOnlyTraits })
  ],
  { labelPlural: 'Opportunities' }
);

/** OpportunityStage (Object Reference): read-only rows behind the Stage picklist. */
export const opportunityStage = f.standardObject(
  'OpportunityStage',
  '01J',
  'Opportunity Stage',
  [
    f.text('MasterLabel', 'Master Label', 255),
    f.text('ApiName', 'API Name', 255),
    f.checkbox('IsActive', 'Is Active'),
    f.integer('SortOrder', 'Sort Order'),
    f.checkbox('IsClosed', 'Closed'),
    f.checkbox('IsWon', 'Won'),
    f.picklist('ForecastCategory', 'Forecast Category', forecastCategories),
    f.picklist('ForecastCategoryName', 'Forecast Category', Object.values(forecastCategoryNames)),
    f.percent('DefaultProbability', 'Probability (%)', 3, 0),
    f.text('Description', 'Description', 255)
  ],
  { nameField: 'MasterLabel', setupObject: true, createable: false, updateable: false, deletable: false }
);
