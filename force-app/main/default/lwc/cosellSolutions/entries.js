import { gql } from 'lightning/graphql';
import { formatLabel } from 'c/formatLabel';
import SOLUTION_REMOVE from '@salesforce/label/c.Cosell_Solution_Remove';
/** Partner Center takes up to 50 solutions on a referral. */
export const LIMIT = 50;
export const ENTRIES_QUERY = gql`
  query cosellSolutions($recordId: ID!) {
    uiapi {
      query {
        Opportunity_Microsoft_Solution__c(
          where: { Opportunity__c: { eq: $recordId } }
          orderBy: { Name: { order: ASC } }
          first: 50
        ) {
          edges {
            node {
              Id
              Microsoft_Solution__r {
                Id
                Name {
                  value
                }
                Solution_Identifier__c {
                  value
                }
                Publisher_Name__c {
                  value
                }
              }
            }
          }
        }
      }
    }
  }
`;
function toEntry({ Id, Microsoft_Solution__r: solution }) {
  const name = solution?.Name.value ?? '';
  const detail = [solution?.Solution_Identifier__c.value, solution?.Publisher_Name__c.value]
    .filter(Boolean)
    .join(' · ');
  return { id: Id, solutionId: solution?.Id ?? '', name, detail, removeLabel: formatLabel(SOLUTION_REMOVE, name) };
}
export function readEntries({ uiapi }) {
  return uiapi.query.Opportunity_Microsoft_Solution__c.edges.map(({ node }) => toEntry(node));
}
