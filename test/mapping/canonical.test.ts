import { beforeAll, describe, expect, it } from 'vitest';
import { creationValues, loadMapping, recordHash, toCanonical, toPathValues } from '../../plugin/src/mapping/index.js';
import type { Mapping, Side } from '../../plugin/src/mapping/types.js';
import type { JsonObject, JsonValue } from '../../plugin/src/ports/json.js';
import { contact, opportunity } from '../support/engine/fake-org.js';

let mapping: Mapping;
beforeAll(async () => {
  mapping = await loadMapping();
});

type Case = [what: string, side: Side, document: JsonObject, field: string, value: JsonValue | undefined];

const cases: Case[] = [
  [
    'text is trimmed, has one line ending and composed characters',
    'left',
    { Description: ' a\r\nb\rc e\u0301 ' },
    'notes',
    'a\nb\nc é'
  ],
  ['blank text is empty', 'left', { Description: ' \r\n ' }, 'notes', null],
  ['an absent member is not empty but unread', 'left', {}, 'notes', undefined],
  ['marks in front of a name do not belong to it', 'left', { Name: '✔ ✖\uFE0F Big deal ✔' }, 'name', 'Big deal ✔'],
  ['a number may come as text', 'right', { details: { dealValue: '10000' } }, 'dealValue', 10000],
  ['a number has no scale', 'right', { details: { dealValue: 10.0 } }, 'dealValue', 10],
  ['minus zero is zero', 'left', { Amount: -0 }, 'dealValue', 0],
  ['what is no number is unread', 'right', { details: { dealValue: 'much' } }, 'dealValue', undefined],
  ['a currency is upper case', 'left', { CurrencyIsoCode: 'usd ' }, 'currency', 'USD'],
  ['a plain date stays the day', 'left', { CloseDate: '2026-03-01' }, 'closingDate', '2026-03-01'],
  [
    'an instant at midnight is that day',
    'right',
    { details: { closingDateTime: '2026-03-01T00:00:00.0000000Z' } },
    'closingDate',
    '2026-03-01'
  ],
  [
    'an instant late in the day is that day',
    'right',
    { details: { closingDateTime: '2026-03-01T23:59:59.9999999Z' } },
    'closingDate',
    '2026-03-01'
  ],
  [
    'an instant with an offset is its UTC day',
    'right',
    { details: { closingDateTime: '2026-03-01T23:30:00-02:00' } },
    'closingDate',
    '2026-03-02'
  ],
  [
    'an offset may lack its colon',
    'right',
    { details: { closingDateTime: '2026-03-01T23:30:00.000+0000' } },
    'closingDate',
    '2026-03-01'
  ],
  ['won is won', 'left', { StageName: 'Closed Won' }, 'outcome', 'Closed/Won'],
  ['every open stage is being worked on', 'left', { StageName: 'My own stage' }, 'outcome', 'Active/Accepted'],
  ['a declined request is lost', 'right', { outcome: 'Closed/Declined' }, 'outcome', 'Closed/Lost'],
  ['no help is empty', 'right', { microsoft: { inviteContext: { assistanceRequestCode: 'Unknown' } } }, 'help', null],
  ['a referral without Microsoft has no help', 'right', { microsoft: null }, 'help', null],
  [
    'a kind of help we do not know is left alone',
    'right',
    { microsoft: { inviteContext: { assistanceRequestCode: 'Brandnew' } } },
    'help',
    undefined
  ],
  ['help is a code', 'left', { How_can_Microsoft_help__c: 'Proof Of Concept or Demo' }, 'help', 'ProofOfConceptOrDemo'],
  [
    'help makes the deal visible',
    'left',
    { How_can_Microsoft_help__c: 'General or Other', Referral_Visible_to_Microsoft_Sellers__c: false },
    'visibleToMicrosoft',
    true
  ],
  [
    'without help the checkbox counts',
    'left',
    { How_can_Microsoft_help__c: null, Referral_Visible_to_Microsoft_Sellers__c: false },
    'visibleToMicrosoft',
    false
  ],
  [
    'a missing consent is none',
    'right',
    { consent: { consentToShareReferralWithMicrosoftSellers: null } },
    'visibleToMicrosoft',
    false
  ],
  [
    'the country code goes before the country',
    'left',
    { Account: { BillingCountryCode: 'NO', BillingCountry: 'Norway' } },
    'customerCountry',
    'NO'
  ],
  ['the country stands in for an absent code', 'left', { Account: { BillingCountry: 'NO' } }, 'customerCountry', 'NO'],
  ['an absent account has an empty name', 'left', { Account: null }, 'customerName', null],
  ['an absent list is empty', 'right', { team: null }, 'team', []],
  [
    'lists are sorted by key, without items that have none and without repetitions',
    'left',
    {
      Solutions: [
        { Id: 'SOL-2', Name: 'B' },
        { Name: 'no id' },
        { Id: 'SOL-1', Name: 'A ' },
        { Id: 'sol-2', Name: 'again' }
      ]
    },
    'solutions',
    [
      { id: 'SOL-1', name: 'A' },
      { id: 'SOL-2', name: 'B' }
    ]
  ]
];

describe('canonical form', () => {
  it.each(cases)('%s (%s)', (_what, side, document, field, value) => {
    expect(toCanonical(mapping, side, document)[field]).toEqual(value);
  });

  it('hashes alike what differs only in spelling', () => {
    const one = toCanonical(mapping, 'right', {
      details: { dealValue: 10, closingDateTime: '2026-03-01T00:00:00Z' },
      team: [{ email: 'A@b.c' }]
    });
    const two = toCanonical(mapping, 'right', {
      team: [{ email: 'a@B.c' }],
      details: { dealValue: '10.00', closingDateTime: '2026-03-01T12:00:00.0000000Z' }
    });
    expect(recordHash(mapping, 'right', one)).toBe(recordHash(mapping, 'right', two));
    expect(recordHash(mapping, 'right', { ...one, dealValue: 11 })).not.toBe(recordHash(mapping, 'right', one));
  });
});

describe('values to write', () => {
  it('stand at the side’s paths in its own form', () => {
    expect(
      toPathValues(mapping, 'right', { dealValue: 10, closingDate: '2026-03-01', notes: null, outcome: 'Closed/Won' })
    ).toEqual({
      'details.dealValue': 10,
      'details.closingDateTime': '2026-03-01T12:00:00.000Z',
      'details.notes': null,
      outcome: 'Closed/Won'
    });
    expect(toPathValues(mapping, 'left', { closingDate: '2026-03-01', outcome: 'Closed/Lost' })).toEqual({
      CloseDate: '2026-03-01',
      StageName: 'Closed Lost'
    });
  });

  it('leave out what the side has no value for', () => {
    expect(toPathValues(mapping, 'left', { outcome: 'Active/Accepted' })).toEqual({});
  });

  it('of a new referral hold consent, customer and team, and no status', () => {
    const left = { ...opportunity(1), Contacts: [contact], How_can_Microsoft_help__c: 'General or Other' };
    const values = creationValues(mapping, toCanonical(mapping, 'left', left));
    expect(values).toMatchObject({
      name: 'Deal 1',
      'consent.consentToContact': true,
      'consent.consentToToShareInfoWithOthers': true,
      'consent.consentToShareReferralWithMicrosoftSellers': true,
      'customerProfile.address.country': 'NO',
      'customerProfile.team': [
        { firstName: 'Kari', lastName: 'Kunde', phoneNumber: '+47 2', email: 'kari@alpine.example' }
      ],
      'details.requirements.solutions': [{ id: 'SOL-10001-ABC', name: 'Ski Cloud', type: 'Name' }],
      'microsoft.inviteContext.assistanceRequestCode': 'GeneralOrOther'
    });
    expect(values).not.toHaveProperty('outcome');
  });
});
