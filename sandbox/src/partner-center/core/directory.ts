/** People and organisations of the sandbox. Names are invented; `msft` is the id Partner Center itself uses for Microsoft. */
export interface Organization {
  id: string;
  name: string;
  /** Entra ID tenant; Microsoft does not sign in here. */
  tenantId: string | null;
  mpnId: string | null;
}

export type PartnerRole = 'Referrals admin' | 'Referrals user';

export interface DirectoryUser {
  oid: string;
  upn: string;
  firstName: string;
  lastName: string;
  phoneNumber: string;
  organizationId: string;
  roles: readonly PartnerRole[];
}

export const MICROSOFT: Organization = { id: 'msft', name: 'Microsoft', tenantId: null, mpnId: null };

export const PARTNER: Organization = {
  id: '7b2c4f1e-6a35-4d0b-8f5d-2f1f0e3a9c64',
  name: 'Contoso Partners',
  tenantId: 'c0a7c1d2-93f4-4e8b-b1a6-0d5b1d7e2f11',
  mpnId: '4816220'
};

export const users: readonly DirectoryUser[] = [
  {
    oid: '5d1f0c9a-2f43-4f0f-9b7e-0f6f2f6f1a01',
    upn: 'admin@contoso-partners.example',
    firstName: 'Priya',
    lastName: 'Admin',
    phoneNumber: '+31 20 555 0101',
    organizationId: PARTNER.id,
    roles: ['Referrals admin']
  },
  {
    oid: '5d1f0c9a-2f43-4f0f-9b7e-0f6f2f6f1a02',
    upn: 'sam.seller@cosell.example',
    firstName: 'Sam',
    lastName: 'Seller',
    phoneNumber: '+31 20 555 0102',
    organizationId: PARTNER.id,
    roles: ['Referrals user']
  },
  {
    oid: '5d1f0c9a-2f43-4f0f-9b7e-0f6f2f6f1a03',
    upn: 'guest@contoso-partners.example',
    firstName: 'Gus',
    lastName: 'Guest',
    phoneNumber: '+31 20 555 0103',
    organizationId: PARTNER.id,
    roles: []
  }
];

/** Sellers who answer on Microsoft's side. */
export const microsoftSellers: readonly { firstName: string; lastName: string; email: string; phoneNumber: string }[] =
  [
    { firstName: 'Mila', lastName: 'Vermeer', email: 'mila.vermeer@microsoft.example', phoneNumber: '+31 20 555 0191' },
    { firstName: 'Noah', lastName: 'Bakker', email: 'noah.bakker@microsoft.example', phoneNumber: '+31 20 555 0192' }
  ];

/** The application that the sandbox's connector signs in with. */
export const CLIENT_ID = '2a8b64c7-11f0-4b0e-9d3c-6a5f3e7d9b20';

export function findUser(upnOrOid: string): DirectoryUser | undefined {
  const wanted = upnOrOid.toLowerCase();
  return users.find((user) => user.upn === wanted || user.oid === wanted);
}
