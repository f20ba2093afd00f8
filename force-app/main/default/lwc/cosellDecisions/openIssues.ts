import { gql } from 'lightning/graphql';
import { fieldName } from 'c/cosellFieldNames';
import { issueTexts } from 'c/cosellIssues';
import { formatLabel } from 'c/formatLabel';
import KEEP_SALESFORCE from '@salesforce/label/c.Cosell_Keep_Salesforce';
import KEEP_PARTNER_CENTER from '@salesforce/label/c.Cosell_Keep_Partner_Center';
import TRY_AGAIN from '@salesforce/label/c.Cosell_Try_Again';
import ANSWER_FOR from '@salesforce/label/c.Cosell_Answer_For';
import ANSWER_WAITING from '@salesforce/label/c.Cosell_Answer_Waiting';
import CONFLICT_TEXT from '@salesforce/label/c.Cosell_Conflict_Text';
import EMPTY_VALUE from '@salesforce/label/c.Cosell_Empty_Value';

export const OPEN_ISSUES_QUERY = gql`
  query cosellOpenIssues($recordId: ID!) {
    uiapi {
      query {
        Cosell_Issue__c(
          where: { and: [{ Opportunity__c: { eq: $recordId } }, { Status__c: { ne: "Resolved" } }] }
          orderBy: { First_Seen__c: { order: ASC } }
          first: 50
        ) {
          edges {
            node {
              Id
              Kind__c {
                value
              }
              Code__c {
                value
              }
              Field__c {
                value
              }
              Salesforce_Value__c {
                value
              }
              Partner_Center_Value__c {
                value
              }
              Agreed_Value__c {
                value
              }
              Salesforce_Changed_At__c {
                value
              }
              Partner_Center_Changed_At__c {
                value
              }
              Message__c {
                value
              }
              Next_Step__c {
                value
              }
              Status__c {
                value
              }
              Resolution__c {
                value
              }
            }
          }
        }
      }
    }
  }
`;

interface TextValue {
  value: string | null;
}

/** One issue as the query returns it. */
export interface IssueNode {
  Id: string;
  Kind__c: TextValue;
  Code__c: TextValue;
  Field__c: TextValue;
  Salesforce_Value__c: TextValue;
  Partner_Center_Value__c: TextValue;
  Agreed_Value__c: TextValue;
  Salesforce_Changed_At__c: TextValue;
  Partner_Center_Changed_At__c: TextValue;
  Message__c: TextValue;
  Next_Step__c: TextValue;
  Status__c: TextValue;
  Resolution__c: TextValue;
}

export interface OpenIssuesData {
  uiapi: { query: { Cosell_Issue__c: { edges: readonly { node: IssueNode }[] } } };
}

/** Values of Resolution__c. */
export type Answer = 'KeepSalesforce' | 'KeepPartnerCenter' | 'Retry';

/** A button; its name says what it is about, because several look alike. */
export interface Choice {
  answer: Answer;
  label: string;
  name: string;
}

/** Something a person can decide about. */
export interface OpenIssue {
  id: string;
  title: string;
  isConflict: boolean;
  salesforce: string;
  partnerCenter: string;
  agreed: string;
  /** Milliseconds since 1970; undefined when unknown. */
  salesforceAt: number | undefined;
  partnerCenterAt: number | undefined;
  message: string;
  nextStep: string;
  choices: Choice[];
  /** What was answered and is not carried out yet, in a sentence; empty when nothing is. */
  waiting: string;
}

const LABELS: Readonly<Record<Answer, string>> = {
  KeepSalesforce: KEEP_SALESFORCE,
  KeepPartnerCenter: KEEP_PARTNER_CENTER,
  Retry: TRY_AGAIN
};

const EITHER: readonly Answer[] = ['KeepSalesforce', 'KeepPartnerCenter'];
const AGAIN: readonly Answer[] = ['Retry'];
/** Conflicts with other answers than most: what Partner Center takes only once can be settled by an edit here alone. */
const ANSWERS: Readonly<Record<string, readonly Answer[]>> = { ALREADY_SET: [] };

const text = ({ value }: TextValue): string => value ?? '';
const shown = (value: TextValue): string => text(value) || EMPTY_VALUE;
const time = ({ value }: TextValue): number | undefined => (value ? Date.parse(value) : undefined);

function waitingFor(answer: string): string {
  return answer === '' ? '' : formatLabel(ANSWER_WAITING, LABELS[answer as Answer] ?? answer);
}

/** The service's sentence for a conflict nobody has decided about; others say why a decision could not be carried out. */
const plainConflict = (field: string): string => `${field} was changed in Salesforce and in Partner Center.`;

/** Message and next step in the user's language where the code says all there is to say, else as the service stored them. */
function textsOf(node: IssueNode, isConflict: boolean, title: string): { message: string; nextStep: string } {
  const stored = { message: text(node.Message__c), nextStep: text(node.Next_Step__c) };
  const known = issueTexts(text(node.Code__c));
  if (!known) return stored;
  if (!isConflict) return { ...stored, nextStep: known.step };
  if (stored.message !== plainConflict(text(node.Field__c))) return stored;
  return { message: formatLabel(CONFLICT_TEXT, title), nextStep: known.step };
}

function toOpenIssue(node: IssueNode): OpenIssue {
  const isConflict = text(node.Kind__c) === 'Conflict';
  const code = text(node.Code__c);
  const title = isConflict ? fieldName(text(node.Field__c)) : (issueTexts(code)?.text ?? code);
  const answers = isConflict ? (ANSWERS[text(node.Code__c)] ?? EITHER) : AGAIN;
  return {
    id: node.Id,
    title,
    isConflict,
    salesforce: shown(node.Salesforce_Value__c),
    partnerCenter: shown(node.Partner_Center_Value__c),
    agreed: shown(node.Agreed_Value__c),
    salesforceAt: time(node.Salesforce_Changed_At__c),
    partnerCenterAt: time(node.Partner_Center_Changed_At__c),
    ...textsOf(node, isConflict, title),
    choices: answers.map((answer) => ({
      answer,
      label: LABELS[answer],
      name: formatLabel(ANSWER_FOR, LABELS[answer], title)
    })),
    waiting: waitingFor(text(node.Resolution__c))
  };
}

/** Conflicts, and problems that are no longer tried by themselves: those a person can do something about here. */
export function readOpenIssues({ uiapi }: OpenIssuesData): OpenIssue[] {
  return uiapi.query.Cosell_Issue__c.edges
    .filter(({ node }) => text(node.Kind__c) === 'Conflict' || text(node.Status__c) === 'Parked')
    .map(({ node }) => toOpenIssue(node));
}
