import { gql } from 'lightning/graphql';

/** Rows shown at a time; the search narrows them down. */
const SHOWN = 10;

export const CATALOGUE_QUERY = gql`
  query cosellCatalogue($text: String, $first: Int!) {
    uiapi {
      query {
        Microsoft_Solution__c(
          where: {
            and: [
              { Active__c: { eq: true } }
              {
                or: [
                  { Name: { like: $text } }
                  { Solution_Identifier__c: { like: $text } }
                  { Publisher_Name__c: { like: $text } }
                ]
              }
            ]
          }
          orderBy: { Name: { order: ASC } }
          first: $first
        ) {
          edges {
            node {
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
`;

/** A solution of the catalogue. */
export interface Solution {
  id: string;
  name: string;
  detail: string;
}

interface TextValue {
  value: string | null;
}

export interface CatalogueData {
  uiapi: {
    query: {
      Microsoft_Solution__c: {
        edges: readonly {
          node: { Id: string; Name: TextValue; Solution_Identifier__c: TextValue; Publisher_Name__c: TextValue };
        }[];
      };
    };
  };
}

/** Chosen solutions are left out after the search, so as many more are asked for. */
export const catalogueVariables = (term: string, chosen: number): Record<string, unknown> => ({
  text: `%${term}%`,
  first: SHOWN + chosen
});

export function readCatalogue({ uiapi }: CatalogueData): Solution[] {
  return uiapi.query.Microsoft_Solution__c.edges.map(({ node }) => ({
    id: node.Id,
    name: node.Name.value ?? '',
    detail: [node.Solution_Identifier__c.value, node.Publisher_Name__c.value].filter(Boolean).join(' · ')
  }));
}
