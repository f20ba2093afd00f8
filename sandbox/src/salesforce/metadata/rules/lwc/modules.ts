/** Modules of the `lightning` namespace: base components and platform services (Component Library). */
export const lightningModules: ReadonlySet<string> = new Set(
  [
    'accordion accordionSection alert avatar badge barcodeScanner baseCombobox breadcrumb breadcrumbs button buttonGroup',
    'buttonIcon buttonIconStateful buttonMenu buttonStateful card carousel carouselImage checkboxGroup clickToDial combobox',
    'confirm datatable dialog dualListbox dynamicIcon emptyState fileDownload fileUpload flow formattedAddress',
    'formattedDateTime formattedEmail formattedLocation formattedName formattedNumber formattedPhone formattedRichText',
    'formattedText formattedTime formattedUrl groupedCombobox helptext icon iconSvgTemplates input inputAddress inputField',
    'inputLocation inputName inputRichText insightsController layout layoutItem listView map menuDivider menuItem',
    'menuSubheader messageDispatcher messages modal modalBody modalFooter modalHeader navigation omnistudio outputField pill',
    'pillContainer platformShowToastEvent platformResourceLoader platformUtilityBarApi platformWorkspaceApi popup',
    'progressBar progressIndicator progressRing progressStep prompt quickActionPanel radioGroup recordEditForm recordForm',
    'recordPicker recordViewForm relativeDateTime richTextToolbarButton richTextToolbarButtonGroup rating select slider',
    'spinner staticMap tab tabset textarea tile timeline toast toastContainer tree treeGrid unsupportedUI verticalNavigation',
    'verticalNavigationItem verticalNavigationItemBadge verticalNavigationItemIcon verticalNavigationOverflow',
    'verticalNavigationSection videoPlayer voiceToolkitApi',
    'actions analyticsWaveApi apexUtils cmsDeliveryApi conversationToolkitApi empApi flowSupport graphql industriesEducationPublicApi',
    'mediaUtils messageService mobileCapabilities pageReferenceUtils platformScannerApi refresh serviceCloudVoiceToolkitApi',
    'uiActionsApi uiAppsApi uiDuplicatesApi uiGraphQLApi uiLayoutApi uiListApi uiListsApi uiLookupsApi uiObjectInfoApi',
    'uiRecordApi uiRelatedListApi userConsentCookie'
  ]
    .join(' ')
    .split(' ')
);

/** `@salesforce` modules that exist in every organization: exact names, or a scope whose members are not checked. */
export const salesforceModules: { exact: ReadonlySet<string>; scopes: readonly string[] } = {
  exact: new Set([
    '@salesforce/apex',
    '@salesforce/client/formFactor',
    '@salesforce/community/Id',
    '@salesforce/community/basePath',
    '@salesforce/site/Id',
    '@salesforce/site/activeLanguages',
    '@salesforce/user/Id',
    '@salesforce/user/isGuest'
  ]),
  scopes: ['@salesforce/featureFlag/', '@salesforce/i18n/', '@salesforce/internal/']
};

/** Bare modules of the framework itself. */
export const frameworkModules: ReadonlySet<string> = new Set([
  'lwc',
  '@lwc/state',
  'wire-service',
  '@lwc/wire-service',
  '@lwc/synthetic-shadow'
]);

/** Places a component can be put (LWC Developer Guide, XML configuration file elements). */
export const targetNames: ReadonlySet<string> = new Set([
  'analytics__Dashboard',
  'lightning__AccountEngagementTarget',
  'lightning__AppPage',
  'lightning__Dashboard',
  'lightning__FlowAction',
  'lightning__FlowScreen',
  'lightning__GlobalAction',
  'lightning__HomePage',
  'lightning__Inbox',
  'lightning__PlaceholderPage',
  'lightning__RecordAction',
  'lightning__RecordPage',
  'lightning__Tab',
  'lightning__UrlAddressable',
  'lightning__UtilityBar',
  'lightning__VoiceExtension',
  'lightningCommunity__Default',
  'lightningCommunity__Page',
  'lightningCommunity__Page_Layout',
  'lightningCommunity__Theme_Layout',
  'lightningSnapin__ChatMessage',
  'lightningSnapin__Minimized',
  'lightningSnapin__PreChat',
  'lightningStatic__Email'
]);
