import type { FromShape } from './shape.js';
import { any, choice, flag, instant, list, number, object, optional, text } from './shape.js';

/** Fixed value lists of the referral resource (Partner Center: referral resources). */
export const STATUSES = ['New', 'Active', 'Closed'] as const;
export const SUBSTATUSES = ['Pending', 'Received', 'Accepted', 'Won', 'Lost', 'Declined', 'Expired', 'Error'] as const;
export const HELP_CODES = [
  'Unknown',
  'WorkloadSpecificValueProposition',
  'CustomerTechnicalArchitecture',
  'ProofOfConceptOrDemo',
  'QuotesOrLicensing',
  'PostSalesCustomerSuccess',
  'GeneralOrOther'
] as const;
export const CUSTOMER_SIZES = [
  '1to9employees',
  '10to50employees',
  '51to250employees',
  '251to1000employees',
  '1001to5000employees',
  '5001to10000employees',
  '10001to20000employees',
  'Morethan20000employees',
  '1to50employees',
  '51to500employees',
  'Morethan500employees'
] as const;

export const memberShape = object({
  firstName: text,
  lastName: text,
  phoneNumber: text,
  email: text,
  contactPreference: optional({ locale: text, disableNotifications: flag })
});

const addressShape = object({
  addressLine1: text,
  addressLine2: text,
  city: text,
  state: text,
  postalCode: text,
  country: text,
  region: text
});

export const solutionShape = object({
  id: text,
  name: text,
  type: choice(['None', 'Category', 'Name']),
  publisherName: text,
  solutionType: text,
  price: number,
  quantity: number,
  currency: text,
  closingDateTime: instant
});

const requirementsShape = object({
  industries: list(object({ id: text })),
  products: list(object({ id: text })),
  services: list(object({ id: text })),
  solutions: list(solutionShape),
  offers: list(any),
  additionalRequirements: optional({
    iot: optional({
      customerLicenseAgreementNumber: text,
      deviceCategory: text,
      siliconType: text,
      azureCertifiedDevice: text,
      attachServices: any
    }),
    attributes: list(object({ id: text, type: text }))
  })
});

export const registrationShape = object({
  id: text,
  type: choice(['AzureIPCoSell']),
  registrationDateTime: instant,
  status: text,
  statusReason: text,
  contract: object({
    value: number,
    currency: text,
    startDateTime: instant,
    endDateTime: instant,
    signDateTime: instant,
    term: choice(['Perpetual', 'Finite'])
  }),
  solutionDetails: list(
    object({
      id: text,
      name: text,
      currency: text,
      value: number,
      isDeployedOnAzure: flag,
      primaryDeploymentOn: choice(['Customer', 'Partner']),
      pricingModel: choice(['PayAsYouGo', 'Other']),
      marketplaceTransactionDetails: optional({
        isMarketplaceTransacted: flag,
        marketplaceTransactionDateTime: instant
      })
    })
  ),
  statusHistory: optional({
    reviewPendingDateTime: instant,
    actionRequiredDateTime: instant,
    passedDateTime: instant,
    failedDateTime: instant,
    approvedDateTime: instant
  })
});

const link = optional({ uri: text, method: text });

/** The referral as it travels: camelCase names, in the order answers list them. */
export const referralShape = object({
  id: text,
  engagementId: text,
  name: text,
  externalReferenceId: text,
  organizationId: text,
  organizationName: text,
  mpnId: text,
  createdDateTime: instant,
  updatedDateTime: instant,
  expirationDateTime: instant,
  acceptedDateTime: instant,
  closedDateTime: instant,
  status: choice(STATUSES),
  substatus: choice(SUBSTATUSES),
  statusReason: text,
  qualification: choice(['None', 'Direct', 'MarketingQualified', 'SalesQualified']),
  type: choice(['Independent', 'Shared']),
  direction: choice(['Incoming', 'Outgoing']),
  eTag: text,
  target: list(object({ type: choice(['None', 'BusinessProfileLocation', 'SolutionProfile']), id: text })),
  customerProfile: object({
    name: text,
    size: choice(CUSTOMER_SIZES),
    address: addressShape,
    team: list(memberShape),
    ids: list(object({ profileType: choice(['Duns', 'External']), id: text }))
  }),
  consent: object({
    consentToToShareInfoWithOthers: flag,
    consentToContact: flag,
    consentToShareReferralWithMicrosoftSellers: flag,
    consentToMicrosoftToContactSpecificPartners: flag
  }),
  details: object({
    notes: text,
    dealValue: number,
    currency: text,
    closingDateTime: instant,
    customerAction: text,
    customerRequestedContact: flag,
    requirements: requirementsShape
  }),
  team: list(memberShape),
  inviteContext: optional({
    notes: text,
    assistanceRequestCode: choice(HELP_CODES),
    invitedBy: object({ organizationId: text, organizationName: text })
  }),
  trackingInfo: optional({ microsoftMsxId: text }),
  links: optional({ relatedReferrals: link, self: link }),
  salesStage: text,
  campaignId: text,
  referralProgram: text,
  referralSource: text,
  callToAction: text,
  favorite: flag,
  quality: text,
  isSpam: flag,
  tags: list(text),
  registrations: list(registrationShape),
  registrationStatus: text,
  lastModifiedVia: text,
  lastRunId: text
});

export type Referral = FromShape<typeof referralShape>;
export type Member = FromShape<typeof memberShape>;
export type Solution = FromShape<typeof solutionShape>;
export type Registration = FromShape<typeof registrationShape>;
