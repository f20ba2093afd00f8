import { gql } from 'lightning/graphql';
import type { Value } from 'c/erpFormat';

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

export interface LineNode {
  Id: string;
  Product2Id: Value<string>;
  Product2: { Name: Value<string> } | null;
  Quantity: Value<number>;
  ServiceDate: Value<string>;
}

export type AvailabilityNode = { Id: string } & Record<
  | 'Product__c'
  | 'Location_Name__c'
  | 'Unit__c'
  | 'Projection__c'
  | 'As_Of__c'
  | 'Source__c'
  | 'Not_Available_Reason__c'
  | 'Link__c',
  Value<string>
> &
  Record<'On_Hand__c' | 'On_Order__c' | 'Committed__c' | 'Available__c' | 'Late_Receipts__c', Value<number>>;

interface Connection<N> {
  edges: { node: N }[];
}
export interface ProductsData {
  uiapi: { query: { OpportunityLineItem: Connection<LineNode> } };
}
export interface AvailabilityData {
  uiapi: { query: { ERP_Availability__c: Connection<AvailabilityNode> } };
}
