/** Related lists of standard objects as layouts name them (Metadata API Developer Guide, Layout). */
export const standardRelatedLists: ReadonlySet<string> = new Set(
  [
    'RelatedAccountContactRelationList RelatedAccountSalesTeam RelatedActivityList RelatedApprovalHistoryList RelatedAssetList',
    'RelatedCampaignList RelatedCampaignMemberList RelatedCaseList RelatedCommentsList RelatedContactList',
    'RelatedContactRoleList RelatedContentList RelatedContractList RelatedEntityHistoryList RelatedFileList',
    'RelatedHistoryList RelatedLineItemList RelatedNoteList RelatedOpportunityCompetitorList RelatedOpportunityHistory',
    'RelatedOpportunityList RelatedOrderList RelatedPartnerList RelatedProcessHistoryList RelatedQuoteList',
    'RelatedSalesTeam RelatedStageHistoryList RelatedOpportunitySalesTeam RelatedPricebookEntryList',
    'RelatedStandardPriceList'
  ]
    .join(' ')
    .split(' ')
);
