/** Fictitious companies. A country longer than two letters is deliberate: such an account cannot be shared until it is corrected. */
export interface SeedAccount {
  name: string;
  industry: string;
  employees: number;
  street: string;
  city: string;
  state?: string;
  postalCode: string;
  country: string;
  currency: string;
  website: string;
  phone: string;
}

type AccountRow = [
  name: string,
  industry: string,
  employees: number,
  street: string,
  city: string,
  state: string,
  postalCode: string,
  country: string,
  currency: string,
  domain: string
];

// One company a line, as a table.
// prettier-ignore
const rows: AccountRow[] = [
  ['Adatum Corporation', 'Technology', 420, 'Stationsplein 14', 'Utrecht', '', '3511 ED', 'NL', 'EUR', 'adatum'],
  ['Adventure Works Cycles', 'Manufacturing', 1300, '26 Quay Street', 'Bristol', '', 'BS1 4DJ', 'GB', 'GBP', 'adventure-works'],
  ['Alpine Ski House', 'Recreation', 85, 'Bahnhofstrasse 8', 'Chur', 'GR', '7000', 'CH', 'CHF', 'alpineskihouse'],
  ['Bellows College', 'Education', 610, '415 College Avenue', 'Ithaca', 'NY', '14850', 'US', 'USD', 'bellowscollege'],
  ['Best For You Organics', 'Food & Beverage', 230, 'Kongens Nytorv 3', 'København', '', '1050', 'DK', 'DKK', 'bestforyouorganics'],
  ['Blue Yonder Airlines', 'Transportation', 8900, '18 Lakeview Drive', 'Chicago', 'IL', '60601', 'US', 'USD', 'blueyonderairlines'],
  ['City Power & Light', 'Utilities', 2700, 'Königstraße 27', 'Stuttgart', '', '70173', 'DE', 'EUR', 'citypowerlight'],
  ['Coho Winery', 'Agriculture', 64, '9 Chemin des Vignes', 'Beaune', '', '21200', 'FR', 'EUR', 'cohowinery'],
  ['Consolidated Messenger', 'Shipping', 5400, 'Waalhaven Zuidzijde 21', 'Rotterdam', '', '3089 JH', 'NL', 'EUR', 'consolidatedmessenger'],
  ['Fabrikam Residences', 'Construction', 310, '77 King Street West', 'Toronto', 'ON', 'M5K 1A1', 'CA', 'CAD', 'fabrikamresidences'],
  ['Fincher Architects', 'Engineering', 48, 'Grev Turegatan 11', 'Stockholm', '', '114 46', 'SE', 'SEK', 'fincherarchitects'],
  ['First Up Consultants', 'Consulting', 140, '5 Fleet Place', 'London', '', 'EC4M 7RD', 'GB', 'GBP', 'firstupconsultants'],
  ['Fourth Coffee', 'Food & Beverage', 1900, '1912 Pike Place', 'Seattle', 'WA', '98101', 'US', 'USD', 'fourthcoffee'],
  ['Graphic Design Institute', 'Education', 175, 'Oranienstraße 190', 'Berlin', '', '10999', 'Germany', 'EUR', 'graphicdesigninstitute'],
  ['Humongous Insurance', 'Insurance', 12500, '500 Boylston Street', 'Boston', 'MA', '02116', 'US', 'USD', 'humongousinsurance'],
  ['Lamna Healthcare', 'Healthcare', 3600, 'Herengracht 182', 'Amsterdam', '', '1016 BR', 'NL', 'EUR', 'lamnahealthcare'],
  ['Liberty Delightful Sinful Bakery', 'Retail', 95, '12 Grafton Street', 'Dublin', '', 'D02 R299', 'IE', 'EUR', 'libertybakery'],
  ['Litware', 'Electronics', 780, 'Calle de Alcalá 49', 'Madrid', '', '28014', 'ES', 'EUR', 'litware'],
  ["Margie's Travel", 'Hospitality', 52, '200 George Street', 'Sydney', 'NSW', '2000', 'AU', 'AUD', 'margiestravel'],
  ['Munson Pickles and Preserves Farm', 'Agriculture', 118, '3310 County Road 9', 'Boulder', 'CO', '80301', 'US', 'USD', 'munsonspicklesandpreservesfarm'],
  ['Northwind Traders', 'Retail', 640, 'Keizersgracht 310', 'Amsterdam', '', '1016 EX', 'NL', 'EUR', 'northwindtraders'],
  ['Proseware', 'Technology', 2100, '4 Place de la Bourse', 'Lyon', '', '69002', 'France', 'EUR', 'proseware'],
  ['Relecloud', 'Telecommunications', 4300, '88 Market Street', 'San Francisco', 'CA', '94105', 'US', 'USD', 'relecloud'],
  ['School of Fine Art', 'Education', 260, 'Via Tornabuoni 5', 'Firenze', 'FI', '50123', 'IT', 'EUR', 'schooloffineart'],
  ['Southridge Video', 'Media', 70, '31 Rua Garrett', 'Lisboa', '', '1200-203', 'PT', 'EUR', 'southridgevideo'],
  ['Tailspin Toys', 'Manufacturing', 930, 'Industrieweg 6', 'Eindhoven', '', '5627 BS', 'NL', 'EUR', 'tailspintoys'],
  ['Trey Research', 'Biotechnology', 390, 'Rue de la Loi 42', 'Bruxelles', '', '1040', 'BE', 'EUR', 'treyresearch'],
  ['VanArsdel', 'Manufacturing', 1500, 'Aleksanterinkatu 15', 'Helsinki', '', '00100', 'FI', 'EUR', 'vanarsdelltd'],
  ['Wide World Importers', 'Retail', 2250, '1401 Elm Street', 'Dallas', 'TX', '75202', 'US', 'USD', 'wideworldimporters'],
  ['Woodgrove Bank', 'Banking', 6800, '25 Bank Street', 'London', '', 'E14 5JP', 'GB', 'GBP', 'woodgrovebank']
];

const dialCodes: Readonly<Record<string, string>> = {
  NL: '+31 30 555 01',
  GB: '+44 20 7946 01',
  CH: '+41 81 555 01',
  US: '+1 206 555 01',
  DK: '+45 55 55 01 ',
  DE: '+49 711 555 01',
  CA: '+1 416 555 01',
  FR: '+33 4 55 50 01 ',
  SE: '+46 8 555 01 ',
  IE: '+353 1 555 01',
  ES: '+34 91 555 01',
  AU: '+61 2 5550 01',
  IT: '+39 055 555 01',
  PT: '+351 21 555 01',
  BE: '+32 2 555 01 ',
  FI: '+358 9 555 01',
  Germany: '+49 30 555 01',
  France: '+33 4 55 51 01 '
};

/** A telephone number inside ranges reserved for fiction, or close to one; `index` makes it unique. */
export const phoneNumber = (country: string, index: number): string =>
  `${dialCodes[country] ?? '+1 202 555 01'}${String(index % 100).padStart(2, '0')}`;

export const accounts: readonly SeedAccount[] = rows.map(
  ([name, industry, employees, street, city, state, postalCode, country, currency, domain], index) => ({
    name,
    industry,
    employees,
    street,
    city,
    ...(state === '' ? {} : { state }),
    postalCode,
    country,
    currency,
    website: `https://www.${domain}.example`,
    phone: phoneNumber(country, index)
  })
);
