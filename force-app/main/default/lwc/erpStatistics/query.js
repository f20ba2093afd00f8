import { gql } from 'lightning/graphql';
export const STATISTICS_QUERY = gql`
  query erpStatistics($accountId: ID!) {
    uiapi {
      query {
        ERP_Account_Statistics__c(where: { Account__c: { eq: $accountId } }, first: 5) {
          edges {
            node {
              Id
              Customer_Number__c {
                value
              }
              Customer_Name__c {
                value
              }
              Company__c {
                value
              }
              Currency_Code__c {
                value
              }
              Balance__c {
                value
              }
              Outstanding_Orders__c {
                value
              }
              Open_Order_Count__c {
                value
              }
              Shipped_Not_Invoiced__c {
                value
              }
              Outstanding_Invoices__c {
                value
              }
              Total__c {
                value
              }
              Credit_Limit__c {
                value
              }
              Overdue_Amount__c {
                value
              }
              Overdue_As_Of__c {
                value
              }
              Total_Sales__c {
                value
              }
              Sales_From__c {
                value
              }
              Aged_As_Of__c {
                value
              }
              Aged_Current__c {
                value
              }
              Aged_Period_1__c {
                value
              }
              Aged_Period_1_Label__c {
                value
              }
              Aged_Period_2__c {
                value
              }
              Aged_Period_2_Label__c {
                value
              }
              Aged_Period_3__c {
                value
              }
              Aged_Period_3_Label__c {
                value
              }
              As_Of__c {
                value
              }
              Not_Available__c {
                value
              }
              Links__c {
                value
              }
            }
          }
        }
      }
    }
  }
`;
