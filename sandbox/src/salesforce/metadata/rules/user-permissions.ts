/** User permissions that permission sets can enable (Metadata API Developer Guide, PermissionSet; those of a sales organization). */
export const userPermissionNames: ReadonlySet<string> = new Set(
  [
    'ActivateContract ActivateOrder ActivitiesAccess AllowUniversalSearch AllowViewKnowledge ApexRestServices ApiEnabled',
    'ApiUserOnly AssignPermissionSets AuthorApex BulkApiHardDelete ChatterInternalUser ConnectOrgToEnvironmentHub',
    'ContentAdministrator ConvertLeads CreateCustomizeDashboards CreateCustomizeFilters CreateCustomizeReports',
    'CreateDashboardFolders CreateReportFolders CreateTopics CustomizeApplication DataExport DelegatedTwoFactor',
    'EditActivatedOrders EditBillingInfo EditEvent EditOppLineItemUnitPrice EditPublicDocuments EditTask EnableNotifications ExportReport',
    'FlowUFLRequired ForceTwoFactor ImportCustomObjects ImportLeads ImportPersonal InstallPackaging',
    'LightningConsoleAllowedForUser LightningExperienceUser ListEmailSend ManageAuthProviders ManageCategories',
    'ManageCssUsers ManageCustomPermissions ManageCustomReportTypes ManageDashbdsInPubFolders ManageDataIntegrations',
    'ManageDynamicDashboards ManageEmailClientConfig ManageInternalUsers ManageIpAddresses ManageLoginAccessPolicies',
    'ManagePasswordPolicies ManageProfilesPermissionsets ManageReportsInPubFolders ManageRoles ManageSharing',
    'ManageSessionPermissionSets ManageUsers ManageRemoteAccess MassInlineEdit ModifyAllData ModifyMetadata OverrideForecasts',
    'PasswordNeverExpires ResetPasswords RunFlow RunReports ScheduleReports SelectFilesFromSalesforce SendSitRequests',
    'SubmitMacrosAllowed SubscribeToLightningReports TransferAnyEntity TransferAnyLead UseTeamReassignWizards ViewAllData',
    'ViewAllForecasts ViewAllProfiles ViewAllUsers ViewDataAssessment ViewDataCategories ViewEncryptedData ViewEventLogFiles',
    'ViewHealthCheck ViewHelpLink ViewMyTeamsDashboards ViewPublicDashboards ViewPublicReports ViewRoles ViewSetup',
    'ViewUserPII'
  ]
    .join(' ')
    .split(' ')
);
