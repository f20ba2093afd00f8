// @ts-check
/** Opportunities that can be shared: account with a complete address, contact role and solution. */

/** @typedef {import('./sandbox.mjs').Sandbox} Sandbox */

const row = (/** @type {string} */ type, /** @type {object} */ values) => ({ attributes: { type }, ...values });

/**
 * @param {Sandbox} sandbox
 * @param {number} count
 * @param {{ help?: boolean }} [options] `help`: Microsoft's help is asked for, which makes it two referrals per deal
 * @returns {Promise<string[]>} ids
 */
export const createDeals = async (sandbox, count, { help = false } = {}) => {
  const [account] = await sandbox.query(
    "SELECT Id, CurrencyIsoCode FROM Account WHERE BillingCountry = 'NL' ORDER BY Name LIMIT 1"
  );
  const [contact] = await sandbox.query(`SELECT Id FROM Contact WHERE AccountId = '${account.Id}' LIMIT 1`);
  const [solution] = await sandbox.query(
    'SELECT Id FROM Microsoft_Solution__c WHERE Active__c = true ORDER BY Name LIMIT 1'
  );
  const [owner] = await sandbox.query("SELECT Id FROM User WHERE Username = 'sam.seller@cosell.example'");
  const ids = await sandbox.collections(
    'POST',
    Array.from({ length: count }, (_, index) =>
      row('Opportunity', {
        Name: `Measured deal ${index}`,
        StageName: 'Qualification',
        CloseDate: '2027-06-30',
        Amount: 10_000 + index,
        Description: `Deal number ${index} of the measurement, agreed on with the customer's purchasing department.`,
        AccountId: account.Id,
        CurrencyIsoCode: account.CurrencyIsoCode,
        OwnerId: owner.Id,
        ...(help ? { How_can_Microsoft_help__c: 'General or Other' } : {})
      })
    )
  );
  await sandbox.collections(
    'POST',
    ids.map((id) => row('OpportunityContactRole', { OpportunityId: id, ContactId: contact.Id, IsPrimary: true }))
  );
  await sandbox.collections(
    'POST',
    ids.map((id) =>
      row('Opportunity_Microsoft_Solution__c', { Opportunity__c: id, Microsoft_Solution__c: solution.Id })
    )
  );
  return ids;
};

/** Flips "Sync with Partner Center" on. @param {Sandbox} sandbox @param {readonly string[]} ids */
export const toggle = (sandbox, ids) =>
  sandbox.collections(
    'PATCH',
    ids.map((Id) => row('Opportunity', { Id, Sync_with_Partner_Center__c: true }))
  );

/** Changes value and notes of every referral, as a colleague does in Partner Center. @param {Sandbox} sandbox @param {any[]} referrals */
export const editReferrals = async (sandbox, referrals) => {
  const waiting = [...referrals];
  const lane = async () => {
    for (let referral = waiting.pop(); referral !== undefined; referral = waiting.pop()) {
      const { id, details } = referral;
      const change = { id, dealValue: Number(details.dealValue) + 5_000, notes: `${details.notes} Enlarged.` };
      await sandbox.control('partner-center', 'POST', '/microsoft/edit', change);
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
};

/** The partner's referrals of the measured deals; Microsoft's own ones and those of the sandbox are left out. @param {Sandbox} sandbox */
export const measuredReferrals = async (sandbox) =>
  (await sandbox.referrals()).filter(
    ({ name, target }) =>
      name.startsWith('Measured deal') &&
      !target.some((/** @type {{ type: string }} */ { type }) => type === 'BusinessProfileLocation')
  );

/** How many there are, and how many of them carry the key of an opportunity which another one carries too. @param {Sandbox} sandbox */
export const countDuplicates = async (sandbox) => {
  const keys = (await measuredReferrals(sandbox)).map(({ externalReferenceId }) => externalReferenceId);
  return { referrals: keys.length, duplicates: keys.length - new Set(keys).size };
};
