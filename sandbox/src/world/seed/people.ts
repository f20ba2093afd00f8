/** Sellers' customers: names are drawn from lists so that every start gives the same people. */
export interface SeedContact {
  firstName: string;
  lastName: string;
  title: string;
  email: string;
  phone: string;
}

// prettier-ignore
const firstNames = [
  'Anouk', 'Bram', 'Carmen', 'Deepak', 'Elif', 'Femke', 'Giulia', 'Henrik', 'Ines', 'Jonas',
  'Katarina', 'Liam', 'Maya', 'Noor', 'Oliver', 'Priya', 'Quinten', 'Rosa', 'Samuel', 'Tessa',
  'Ursula', 'Victor', 'Wendy', 'Xander', 'Yasmin', 'Zoë', 'Amira', 'Boris', 'Chloé', 'Daan'
];

// prettier-ignore
const lastNames = [
  'Aalto', 'Bakker', 'Costa', 'Dubois', 'Eriksen', 'Fischer', 'García', 'Hughes', 'Ivanova', 'Jansen',
  'Keller', 'Lindqvist', 'Moreau', 'Nielsen', 'Okafor', 'Patel', 'Quist', 'Rossi', 'Schmidt', 'Turner',
  'Urquhart', 'Visser', 'Walker', 'Xavier', 'Young', 'Zimmermann', 'Almeida', 'Brandt', 'Connolly', 'Dijkstra'
];

const titles = [
  'Chief Information Officer',
  'IT Manager',
  'Head of Procurement',
  'Operations Director',
  'Data Architect'
];

const ascii = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();

/** The `nth` contact of the account at `accountIndex`; `phone` is the account's own number series. */
export const contactFor = (accountIndex: number, nth: number, domain: string, phone: string): SeedContact => {
  const firstName = firstNames[(accountIndex * 7 + nth * 11) % firstNames.length] ?? 'Alex';
  const lastName = lastNames[(accountIndex * 5 + nth * 13 + 3) % lastNames.length] ?? 'Smit';
  return {
    firstName,
    lastName,
    title: titles[(accountIndex + nth) % titles.length] ?? 'Director',
    email: `${ascii(firstName)}.${ascii(lastName)}@${domain}`,
    phone
  };
};
