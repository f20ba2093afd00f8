import { gql } from 'lightning/graphql';

/** Problems that the service still watches; those it gave up on have a button of their own where they are listed. */
export const OPEN_PROBLEMS_QUERY = gql`
  query cosellOpenProblems($recordId: ID!) {
    uiapi {
      query {
        Cosell_Issue__c(
          where: {
            and: [{ Opportunity__c: { eq: $recordId } }, { Kind__c: { eq: "Problem" } }, { Status__c: { eq: "Open" } }]
          }
          first: 50
        ) {
          edges {
            node {
              Id
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

export interface OpenProblemsData {
  uiapi: {
    query: { Cosell_Issue__c: { edges: readonly { node: { Id: string; Resolution__c: { value: string | null } } }[] } };
  };
}

/** Ids of problems nobody has asked to try again yet, and whether somebody has. */
export function readOpenProblems({ uiapi }: OpenProblemsData): { ids: string[]; isAsked: boolean } {
  const nodes = uiapi.query.Cosell_Issue__c.edges.map(({ node }) => node);
  return {
    ids: nodes.filter((node) => node.Resolution__c.value === null).map(({ Id }) => Id),
    isAsked: nodes.some((node) => node.Resolution__c.value !== null)
  };
}
