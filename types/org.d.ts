// Written by scripts/build-lwc.mjs from the metadata in force-app; do not edit.
declare module '@salesforce/schema/Account' {
  const reference: { objectApiName: 'Account' };
  export default reference;
}
declare module '@salesforce/schema/Contact' {
  const reference: { objectApiName: 'Contact' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Audit__c' {
  const reference: { objectApiName: 'Cosell_Audit__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Issue__c' {
  const reference: { objectApiName: 'Cosell_Issue__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Run__c' {
  const reference: { objectApiName: 'Cosell_Run__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c' {
  const reference: { objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Availability__c' {
  const reference: { objectApiName: 'ERP_Availability__c' };
  export default reference;
}
declare module '@salesforce/schema/Lead' {
  const reference: { objectApiName: 'Lead' };
  export default reference;
}
declare module '@salesforce/schema/Microsoft_Solution__c' {
  const reference: { objectApiName: 'Microsoft_Solution__c' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity' {
  const reference: { objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity_Microsoft_Solution__c' {
  const reference: { objectApiName: 'Opportunity_Microsoft_Solution__c' };
  export default reference;
}
declare module '@salesforce/schema/Order' {
  const reference: { objectApiName: 'Order' };
  export default reference;
}
declare module '@salesforce/schema/Product2' {
  const reference: { objectApiName: 'Product2' };
  export default reference;
}
declare module '@salesforce/schema/Account.ERP_Last_Sync__c' {
  const reference: { fieldApiName: 'ERP_Last_Sync__c'; objectApiName: 'Account' };
  export default reference;
}
declare module '@salesforce/schema/Account.ERP_Record_Id__c' {
  const reference: { fieldApiName: 'ERP_Record_Id__c'; objectApiName: 'Account' };
  export default reference;
}
declare module '@salesforce/schema/Account.ERP_Record_Link__c' {
  const reference: { fieldApiName: 'ERP_Record_Link__c'; objectApiName: 'Account' };
  export default reference;
}
declare module '@salesforce/schema/Account.ERP_Refresh_Code__c' {
  const reference: { fieldApiName: 'ERP_Refresh_Code__c'; objectApiName: 'Account' };
  export default reference;
}
declare module '@salesforce/schema/Account.ERP_Refresh_Message__c' {
  const reference: { fieldApiName: 'ERP_Refresh_Message__c'; objectApiName: 'Account' };
  export default reference;
}
declare module '@salesforce/schema/Account.ERP_Refresh_Requested__c' {
  const reference: { fieldApiName: 'ERP_Refresh_Requested__c'; objectApiName: 'Account' };
  export default reference;
}
declare module '@salesforce/schema/Account.ERP_Refreshed__c' {
  const reference: { fieldApiName: 'ERP_Refreshed__c'; objectApiName: 'Account' };
  export default reference;
}
declare module '@salesforce/schema/Account.ERP_Sync_Message__c' {
  const reference: { fieldApiName: 'ERP_Sync_Message__c'; objectApiName: 'Account' };
  export default reference;
}
declare module '@salesforce/schema/Account.ERP_Sync_State__c' {
  const reference: { fieldApiName: 'ERP_Sync_State__c'; objectApiName: 'Account' };
  export default reference;
}
declare module '@salesforce/schema/Contact.ERP_Last_Sync__c' {
  const reference: { fieldApiName: 'ERP_Last_Sync__c'; objectApiName: 'Contact' };
  export default reference;
}
declare module '@salesforce/schema/Contact.ERP_Record_Id__c' {
  const reference: { fieldApiName: 'ERP_Record_Id__c'; objectApiName: 'Contact' };
  export default reference;
}
declare module '@salesforce/schema/Contact.ERP_Record_Link__c' {
  const reference: { fieldApiName: 'ERP_Record_Link__c'; objectApiName: 'Contact' };
  export default reference;
}
declare module '@salesforce/schema/Contact.ERP_Sync_Message__c' {
  const reference: { fieldApiName: 'ERP_Sync_Message__c'; objectApiName: 'Contact' };
  export default reference;
}
declare module '@salesforce/schema/Contact.ERP_Sync_State__c' {
  const reference: { fieldApiName: 'ERP_Sync_State__c'; objectApiName: 'Contact' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Audit__c.Action__c' {
  const reference: { fieldApiName: 'Action__c'; objectApiName: 'Cosell_Audit__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Audit__c.Audit_Key__c' {
  const reference: { fieldApiName: 'Audit_Key__c'; objectApiName: 'Cosell_Audit__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Audit__c.Correlation_Identifier__c' {
  const reference: { fieldApiName: 'Correlation_Identifier__c'; objectApiName: 'Cosell_Audit__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Audit__c.Direction__c' {
  const reference: { fieldApiName: 'Direction__c'; objectApiName: 'Cosell_Audit__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Audit__c.Field__c' {
  const reference: { fieldApiName: 'Field__c'; objectApiName: 'Cosell_Audit__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Audit__c.Message__c' {
  const reference: { fieldApiName: 'Message__c'; objectApiName: 'Cosell_Audit__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Audit__c.New_Value__c' {
  const reference: { fieldApiName: 'New_Value__c'; objectApiName: 'Cosell_Audit__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Audit__c.Occurred_At__c' {
  const reference: { fieldApiName: 'Occurred_At__c'; objectApiName: 'Cosell_Audit__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Audit__c.Old_Value__c' {
  const reference: { fieldApiName: 'Old_Value__c'; objectApiName: 'Cosell_Audit__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Audit__c.Opportunity__c' {
  const reference: { fieldApiName: 'Opportunity__c'; objectApiName: 'Cosell_Audit__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Audit__c.Outcome__c' {
  const reference: { fieldApiName: 'Outcome__c'; objectApiName: 'Cosell_Audit__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Issue__c.Agreed_Value__c' {
  const reference: { fieldApiName: 'Agreed_Value__c'; objectApiName: 'Cosell_Issue__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Issue__c.Attempts__c' {
  const reference: { fieldApiName: 'Attempts__c'; objectApiName: 'Cosell_Issue__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Issue__c.Code__c' {
  const reference: { fieldApiName: 'Code__c'; objectApiName: 'Cosell_Issue__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Issue__c.Field__c' {
  const reference: { fieldApiName: 'Field__c'; objectApiName: 'Cosell_Issue__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Issue__c.First_Seen__c' {
  const reference: { fieldApiName: 'First_Seen__c'; objectApiName: 'Cosell_Issue__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Issue__c.Issue_Key__c' {
  const reference: { fieldApiName: 'Issue_Key__c'; objectApiName: 'Cosell_Issue__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Issue__c.Kind__c' {
  const reference: { fieldApiName: 'Kind__c'; objectApiName: 'Cosell_Issue__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Issue__c.Last_Seen__c' {
  const reference: { fieldApiName: 'Last_Seen__c'; objectApiName: 'Cosell_Issue__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Issue__c.Message__c' {
  const reference: { fieldApiName: 'Message__c'; objectApiName: 'Cosell_Issue__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Issue__c.Next_Step__c' {
  const reference: { fieldApiName: 'Next_Step__c'; objectApiName: 'Cosell_Issue__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Issue__c.Opportunity__c' {
  const reference: { fieldApiName: 'Opportunity__c'; objectApiName: 'Cosell_Issue__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Issue__c.Partner_Center_Changed_At__c' {
  const reference: { fieldApiName: 'Partner_Center_Changed_At__c'; objectApiName: 'Cosell_Issue__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Issue__c.Partner_Center_Value__c' {
  const reference: { fieldApiName: 'Partner_Center_Value__c'; objectApiName: 'Cosell_Issue__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Issue__c.Resolution__c' {
  const reference: { fieldApiName: 'Resolution__c'; objectApiName: 'Cosell_Issue__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Issue__c.Resolved_By__c' {
  const reference: { fieldApiName: 'Resolved_By__c'; objectApiName: 'Cosell_Issue__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Issue__c.Salesforce_Changed_At__c' {
  const reference: { fieldApiName: 'Salesforce_Changed_At__c'; objectApiName: 'Cosell_Issue__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Issue__c.Salesforce_Value__c' {
  const reference: { fieldApiName: 'Salesforce_Value__c'; objectApiName: 'Cosell_Issue__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Issue__c.Status__c' {
  const reference: { fieldApiName: 'Status__c'; objectApiName: 'Cosell_Issue__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Run__c.Accepted__c' {
  const reference: { fieldApiName: 'Accepted__c'; objectApiName: 'Cosell_Run__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Run__c.Attention__c' {
  const reference: { fieldApiName: 'Attention__c'; objectApiName: 'Cosell_Run__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Run__c.Conflicts__c' {
  const reference: { fieldApiName: 'Conflicts__c'; objectApiName: 'Cosell_Run__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Run__c.Created__c' {
  const reference: { fieldApiName: 'Created__c'; objectApiName: 'Cosell_Run__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Run__c.Declined__c' {
  const reference: { fieldApiName: 'Declined__c'; objectApiName: 'Cosell_Run__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Run__c.Deferred__c' {
  const reference: { fieldApiName: 'Deferred__c'; objectApiName: 'Cosell_Run__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Run__c.Ended_At__c' {
  const reference: { fieldApiName: 'Ended_At__c'; objectApiName: 'Cosell_Run__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Run__c.Failed__c' {
  const reference: { fieldApiName: 'Failed__c'; objectApiName: 'Cosell_Run__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Run__c.Linked__c' {
  const reference: { fieldApiName: 'Linked__c'; objectApiName: 'Cosell_Run__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Run__c.Looked_At__c' {
  const reference: { fieldApiName: 'Looked_At__c'; objectApiName: 'Cosell_Run__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Run__c.Mapping__c' {
  const reference: { fieldApiName: 'Mapping__c'; objectApiName: 'Cosell_Run__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Run__c.Outcome__c' {
  const reference: { fieldApiName: 'Outcome__c'; objectApiName: 'Cosell_Run__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Run__c.Partner_Center_Calls__c' {
  const reference: { fieldApiName: 'Partner_Center_Calls__c'; objectApiName: 'Cosell_Run__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Run__c.Refused__c' {
  const reference: { fieldApiName: 'Refused__c'; objectApiName: 'Cosell_Run__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Run__c.Run_Identifier__c' {
  const reference: { fieldApiName: 'Run_Identifier__c'; objectApiName: 'Cosell_Run__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Run__c.Salesforce_Calls__c' {
  const reference: { fieldApiName: 'Salesforce_Calls__c'; objectApiName: 'Cosell_Run__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Run__c.Started_At__c' {
  const reference: { fieldApiName: 'Started_At__c'; objectApiName: 'Cosell_Run__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Run__c.Stopped_Code__c' {
  const reference: { fieldApiName: 'Stopped_Code__c'; objectApiName: 'Cosell_Run__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Run__c.Taken_In__c' {
  const reference: { fieldApiName: 'Taken_In__c'; objectApiName: 'Cosell_Run__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Run__c.Updated_Partner_Center__c' {
  const reference: { fieldApiName: 'Updated_Partner_Center__c'; objectApiName: 'Cosell_Run__c' };
  export default reference;
}
declare module '@salesforce/schema/Cosell_Run__c.Updated_Salesforce__c' {
  const reference: { fieldApiName: 'Updated_Salesforce__c'; objectApiName: 'Cosell_Run__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Account__c' {
  const reference: { fieldApiName: 'Account__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Aged_As_Of__c' {
  const reference: { fieldApiName: 'Aged_As_Of__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Aged_Current__c' {
  const reference: { fieldApiName: 'Aged_Current__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Aged_Period_1_Label__c' {
  const reference: { fieldApiName: 'Aged_Period_1_Label__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Aged_Period_1__c' {
  const reference: { fieldApiName: 'Aged_Period_1__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Aged_Period_2_Label__c' {
  const reference: { fieldApiName: 'Aged_Period_2_Label__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Aged_Period_2__c' {
  const reference: { fieldApiName: 'Aged_Period_2__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Aged_Period_3_Label__c' {
  const reference: { fieldApiName: 'Aged_Period_3_Label__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Aged_Period_3__c' {
  const reference: { fieldApiName: 'Aged_Period_3__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.As_Of__c' {
  const reference: { fieldApiName: 'As_Of__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Balance__c' {
  const reference: { fieldApiName: 'Balance__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Company__c' {
  const reference: { fieldApiName: 'Company__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Credit_Limit__c' {
  const reference: { fieldApiName: 'Credit_Limit__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Currency_Code__c' {
  const reference: { fieldApiName: 'Currency_Code__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Customer_Name__c' {
  const reference: { fieldApiName: 'Customer_Name__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Customer_Number__c' {
  const reference: { fieldApiName: 'Customer_Number__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.ERP_Key__c' {
  const reference: { fieldApiName: 'ERP_Key__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Links__c' {
  const reference: { fieldApiName: 'Links__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Not_Available__c' {
  const reference: { fieldApiName: 'Not_Available__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Open_Order_Count__c' {
  const reference: { fieldApiName: 'Open_Order_Count__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Outstanding_Invoices__c' {
  const reference: { fieldApiName: 'Outstanding_Invoices__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Outstanding_Orders__c' {
  const reference: { fieldApiName: 'Outstanding_Orders__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Overdue_Amount__c' {
  const reference: { fieldApiName: 'Overdue_Amount__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Overdue_As_Of__c' {
  const reference: { fieldApiName: 'Overdue_As_Of__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Sales_From__c' {
  const reference: { fieldApiName: 'Sales_From__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Shipped_Not_Invoiced__c' {
  const reference: { fieldApiName: 'Shipped_Not_Invoiced__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Source__c' {
  const reference: { fieldApiName: 'Source__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Total_Sales__c' {
  const reference: { fieldApiName: 'Total_Sales__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Account_Statistics__c.Total__c' {
  const reference: { fieldApiName: 'Total__c'; objectApiName: 'ERP_Account_Statistics__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Availability__c.As_Of__c' {
  const reference: { fieldApiName: 'As_Of__c'; objectApiName: 'ERP_Availability__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Availability__c.Available__c' {
  const reference: { fieldApiName: 'Available__c'; objectApiName: 'ERP_Availability__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Availability__c.Committed__c' {
  const reference: { fieldApiName: 'Committed__c'; objectApiName: 'ERP_Availability__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Availability__c.Company__c' {
  const reference: { fieldApiName: 'Company__c'; objectApiName: 'ERP_Availability__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Availability__c.ERP_Key__c' {
  const reference: { fieldApiName: 'ERP_Key__c'; objectApiName: 'ERP_Availability__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Availability__c.Item_Number__c' {
  const reference: { fieldApiName: 'Item_Number__c'; objectApiName: 'ERP_Availability__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Availability__c.Late_Receipts__c' {
  const reference: { fieldApiName: 'Late_Receipts__c'; objectApiName: 'ERP_Availability__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Availability__c.Link__c' {
  const reference: { fieldApiName: 'Link__c'; objectApiName: 'ERP_Availability__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Availability__c.Location_Code__c' {
  const reference: { fieldApiName: 'Location_Code__c'; objectApiName: 'ERP_Availability__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Availability__c.Location_Name__c' {
  const reference: { fieldApiName: 'Location_Name__c'; objectApiName: 'ERP_Availability__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Availability__c.Not_Available_Reason__c' {
  const reference: { fieldApiName: 'Not_Available_Reason__c'; objectApiName: 'ERP_Availability__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Availability__c.On_Hand__c' {
  const reference: { fieldApiName: 'On_Hand__c'; objectApiName: 'ERP_Availability__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Availability__c.On_Order__c' {
  const reference: { fieldApiName: 'On_Order__c'; objectApiName: 'ERP_Availability__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Availability__c.Product__c' {
  const reference: { fieldApiName: 'Product__c'; objectApiName: 'ERP_Availability__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Availability__c.Projected_Available__c' {
  const reference: { fieldApiName: 'Projected_Available__c'; objectApiName: 'ERP_Availability__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Availability__c.Projected_Date__c' {
  const reference: { fieldApiName: 'Projected_Date__c'; objectApiName: 'ERP_Availability__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Availability__c.Projection__c' {
  const reference: { fieldApiName: 'Projection__c'; objectApiName: 'ERP_Availability__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Availability__c.Source__c' {
  const reference: { fieldApiName: 'Source__c'; objectApiName: 'ERP_Availability__c' };
  export default reference;
}
declare module '@salesforce/schema/ERP_Availability__c.Unit__c' {
  const reference: { fieldApiName: 'Unit__c'; objectApiName: 'ERP_Availability__c' };
  export default reference;
}
declare module '@salesforce/schema/Lead.Audit__c' {
  const reference: { fieldApiName: 'Audit__c'; objectApiName: 'Lead' };
  export default reference;
}
declare module '@salesforce/schema/Lead.Cosell_Issue_Codes__c' {
  const reference: { fieldApiName: 'Cosell_Issue_Codes__c'; objectApiName: 'Lead' };
  export default reference;
}
declare module '@salesforce/schema/Lead.Cosell_Last_Sync__c' {
  const reference: { fieldApiName: 'Cosell_Last_Sync__c'; objectApiName: 'Lead' };
  export default reference;
}
declare module '@salesforce/schema/Lead.Cosell_Sync_Message__c' {
  const reference: { fieldApiName: 'Cosell_Sync_Message__c'; objectApiName: 'Lead' };
  export default reference;
}
declare module '@salesforce/schema/Lead.Cosell_Sync_State__c' {
  const reference: { fieldApiName: 'Cosell_Sync_State__c'; objectApiName: 'Lead' };
  export default reference;
}
declare module '@salesforce/schema/Lead.Engagement_Identifier__c' {
  const reference: { fieldApiName: 'Engagement_Identifier__c'; objectApiName: 'Lead' };
  export default reference;
}
declare module '@salesforce/schema/Lead.How_can_Microsoft_help__c' {
  const reference: { fieldApiName: 'How_can_Microsoft_help__c'; objectApiName: 'Lead' };
  export default reference;
}
declare module '@salesforce/schema/Lead.Microsoft_CRM_Identifier__c' {
  const reference: { fieldApiName: 'Microsoft_CRM_Identifier__c'; objectApiName: 'Lead' };
  export default reference;
}
declare module '@salesforce/schema/Lead.Microsoft_Seller_Email__c' {
  const reference: { fieldApiName: 'Microsoft_Seller_Email__c'; objectApiName: 'Lead' };
  export default reference;
}
declare module '@salesforce/schema/Lead.Microsoft_Seller__c' {
  const reference: { fieldApiName: 'Microsoft_Seller__c'; objectApiName: 'Lead' };
  export default reference;
}
declare module '@salesforce/schema/Lead.Referral_Closing_Date__c' {
  const reference: { fieldApiName: 'Referral_Closing_Date__c'; objectApiName: 'Lead' };
  export default reference;
}
declare module '@salesforce/schema/Lead.Referral_Deal_Value__c' {
  const reference: { fieldApiName: 'Referral_Deal_Value__c'; objectApiName: 'Lead' };
  export default reference;
}
declare module '@salesforce/schema/Lead.Referral_Decline_Reason__c' {
  const reference: { fieldApiName: 'Referral_Decline_Reason__c'; objectApiName: 'Lead' };
  export default reference;
}
declare module '@salesforce/schema/Lead.Referral_Expires_On__c' {
  const reference: { fieldApiName: 'Referral_Expires_On__c'; objectApiName: 'Lead' };
  export default reference;
}
declare module '@salesforce/schema/Lead.Referral_Identifier__c' {
  const reference: { fieldApiName: 'Referral_Identifier__c'; objectApiName: 'Lead' };
  export default reference;
}
declare module '@salesforce/schema/Lead.Referral_Link__c' {
  const reference: { fieldApiName: 'Referral_Link__c'; objectApiName: 'Lead' };
  export default reference;
}
declare module '@salesforce/schema/Lead.Referral_Origin__c' {
  const reference: { fieldApiName: 'Referral_Origin__c'; objectApiName: 'Lead' };
  export default reference;
}
declare module '@salesforce/schema/Lead.Referral_Program__c' {
  const reference: { fieldApiName: 'Referral_Program__c'; objectApiName: 'Lead' };
  export default reference;
}
declare module '@salesforce/schema/Lead.Referral_Source__c' {
  const reference: { fieldApiName: 'Referral_Source__c'; objectApiName: 'Lead' };
  export default reference;
}
declare module '@salesforce/schema/Lead.Referral_Status__c' {
  const reference: { fieldApiName: 'Referral_Status__c'; objectApiName: 'Lead' };
  export default reference;
}
declare module '@salesforce/schema/Lead.Referral_Substatus__c' {
  const reference: { fieldApiName: 'Referral_Substatus__c'; objectApiName: 'Lead' };
  export default reference;
}
declare module '@salesforce/schema/Lead.Sync_with_Partner_Center__c' {
  const reference: { fieldApiName: 'Sync_with_Partner_Center__c'; objectApiName: 'Lead' };
  export default reference;
}
declare module '@salesforce/schema/Microsoft_Solution__c.Active__c' {
  const reference: { fieldApiName: 'Active__c'; objectApiName: 'Microsoft_Solution__c' };
  export default reference;
}
declare module '@salesforce/schema/Microsoft_Solution__c.Publisher_Name__c' {
  const reference: { fieldApiName: 'Publisher_Name__c'; objectApiName: 'Microsoft_Solution__c' };
  export default reference;
}
declare module '@salesforce/schema/Microsoft_Solution__c.Solution_Identifier__c' {
  const reference: { fieldApiName: 'Solution_Identifier__c'; objectApiName: 'Microsoft_Solution__c' };
  export default reference;
}
declare module '@salesforce/schema/Microsoft_Solution__c.Type__c' {
  const reference: { fieldApiName: 'Type__c'; objectApiName: 'Microsoft_Solution__c' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.AccountId' {
  const reference: { fieldApiName: 'AccountId'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Audit__c' {
  const reference: { fieldApiName: 'Audit__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.CloseDate' {
  const reference: { fieldApiName: 'CloseDate'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Cosell_Issue_Codes__c' {
  const reference: { fieldApiName: 'Cosell_Issue_Codes__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Cosell_Last_Sync__c' {
  const reference: { fieldApiName: 'Cosell_Last_Sync__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Cosell_Sync_Message__c' {
  const reference: { fieldApiName: 'Cosell_Sync_Message__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Cosell_Sync_State__c' {
  const reference: { fieldApiName: 'Cosell_Sync_State__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.ERP_Refresh_Code__c' {
  const reference: { fieldApiName: 'ERP_Refresh_Code__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.ERP_Refresh_Message__c' {
  const reference: { fieldApiName: 'ERP_Refresh_Message__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.ERP_Refresh_Requested__c' {
  const reference: { fieldApiName: 'ERP_Refresh_Requested__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.ERP_Refreshed__c' {
  const reference: { fieldApiName: 'ERP_Refreshed__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Engagement_Identifier__c' {
  const reference: { fieldApiName: 'Engagement_Identifier__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.How_can_Microsoft_help__c' {
  const reference: { fieldApiName: 'How_can_Microsoft_help__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.LastModifiedDate' {
  const reference: { fieldApiName: 'LastModifiedDate'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Microsoft_CRM_Identifier__c' {
  const reference: { fieldApiName: 'Microsoft_CRM_Identifier__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Microsoft_Seller_Email__c' {
  const reference: { fieldApiName: 'Microsoft_Seller_Email__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Microsoft_Seller__c' {
  const reference: { fieldApiName: 'Microsoft_Seller__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Microsoft_Status__c' {
  const reference: { fieldApiName: 'Microsoft_Status__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Microsoft_Substatus__c' {
  const reference: { fieldApiName: 'Microsoft_Substatus__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Referral_Decline_Reason__c' {
  const reference: { fieldApiName: 'Referral_Decline_Reason__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Referral_Expires_On__c' {
  const reference: { fieldApiName: 'Referral_Expires_On__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Referral_Identifier__c' {
  const reference: { fieldApiName: 'Referral_Identifier__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Referral_Link__c' {
  const reference: { fieldApiName: 'Referral_Link__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Referral_Origin__c' {
  const reference: { fieldApiName: 'Referral_Origin__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Referral_Program__c' {
  const reference: { fieldApiName: 'Referral_Program__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Referral_Registration_Status__c' {
  const reference: { fieldApiName: 'Referral_Registration_Status__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Referral_Status__c' {
  const reference: { fieldApiName: 'Referral_Status__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Referral_Substatus__c' {
  const reference: { fieldApiName: 'Referral_Substatus__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Referral_Visible_to_Microsoft_Sellers__c' {
  const reference: { fieldApiName: 'Referral_Visible_to_Microsoft_Sellers__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Registration_Contract_Term__c' {
  const reference: { fieldApiName: 'Registration_Contract_Term__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Registration_Contract_Value__c' {
  const reference: { fieldApiName: 'Registration_Contract_Value__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Registration_End_Date__c' {
  const reference: { fieldApiName: 'Registration_End_Date__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Registration_Requested__c' {
  const reference: { fieldApiName: 'Registration_Requested__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Registration_Sign_Date__c' {
  const reference: { fieldApiName: 'Registration_Sign_Date__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Registration_Solution_Identifier__c' {
  const reference: { fieldApiName: 'Registration_Solution_Identifier__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Registration_Start_Date__c' {
  const reference: { fieldApiName: 'Registration_Start_Date__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.StageName' {
  const reference: { fieldApiName: 'StageName'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity.Sync_with_Partner_Center__c' {
  const reference: { fieldApiName: 'Sync_with_Partner_Center__c'; objectApiName: 'Opportunity' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity_Microsoft_Solution__c.Microsoft_Solution__c' {
  const reference: { fieldApiName: 'Microsoft_Solution__c'; objectApiName: 'Opportunity_Microsoft_Solution__c' };
  export default reference;
}
declare module '@salesforce/schema/Opportunity_Microsoft_Solution__c.Opportunity__c' {
  const reference: { fieldApiName: 'Opportunity__c'; objectApiName: 'Opportunity_Microsoft_Solution__c' };
  export default reference;
}
declare module '@salesforce/schema/Order.ERP_Last_Sync__c' {
  const reference: { fieldApiName: 'ERP_Last_Sync__c'; objectApiName: 'Order' };
  export default reference;
}
declare module '@salesforce/schema/Order.ERP_Record_Id__c' {
  const reference: { fieldApiName: 'ERP_Record_Id__c'; objectApiName: 'Order' };
  export default reference;
}
declare module '@salesforce/schema/Order.ERP_Record_Link__c' {
  const reference: { fieldApiName: 'ERP_Record_Link__c'; objectApiName: 'Order' };
  export default reference;
}
declare module '@salesforce/schema/Order.ERP_Sync_Message__c' {
  const reference: { fieldApiName: 'ERP_Sync_Message__c'; objectApiName: 'Order' };
  export default reference;
}
declare module '@salesforce/schema/Order.ERP_Sync_State__c' {
  const reference: { fieldApiName: 'ERP_Sync_State__c'; objectApiName: 'Order' };
  export default reference;
}
declare module '@salesforce/schema/Product2.ERP_Last_Sync__c' {
  const reference: { fieldApiName: 'ERP_Last_Sync__c'; objectApiName: 'Product2' };
  export default reference;
}
declare module '@salesforce/schema/Product2.ERP_Record_Id__c' {
  const reference: { fieldApiName: 'ERP_Record_Id__c'; objectApiName: 'Product2' };
  export default reference;
}
declare module '@salesforce/schema/Product2.ERP_Record_Link__c' {
  const reference: { fieldApiName: 'ERP_Record_Link__c'; objectApiName: 'Product2' };
  export default reference;
}
declare module '@salesforce/schema/Product2.ERP_Sync_Message__c' {
  const reference: { fieldApiName: 'ERP_Sync_Message__c'; objectApiName: 'Product2' };
  export default reference;
}
declare module '@salesforce/schema/Product2.ERP_Sync_State__c' {
  const reference: { fieldApiName: 'ERP_Sync_State__c'; objectApiName: 'Product2' };
  export default reference;
}
declare module '@salesforce/label/c.Cosell_Action_checked' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Action_conflict' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Action_created' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Action_linked' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Action_updated' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Answer_Done' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Answer_Failed' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Answer_For' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Answer_Waiting' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Audit_All' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Audit_Empty' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Audit_Empty_Step' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Audit_Filter' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Audit_More' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Audit_No_Match' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Audit_Problems' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Audit_Title' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Cancel' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Catalogue_Empty' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Changed_From_To' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Check_Again' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Checking' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Confirm_Invite_Message' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Confirm_Invite_Title' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Confirm_Message' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Confirm_Title' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Conflict_Text' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Copied' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Copy_Failed' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Copy_Referral_Id' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Decisions_Title' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Direction_FromPartnerCenter' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Direction_None' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Direction_ToPartnerCenter' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Empty_Value' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Field_Closing_Date' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Field_Contacts' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Field_Currency' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Field_Customer_City' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Field_Customer_Country' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Field_Customer_Name' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Field_Customer_Postal_Code' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Field_Customer_State' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Field_Customer_Street' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Field_Deal_Name' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Field_Deal_Value' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Field_Help' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Field_Notes' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Field_Outcome' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Field_Registration_End_Date' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Field_Registration_Sign_Date' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Field_Registration_Solution' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Field_Registration_Start_Date' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Field_Registration_Term' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Field_Registration_Value' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Field_Solutions' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Field_Team' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Field_Visible' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Help_Label' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Help_Locked' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Help_None' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Hide_Details' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Incoming_Accept' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Incoming_Accept_Text' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Incoming_Accepted' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Incoming_Answer_Before' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Incoming_Decline' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Incoming_Decline_Text' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Incoming_Declined' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Incoming_From_Microsoft' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Incoming_From_Partner' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Incoming_No_Access' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Incoming_Question' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Incoming_Reason' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Incoming_Reason_Missing' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Incoming_Stage' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Incoming_Stage_Missing' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Incoming_Title' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_ACCOUNT_MISSING' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_ADDRESS_INCOMPLETE' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_ALREADY_SET' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_AMOUNT_MISSING' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_CLOSED' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_CLOSE_DATE_MISSING' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_CONFLICT' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_CONTACT_INCOMPLETE' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_CONTACT_MISSING' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_COUNTERPART_GONE' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_COUNTRY_NOT_TWO_LETTERS' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_COUPLED_ELSEWHERE' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_CURRENCY_MISSING' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_INTERNAL' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_REFERRAL_CLOSED' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_REGISTRATION_END_MISSING' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_REGISTRATION_INCOMPLETE' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_REGISTRATION_NOT_SHARED' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_REGISTRATION_SIGNED_TOO_LONG_AGO' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_REGISTRATION_SOLUTION_UNCLEAR' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_REGISTRATION_VALUE_TOO_LOW' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_REJECTED' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_SOLUTION_MISSING' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_SYSTEM_BUSY' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_TEAM_INCOMPLETE' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Issue_WORKER_LOST' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Keep_Partner_Center' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Keep_Salesforce' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Kind_Cosell' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Kind_Cosell_Joined' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Kind_Cosell_Left' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Kind_Cosell_Text' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Kind_Default_Cosell' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Kind_Default_PartnerLed' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Kind_PartnerLed' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Kind_PartnerLed_Next' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Kind_PartnerLed_Text' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Kind_Private' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Kind_Private_Next' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Kind_Private_Text' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Kind_Title' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Last_Sync' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Load_Failed' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Loading' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Microsoft_CRM_Id' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Microsoft_Seller' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Microsoft_Status' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_No_Access' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_No_Fields' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Not_Invited' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Not_Yet' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Opens_New_Tab' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Outcome_Attention' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Outcome_Conflict' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Outcome_Failed' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Outcome_Success' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Referral_Heading' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Referral_Id' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Referral_Link' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Referral_Link_Text' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Referral_None' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Referral_Status' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Save_Failed' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Saving' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Section_Title' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Show_Details' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Solution_Add_Label' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Solution_Added' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Solution_Limit' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Solution_Matches' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Solution_No_Match' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Solution_Placeholder' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Solution_Remove' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Solution_Removed' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Solutions_Empty' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Solutions_Empty_Read_Only' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Solutions_Empty_Step' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Solutions_Title' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_State_Attention' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_State_Closed' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_State_Conflict' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_State_Error' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_State_NotShared' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_State_Paused' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_State_Pending' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_State_Synced' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_ACCOUNT_MISSING' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_ADDRESS_INCOMPLETE' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_ALREADY_SET' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_AMOUNT_MISSING' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_CLOSED' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_CLOSE_DATE_MISSING' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_CONFLICT' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_CONTACT_INCOMPLETE' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_CONTACT_MISSING' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_COUNTERPART_GONE' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_COUNTRY_NOT_TWO_LETTERS' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_COUPLED_ELSEWHERE' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_CURRENCY_MISSING' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_INTERNAL' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_REFERRAL_CLOSED' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_REGISTRATION_END_MISSING' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_REGISTRATION_INCOMPLETE' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_REGISTRATION_NOT_SHARED' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_REGISTRATION_SIGNED_TOO_LONG_AGO' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_REGISTRATION_SOLUTION_UNCLEAR' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_REGISTRATION_VALUE_TOO_LOW' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_REJECTED' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_SOLUTION_MISSING' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_SYSTEM_BUSY' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_TEAM_INCOMPLETE' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Step_WORKER_LOST' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Sync_Status' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Sync_Toggle' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Text_Attention' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Text_Closed' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Text_Conflict' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Text_Error' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Text_NotShared' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Text_Paused' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Text_Pending' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Text_Synced' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Toggle_Off' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Toggle_On' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Try_Again' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Unknown_Error' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Value_Agreed' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Value_Partner_Center' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Value_Salesforce' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Visible_Default' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Visible_Hint' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Visible_Implied' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Visible_Label' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Cosell_Visible_Locked' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Aged_Amount' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Aged_As_Of' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Aged_Current' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Aged_Period' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Aged_Title' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_All_Locations' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Availability_Title' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Available_Now' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Available_On' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Committed' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Def_Balance' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Def_CreditLimit' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Def_Customer' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Def_InvoicedPrepayment' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Def_OutstandingInvoices' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Def_OutstandingOrders' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Def_OutstandingServiceInvoices' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Def_OutstandingServiceOrders' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Def_OverdueAmount' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Def_OverdueAsOf' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Def_ServiceShippedNotInvoiced' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Def_ShippedNotInvoiced' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Def_Total' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Def_TotalSales' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Done' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Enough' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Enough_From' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Failed' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_In_Currency' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Late' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Location' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Never' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Never_Enough' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Never_Read_Only' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_No_Access' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_No_Figures' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_No_Location' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_No_Products' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_On_Hand' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_On_Order' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Open' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Open_Orders' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Read' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Read_Only' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Reason_ANALYTICS_MISSING' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Reason_BLOCKED' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Reason_INCOMPLETE' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Reason_LEGACY_SERVICE' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Reason_NOT_IN_API' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Reason_NOT_READ' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Reason_NOT_STOCKED' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Reason_NO_MATCH' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Reason_NO_NUMBER' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Reason_SEVERAL_MATCHES' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Refresh' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Refreshed' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Refreshing' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Short' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Since' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Slow' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Source' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Stat_Balance' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Stat_CreditLimit' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Stat_Customer' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Stat_InvoicedPrepayment' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Stat_OutstandingInvoices' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Stat_OutstandingOrders' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Stat_OutstandingServiceInvoices' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Stat_OutstandingServiceOrders' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Stat_OverdueAmount' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Stat_OverdueAsOf' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Stat_ServiceShippedNotInvoiced' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Stat_ShippedNotInvoiced' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Stat_Total' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Stat_TotalSales' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Statistics_Title' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Title' {
  const label: string;
  export default label;
}
declare module '@salesforce/label/c.Erp_Wanted' {
  const label: string;
  export default label;
}
