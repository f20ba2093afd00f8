import { describe, expect, it } from 'vitest';
import { judge, type Evidence } from './lib/verdict.mjs';

/** One opportunity that is in step; each test breaks one thing. */
const good = (): Evidence => ({
  opportunities: [
    {
      Id: '006A',
      Amount: 1_000_001,
      Description: 'Text',
      Referral_Identifier__c: 'r1',
      Cosell_Sync_State__c: 'Synced'
    }
  ],
  referrals: [{ id: 'r1', marker: '006A', dealValue: 1_000_001, notes: 'Text' }],
  trail: [
    {
      ...{ Opportunity__c: '006A', Action__c: 'created', Field__c: null, Direction__c: 'toRight' },
      ...{ Old_Value__c: null, New_Value__c: 'r1', Outcome__c: 'success', Audit_Key__c: 'k1' }
    }
  ],
  edits: [{ id: '006A', side: 'left', field: 'value', value: 1_000_001 }],
  ledger: { openIntents: 0, issues: 0, untold: 0, queue: 0, held: 0 }
});

const broken: [string, (evidence: Evidence) => void, RegExp][] = [
  [
    'a second referral',
    ({ referrals }) => referrals.push({ id: 'r2', marker: '006A', dealValue: 1_000_001, notes: 'Text' }),
    /duplicate referrals 1: 006A/
  ],
  ['a missing referral', ({ referrals }) => referrals.pop(), /not in step 1/],
  ['values that differ', ({ referrals }) => Object.assign(referrals[0] ?? {}, { notes: 'Other' }), /not in step 1/],
  [
    'a state other than Synced',
    ({ opportunities }) => Object.assign(opportunities[0] ?? {}, { Cosell_Sync_State__c: 'Error' }),
    /not in step 1/
  ],
  [
    'the id of another referral',
    ({ opportunities }) => Object.assign(opportunities[0] ?? {}, { Referral_Identifier__c: 'r9' }),
    /not in step 1/
  ],
  [
    'an edit that is nowhere',
    ({ edits }) => edits.push({ id: '006A', side: 'right', field: 'value', value: 1_000_002 }),
    /lost edits 1/
  ],
  ['no word about the referral', ({ trail }) => trail.pop(), /without an entry about their referral 1/],
  [
    'the same entry under another key',
    ({ trail }) => trail[0] && trail.push({ ...trail[0], Audit_Key__c: 'k2' }),
    /there twice 1/
  ],
  ['an open intent', ({ ledger }) => (ledger.openIntents = 1), /open intents 1/],
  ['work in the queue', ({ ledger }) => (ledger.queue = 2), /items in the queue 2/],
  ['a held record', ({ ledger }) => (ledger.held = 1), /records that somebody holds 1/]
];

describe('the verdict of the crash test', () => {
  it('finds nothing wrong where nothing is', () => {
    expect(judge(good())).toEqual({ duplicates: 0, undone: 0, defects: [] });
  });

  it.each(broken)('finds %s', (_what, harm, finding) => {
    const evidence = good();
    harm(evidence);
    expect(judge(evidence).defects.join('\n')).toMatch(finding);
  });

  it('accepts an edit that lost when the trail names it', () => {
    const evidence = good();
    evidence.edits.push({ id: '006A', side: 'right', field: 'value', value: 1_000_002 });
    const [entry] = evidence.trail;
    if (entry) evidence.trail.push({ ...entry, Action__c: 'conflict', Old_Value__c: '1000002' });
    expect(judge(evidence).defects).toEqual([]);
  });
});
