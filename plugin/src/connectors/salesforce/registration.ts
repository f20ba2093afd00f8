import type { JsonObject, JsonValue } from '../../ports/json.js';

/** Opportunity fields that a deal registration takes its content from; read only while registration is switched on. */
export const registrationFields = [
  'Registration_Requested__c',
  'Registration_Contract_Term__c',
  'Registration_Contract_Value__c',
  'Registration_Sign_Date__c',
  'Registration_Start_Date__c',
  'Registration_End_Date__c',
  'Registration_Solution_Identifier__c',
  'Referral_Registration_Status__c'
] as const;

/** Written by the service where it is read; elsewhere registration is switched off. */
export const registrationStatusField = 'Referral_Registration_Status__c';

const DAY_MS = 86_400_000;

/** The solution that is named, else the only one of the deal; null where that is not clear. */
function solutionOf(row: JsonObject, solutions: readonly JsonObject[]): JsonValue {
  const named = row['Registration_Solution_Identifier__c'];
  if (typeof named === 'string' && named.trim() !== '') return named.trim();
  return solutions.length === 1 ? (solutions[0]?.['Id'] ?? null) : null;
}

/**
 * `Registration` of the left document: what the rep asks to have registered. Absent where nobody asked, so that a request that
 * is taken back changes nothing about a registration that was made.
 * @param serverTime of the read, milliseconds since the epoch
 */
export function registrationOf(
  row: JsonObject,
  solutions: readonly JsonObject[],
  serverTime: number
): { Registration?: JsonObject } {
  if (row['Registration_Requested__c'] !== true) return {};
  const signed = row['Registration_Sign_Date__c'] ?? null;
  return {
    Registration: {
      Term: row['Registration_Contract_Term__c'] ?? null,
      Value: row['Registration_Contract_Value__c'] ?? row['Amount'] ?? null,
      Signed: signed,
      Start: row['Registration_Start_Date__c'] ?? null,
      End: row['Registration_End_Date__c'] ?? null,
      Solution: solutionOf(row, solutions),
      SignedDaysAgo: typeof signed === 'string' ? Math.floor((serverTime - Date.parse(signed)) / DAY_MS) : null
    }
  };
}
