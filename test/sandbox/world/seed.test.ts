import { describe, expect, it } from 'vitest';
import { accounts } from '../../../sandbox/src/world/seed/accounts.js';
import { opportunities } from '../../../sandbox/src/world/seed/opportunities.js';
import { contactFor } from '../../../sandbox/src/world/seed/people.js';

const distinct = <T>(values: readonly T[]): number => new Set(values).size;

describe('seed data', () => {
  it('has at least 25 accounts, all different and with an address', () => {
    expect(distinct(accounts.map((account) => account.name))).toBe(accounts.length);
    expect(accounts.length).toBeGreaterThanOrEqual(25);
    for (const account of accounts) expect([account.street, account.city, account.postalCode].join('')).not.toBe('');
  });

  it('has at least 60 opportunities in several stages and currencies, some of them closed', () => {
    expect(opportunities.length).toBeGreaterThanOrEqual(60);
    expect(distinct(opportunities.map((opportunity) => opportunity.name))).toBe(opportunities.length);
    expect(distinct(opportunities.map((opportunity) => opportunity.stage))).toBe(10);
    expect(distinct(opportunities.map((opportunity) => opportunity.currency))).toBeGreaterThanOrEqual(5);
    for (const opportunity of opportunities) {
      expect(opportunity.closesInDays < 0, opportunity.name).toBe(opportunity.stage.startsWith('Closed'));
    }
  });

  it('has opportunities that are not ready to share, for each reason a rep can meet', () => {
    for (const readiness of ['noContact', 'noSolution', 'bare'] as const) {
      expect(opportunities.filter((opportunity) => opportunity.readiness === readiness).length).toBeGreaterThan(3);
    }
    expect(accounts.filter((account) => account.country.length !== 2).length).toBeGreaterThan(0);
  });

  it('gives the two contacts of an account different people', () => {
    accounts.forEach((account, index) => {
      const [first, second] = [0, 1].map((nth) => contactFor(index, nth, 'x.example', account.phone).email);
      expect(first).toMatch(/^[a-z]+\.[a-z]+@x\.example$/);
      expect(first).not.toBe(second);
    });
  });
});
