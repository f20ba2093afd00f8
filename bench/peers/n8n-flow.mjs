// @ts-check
/**
 * The flow that somebody builds in an hour: query the toggled opportunities without a referral, one HTTP request per deal, one
 * update per opportunity. Node settings are the defaults.
 */
import { openDeals } from './lib/fields.mjs';

const person = (/** @type {string} */ row) =>
  `{ firstName: ${row}.FirstName, lastName: ${row}.LastName, phoneNumber: ${row}.Phone, email: ${row}.Email }`;

const body = `={{ JSON.stringify({
  name: $json.Name, externalReferenceId: $json.Id, qualification: 'SalesQualified', status: 'New', substatus: 'Pending',
  type: 'Independent',
  target: [{ type: 'SolutionProfile', id: $json.Microsoft_Solutions__r.records[0].Microsoft_Solution__r.Solution_Identifier__c }],
  customerProfile: { name: $json.Account.Name, address: {
    addressLine1: $json.Account.BillingStreet, city: $json.Account.BillingCity, state: $json.Account.BillingState,
    postalCode: $json.Account.BillingPostalCode, country: $json.Account.BillingCountry },
    team: $json.OpportunityContactRoles.records.map((row) => (${person('row.Contact')})) },
  consent: { consentToContact: true, consentToToShareInfoWithOthers: true, consentToShareReferralWithMicrosoftSellers: false },
  details: { dealValue: $json.Amount, currency: $json.CurrencyIsoCode, closingDateTime: $json.CloseDate + 'T12:00:00.000Z',
    notes: $json.Description, requirements: { solutions: $json.Microsoft_Solutions__r.records.map((row) => ({
      type: 'Name', id: row.Microsoft_Solution__r.Solution_Identifier__c, name: row.Microsoft_Solution__r.Name })) } },
  team: [${person('$json.Owner')}]
}) }}`;

const credentials = { salesforceOAuth2Api: { id: 'cosellbench0001', name: 'Bench org' } };
const step = (/** @type {string} */ name, /** @type {string} */ type, version = 1) => ({
  id: name.toLowerCase(),
  name,
  type: `n8n-nodes-base.${type}`,
  typeVersion: version,
  position: [0, 0]
});
const next = (/** @type {string} */ node) => ({ main: [[{ node, type: 'main', index: 0 }]] });
const field = (/** @type {string} */ fieldId, /** @type {string} */ value) => ({ fieldId, value });

export const workflowId = 'cosellbenchflow1';

/** @param {{ url: string, token: string }} partnerCenter */
export const flowFor = ({ url, token }) => ({
  id: workflowId,
  name: 'Share deals',
  active: false,
  settings: { executionOrder: 'v1' },
  nodes: [
    { ...step('Start', 'manualTrigger'), parameters: {} },
    {
      ...step('Query', 'salesforce'),
      parameters: { authentication: 'oAuth2', resource: 'search', operation: 'query', query: openDeals },
      credentials
    },
    {
      ...step('Refer', 'httpRequest', 4.2),
      parameters: {
        method: 'POST',
        url: `${url}/v1.0/engagements/referrals`,
        sendHeaders: true,
        headerParameters: { parameters: [{ name: 'Authorization', value: `Bearer ${token}` }] },
        sendBody: true,
        specifyBody: 'json',
        jsonBody: body,
        options: {}
      }
    },
    {
      ...step('Update', 'salesforce'),
      parameters: {
        authentication: 'oAuth2',
        resource: 'opportunity',
        operation: 'update',
        opportunityId: '={{ $json.externalReferenceId }}',
        updateFields: {
          customFieldsUi: {
            customFieldsValues: [
              field('Referral_Identifier__c', '={{ $json.id }}'),
              field('Referral_Link__c', '=https://partner.microsoft.com/referrals/v2/inbox?id={{ $json.id }}')
            ]
          }
        }
      },
      credentials
    }
  ],
  connections: { Start: next('Query'), Query: next('Refer'), Refer: next('Update') }
});

/** The org's sign-in with its address on loopback. @param {{ url: string, token: string }} salesforce */
export const credentialFor = ({ url, token }) => ({
  id: credentials.salesforceOAuth2Api.id,
  name: credentials.salesforceOAuth2Api.name,
  type: 'salesforceOAuth2Api',
  data: {
    environment: 'production',
    clientId: 'bench',
    clientSecret: 'bench',
    oauthTokenData: { access_token: token, instance_url: url, token_type: 'Bearer' }
  }
});
