import type { DeployComponent } from '../package/collect.js';
import type { Problem } from '../package/problem.js';
import { channelMemberProblems, channelMemberReferenceProblems } from './channel-member.js';
import { customFieldProblems, fieldReferenceProblems } from './custom-field.js';
import { customObjectProblems, objectReferenceProblems } from './custom-object.js';
import { flexiPageProblems, flexiPageReferenceProblems } from './flexipage.js';
import { layoutProblems, layoutReferenceProblems } from './layout.js';
import { bundleProblems, bundleReferenceProblems } from './lwc/bundle.js';
import * as parts from './object-parts.js';
import { permissionSetProblems, permissionSetReferenceProblems } from './permission-set.js';
import { recordTypeProblems, recordTypeReferenceProblems } from './record-type.js';
import * as small from './small-types.js';
import * as translations from './translations.js';
import type { World } from './world.js';

/** Finds what is wrong with one component. */
export type Rule = (component: DeployComponent, world: World) => Problem[] | Promise<Problem[]>;

/** Rules per type. `values` look at the component alone; `references` at what the organization will hold. */
export const rules: Readonly<Record<string, { values?: Rule; references?: Rule }>> = {
  CompactLayout: { values: parts.compactLayoutProblems, references: parts.compactLayoutReferenceProblems },
  CustomApplication: { values: small.applicationNameProblems, references: small.applicationProblems },
  CustomField: { values: customFieldProblems, references: fieldReferenceProblems },
  CustomLabel: { values: small.customLabelProblems },
  CustomLabels: { values: small.customLabelsProblems },
  CustomObject: { values: customObjectProblems, references: objectReferenceProblems },
  CustomObjectTranslation: {
    values: translations.objectTranslationProblems,
    references: translations.objectTranslationReferenceProblems
  },
  CustomTab: { references: small.customTabProblems },
  FlexiPage: { values: flexiPageProblems, references: flexiPageReferenceProblems },
  Layout: { values: layoutProblems, references: layoutReferenceProblems },
  LightningComponentBundle: { values: bundleProblems, references: bundleReferenceProblems },
  ListView: { values: parts.listViewProblems, references: parts.listViewReferenceProblems },
  PermissionSet: { values: permissionSetProblems, references: permissionSetReferenceProblems },
  PlatformEventChannelMember: { values: channelMemberProblems, references: channelMemberReferenceProblems },
  RecordType: { values: recordTypeProblems, references: recordTypeReferenceProblems },
  StaticResource: { values: small.staticResourceProblems },
  Translations: { values: translations.translationsProblems, references: translations.translationsReferenceProblems }
};
