/** Standard components that pages of this organization can hold (Lightning App Builder, standard components). */
export const standardComponents: ReadonlySet<string> = new Set([
  'dashboards:dashboardWrapper',
  'flexipage:accordion',
  'flexipage:accordionSection',
  'flexipage:column',
  'flexipage:fieldSection',
  'flexipage:filterListCard',
  'flexipage:recentItems',
  'flexipage:reportChart',
  'flexipage:richText',
  'flexipage:tab',
  'flexipage:tabset',
  'flexipage:visualforcePage',
  'flowruntime:interview',
  'force:detailPanel',
  'force:highlightsPanel',
  'force:recordDetailPanelMobile',
  'force:relatedListContainer',
  'force:relatedListQuickLinksContainer',
  'force:relatedListSingleContainer',
  'forceChatter:exposedFeed',
  'forceChatter:publisher',
  'forceChatter:recordFeedContainer',
  'home:assistant',
  'home:eventContainer',
  'home:recentRecordContainer',
  'home:taskContainer',
  'home:topDealsContainer',
  'lst:dynamicRelatedList',
  'runtime_sales_activities:activityPanel',
  'runtime_sales_campaign:campaignHierarchy',
  'runtime_sales_merge:mergeCandidatesPreviewCard',
  'runtime_sales_pathassistant:pathAssistant',
  'runtime_sales_social:socialContainer',
  'runtime_sales_news:newsContainer',
  'slds:outputRichText'
]);

/** Regions of each page template. */
export const pageTemplates: Readonly<Record<string, readonly string[]>> = {
  'flexipage:defaultAppHomeTemplate': ['main'],
  'flexipage:appHomeTemplateTwoColumns': ['column1', 'column2'],
  'flexipage:appHomeTemplateThreeColumns': ['column1', 'column2', 'column3'],
  'flexipage:recordHomeTemplateDesktop': ['header', 'main', 'sidebar'],
  'flexipage:recordHomeLeftSidebarTemplateDesktop': ['header', 'sidebar', 'main'],
  'flexipage:recordHomeSingleColNoHeaderTemplateDesktop': ['main'],
  'flexipage:recordHomeTwoColEqualHeaderTemplateDesktop': ['header', 'leftcol', 'rightcol'],
  'flexipage:recordHomeThreeColTemplateDesktop': ['header', 'leftsidebar', 'main', 'rightsidebar'],
  'flexipage:recordHomeThreeColHeaderTemplateDesktop': ['header', 'leftsidebar', 'main', 'rightsidebar'],
  'flexipage:recordHomeWithSubheaderTemplateDesktop': ['header', 'subheader', 'main', 'sidebar'],
  'home:desktopTemplate': ['top', 'bottomLeft', 'bottomRight', 'sidebar'],
  'one:utilityBarTemplateDesktop': ['utilityItems', 'backgroundComponents']
};

/** Page type → the target that a Lightning web component must offer to stand on it. */
export const targetOfPage: Readonly<Record<string, string>> = {
  AppPage: 'lightning__AppPage',
  HomePage: 'lightning__HomePage',
  RecordPage: 'lightning__RecordPage',
  UtilityBar: 'lightning__UtilityBar'
};
