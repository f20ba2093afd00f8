import { collectRows, recordPath } from '../../../connectors/business-central/index.js';
import { CosellError } from '../../../ports/errors.js';
import type { Probe, ProbePorts } from './probes.js';
import { Attention } from './probes.js';

const rowsOf = ({ api, company }: ProbePorts, set: string, select: readonly string[]) =>
  collectRows(api, recordPath(company, set), { select, replica: true });

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

const TEMPLATES =
  'Set template selection rules in Business Central (page Config. Template Selection Rules), so that new ones get them.';

/** Items without them can be created and never posted; the API shows them for items and not for customers. */
async function itemGroups(ports: ProbePorts): Promise<string> {
  const fields = ['number', 'type', 'generalProductPostingGroupCode', 'inventoryPostingGroupCode'];
  const items = await rowsOf(ports, 'items', fields);
  const bare = items.filter(
    ({ type, generalProductPostingGroupCode: product, inventoryPostingGroupCode: inventory }) =>
      textOf(product) === '' || (textOf(type) === 'Inventory' && textOf(inventory) === '')
  );
  if (bare.length === 0) return `All ${items.length} items have posting groups.`;
  throw new Attention(
    'POSTING_GROUPS_MISSING',
    `${bare.length} of ${items.length} items have no posting group, for example ${textOf(bare[0]?.['number'])}; orders of them cannot be posted.`,
    ['Fill the posting groups of these items in Business Central.', TEMPLATES]
  );
}

async function postingGroups(ports: ProbePorts): Promise<string> {
  const [product, inventory] = await Promise.all(
    ['generalProductPostingGroups', 'inventoryPostingGroups'].map((set) => rowsOf(ports, set, ['code']))
  );
  if (product?.length && inventory?.length)
    return `There are ${product.length} general product and ${inventory.length} inventory posting groups.`;
  throw new Attention('POSTING_GROUPS_NONE', 'The company has no posting groups, so that nothing can be posted.', [
    'Complete the set-up of the company in Business Central.'
  ]);
}

/** The rules themselves are on no page of the API. */
function templates(): Promise<string> {
  return Promise.reject(
    new Attention(
      'TEMPLATES_NOT_VISIBLE',
      'Whether new customers and items get posting groups cannot be seen from outside.',
      [TEMPLATES]
    )
  );
}

/** Foreign rows need an exchange rate; without multi-currency both systems must count in the same currency. */
async function currencies(ports: ProbePorts): Promise<string> {
  const [setup, known, rates] = await Promise.all([
    rowsOf(ports, 'generalLedgerSetup', ['localCurrencyCode']),
    rowsOf(ports, 'currencies', ['code']),
    rowsOf(ports, 'currencyExchangeRates', ['currencyCode'])
  ]);
  const local = textOf(setup[0]?.['localCurrencyCode']);
  const { defaultCurrency } = ports;
  if (local === '') {
    throw new Attention('LOCAL_CURRENCY_UNKNOWN', 'The company does not say in which currency it keeps its books.', [
      'Set LCY Code on the page General Ledger Setup in Business Central.'
    ]);
  }
  const rated = new Set(rates.map(({ currencyCode }) => textOf(currencyCode)));
  const codes = known.map(({ code }) => textOf(code)).filter((code) => code !== local);
  if (defaultCurrency !== undefined && defaultCurrency !== local && !codes.includes(defaultCurrency)) {
    throw new CosellError(
      'CURRENCY_UNKNOWN',
      `The org counts in ${defaultCurrency}, which the company does not know; its own currency is ${local}.`,
      [`Add the currency ${defaultCurrency} with an exchange rate in Business Central.`]
    );
  }
  const bare = codes.filter((code) => !rated.has(code));
  if (bare.length === 0)
    return `The company counts in ${local} and knows ${codes.length} foreign currencies with rates.`;
  throw new Attention('EXCHANGE_RATES_MISSING', `There is no exchange rate for ${bare.join(', ')}.`, [
    'Add exchange rates on the page Currencies in Business Central, or keep these currencies out of the synchronization.'
  ]);
}

/** People are matched by e-mail. */
async function salespeople(ports: ProbePorts): Promise<string> {
  const people = await rowsOf(ports, 'salespeoplePurchasers', ['code', 'email']);
  const without = people.filter(({ email }) => textOf(email) === '').map(({ code }) => textOf(code));
  if (people.length > 0 && without.length === 0)
    return `All ${people.length} salespeople have an e-mail address to be matched by.`;
  throw new Attention(
    'SALESPEOPLE_WITHOUT_EMAIL',
    people.length === 0
      ? 'There are no salespeople; records keep their owner in Salesforce.'
      : `${without.length} of ${people.length} salespeople have no e-mail address and match no user: ${without.slice(0, 5).join(', ')}.`,
    ['Add the e-mail address of the Salesforce user on the salesperson card, where owners are to follow.']
  );
}

/** What new records need, and what records refer to. */
export const setup: readonly Probe[] = [
  { check: 'postingGroups', look: postingGroups },
  { check: 'itemPostingGroups', look: itemGroups },
  { check: 'templates', look: templates },
  { check: 'currencyRates', look: currencies },
  { check: 'salespeople', look: salespeople }
];
