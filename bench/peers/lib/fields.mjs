// @ts-check
/** What the scripts beside us carry over: the same fields, read and written the plain way. */

const person = ['FirstName', 'LastName', 'Phone', 'Email'];
const of = (/** @type {string} */ relation, /** @type {string[]} */ names) =>
  names.map((name) => `${relation}.${name}`);
const columns = [
  ...['Id', 'Name', 'Amount', 'CloseDate', 'CurrencyIsoCode', 'Description', 'How_can_Microsoft_help__c'],
  ...of('Account', ['Name', 'BillingStreet', 'BillingCity', 'BillingState', 'BillingPostalCode', 'BillingCountry']),
  ...of('Owner', person),
  `(SELECT ${of('Contact', person).join(', ')} FROM OpportunityContactRoles)`,
  '(SELECT Microsoft_Solution__r.Solution_Identifier__c, Microsoft_Solution__r.Name FROM Microsoft_Solutions__r)'
];

/** Deals to share that have no referral yet. */
export const openDeals =
  `SELECT ${columns.join(', ')} FROM Opportunity ` +
  'WHERE Sync_with_Partner_Center__c = true AND Referral_Identifier__c = null ORDER BY Id';

const toPerson = (/** @type {any} */ row) => ({
  firstName: row.FirstName,
  lastName: row.LastName,
  phoneNumber: row.Phone,
  email: row.Email
});

/** The body of the partner's referral. @param {any} deal */
export const referralOf = (deal) => {
  const solutions = (deal.Microsoft_Solutions__r?.records ?? []).map((/** @type {any} */ row) => ({
    type: 'Name',
    id: row.Microsoft_Solution__r.Solution_Identifier__c,
    name: row.Microsoft_Solution__r.Name
  }));
  return {
    name: deal.Name,
    externalReferenceId: deal.Id,
    qualification: 'SalesQualified',
    status: 'New',
    substatus: 'Pending',
    type: deal.How_can_Microsoft_help__c ? 'Shared' : 'Independent',
    target: [{ type: 'SolutionProfile', id: solutions[0]?.id }],
    customerProfile: {
      name: deal.Account.Name,
      address: {
        addressLine1: deal.Account.BillingStreet,
        city: deal.Account.BillingCity,
        state: deal.Account.BillingState,
        postalCode: deal.Account.BillingPostalCode,
        country: deal.Account.BillingCountry
      },
      team: (deal.OpportunityContactRoles?.records ?? []).map((/** @type {any} */ row) => toPerson(row.Contact))
    },
    consent: {
      consentToContact: true,
      consentToToShareInfoWithOthers: true,
      consentToShareReferralWithMicrosoftSellers: Boolean(deal.How_can_Microsoft_help__c)
    },
    details: {
      dealValue: deal.Amount,
      currency: deal.CurrencyIsoCode,
      closingDateTime: `${deal.CloseDate}T12:00:00.000Z`,
      notes: deal.Description,
      requirements: { solutions }
    },
    team: [toPerson(deal.Owner)]
  };
};

/** The columns that a changed referral fills. @param {any} referral */
export const opportunityOf = ({ externalReferenceId, details }) => ({
  Id: externalReferenceId,
  Amount: details.dealValue,
  CloseDate: details.closingDateTime.slice(0, 10),
  Description: details.notes
});

/** The columns that a created referral fills. @param {string} Id @param {any} referral */
export const couplingOf = (Id, { id }) => ({
  Id,
  Referral_Identifier__c: id,
  Referral_Link__c: `https://partner.microsoft.com/referrals/v2/inbox?id=${id}`
});
