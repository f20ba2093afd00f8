import { gql } from 'lightning/graphql';
export const AUDIT_QUERY = gql`
  query cosellAuditTrail($recordId: ID!, $first: Int!, $directions: [Picklist], $outcomes: [Picklist]) {
    uiapi {
      query {
        Cosell_Audit__c(
          where: {
            and: [
              { Opportunity__c: { eq: $recordId } }
              { Direction__c: { in: $directions } }
              { Outcome__c: { in: $outcomes } }
            ]
          }
          orderBy: { Occurred_At__c: { order: DESC } }
          first: $first
        ) {
          edges {
            node {
              Id
              Occurred_At__c {
                value
              }
              Direction__c {
                value
              }
              Action__c {
                value
              }
              Field__c {
                value
              }
              Old_Value__c {
                value
              }
              New_Value__c {
                value
              }
              Outcome__c {
                value
              }
              Message__c {
                value
              }
            }
          }
          pageInfo {
            hasNextPage
          }
        }
      }
    }
  }
`;
