import { gql } from 'lightning/graphql';
/** Lines of an opportunity that are shown; Salesforce allows 200 by default. */
export const PRODUCTS_QUERY = gql`
  query erpProducts($recordId: ID!) {
    uiapi {
      query {
        OpportunityLineItem(where: { OpportunityId: { eq: $recordId } }, first: 200) {
          edges {
            node {
              Id
              Product2Id {
                value
              }
              Product2 {
                Name {
                  value
                }
              }
              Quantity {
                value
              }
              ServiceDate {
                value
              }
            }
          }
        }
      }
    }
  }
`;
export const AVAILABILITY_QUERY = gql`
  query erpAvailability($products: [ID]) {
    uiapi {
      query {
        ERP_Availability__c(
          where: { Product__c: { in: $products } }
          orderBy: { Location_Code__c: { order: ASC } }
          first: 2000
        ) {
          edges {
            node {
              Id
              Product__c {
                value
              }
              Location_Name__c {
                value
              }
              Unit__c {
                value
              }
              On_Hand__c {
                value
              }
              On_Order__c {
                value
              }
              Committed__c {
                value
              }
              Available__c {
                value
              }
              Late_Receipts__c {
                value
              }
              Projection__c {
                value
              }
              As_Of__c {
                value
              }
              Source__c {
                value
              }
              Not_Available_Reason__c {
                value
              }
              Link__c {
                value
              }
            }
          }
        }
      }
    }
  }
`;
