/** How components of one metadata type lie in a package (Metadata API Developer Guide, `describeMetadata`). */
export interface FileType {
  type: string;
  directory: string;
  /** Without the dot; a bundle has none. */
  suffix: string;
  /** `content`: a content file with `-meta.xml` beside it. `bundle`: a folder per component. */
  layout: 'xml' | 'content' | 'bundle';
  /** Component types inside the file: the element that holds one → its type. */
  children: Readonly<Record<string, string>>;
}

/** The types that this organization deploys and retrieves. */
export const fileTypes: readonly FileType[] = [
  { type: 'CustomApplication', directory: 'applications', suffix: 'app', layout: 'xml', children: {} },
  { type: 'CustomLabels', directory: 'labels', suffix: 'labels', layout: 'xml', children: { labels: 'CustomLabel' } },
  {
    type: 'CustomObject',
    directory: 'objects',
    suffix: 'object',
    layout: 'xml',
    children: {
      compactLayouts: 'CompactLayout',
      fields: 'CustomField',
      listViews: 'ListView',
      recordTypes: 'RecordType'
    }
  },
  {
    type: 'CustomObjectTranslation',
    directory: 'objectTranslations',
    suffix: 'objectTranslation',
    layout: 'xml',
    children: {}
  },
  { type: 'CustomTab', directory: 'tabs', suffix: 'tab', layout: 'xml', children: {} },
  { type: 'FlexiPage', directory: 'flexipages', suffix: 'flexipage', layout: 'xml', children: {} },
  { type: 'Layout', directory: 'layouts', suffix: 'layout', layout: 'xml', children: {} },
  { type: 'LightningComponentBundle', directory: 'lwc', suffix: '', layout: 'bundle', children: {} },
  { type: 'PermissionSet', directory: 'permissionsets', suffix: 'permissionset', layout: 'xml', children: {} },
  {
    type: 'PlatformEventChannelMember',
    directory: 'platformEventChannelMembers',
    suffix: 'platformEventChannelMember',
    layout: 'xml',
    children: {}
  },
  { type: 'StaticResource', directory: 'staticresources', suffix: 'resource', layout: 'content', children: {} },
  { type: 'Translations', directory: 'translations', suffix: 'translation', layout: 'xml', children: {} }
];

/** Elements of a CustomObject that are components of types this organization does not deploy. */
export const undeployedObjectParts: Readonly<Record<string, string>> = {
  businessProcesses: 'BusinessProcess',
  fieldSets: 'FieldSet',
  indexes: 'Index',
  sharingReasons: 'SharingReason',
  validationRules: 'ValidationRule',
  webLinks: 'WebLink'
};

const childTypes: ReadonlyMap<string, FileType> = new Map(
  fileTypes.flatMap((parent) => Object.values(parent.children).map((type) => [type, parent] as const))
);

/** The type whose files hold components of `type`: itself, or its parent. */
export function fileTypeOf(type: string): FileType | undefined {
  return fileTypes.find((candidate) => candidate.type === type) ?? childTypes.get(type);
}

export function isChildType(type: string): boolean {
  return childTypes.has(type);
}

export function fileTypeInDirectory(directory: string): FileType | undefined {
  return fileTypes.find((candidate) => candidate.directory === directory);
}
