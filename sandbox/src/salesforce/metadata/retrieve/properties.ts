import type { Org } from '../../core/contract.js';
import type { DeployMessage } from '../deploy/messages.js';
import { fileTypeOf } from '../package/file-types.js';

/** Who made and changed a component, and when (Metadata API Developer Guide, FileProperties). */
export interface FileProperties {
  createdById: string;
  createdByName: string;
  createdDate: string;
  fileName: string;
  fullName: string;
  id: string;
  lastModifiedById: string;
  lastModifiedByName: string;
  lastModifiedDate: string;
  manageableState: 'unmanaged';
  type: string;
}

type Ledger = Record<string, Omit<FileProperties, 'fileName' | 'manageableState'>>;

const documentKey = 'properties';

/** Key prefixes of setup entities (Object Reference, key prefixes of Tooling API objects). */
const keyPrefixes: Readonly<Record<string, string>> = {
  CompactLayout: '0AH',
  CustomApplication: '02u',
  CustomField: '00N',
  CustomLabel: '101',
  CustomObject: '01I',
  CustomObjectTranslation: '01h',
  CustomTab: '01r',
  FlexiPage: '0M0',
  Layout: '00h',
  LightningComponentBundle: '0Rb',
  ListView: '00B',
  PermissionSet: '0PS',
  PlatformEventChannelMember: '0v8',
  RecordType: '012',
  StaticResource: '081',
  Translations: '01h'
};

/** Records what a deploy created, changed and deleted. */
export function recordProperties(
  org: Org,
  by: { userId: string; name: string },
  messages: readonly DeployMessage[]
): void {
  const ledger = readLedger(org);
  const now = org.now().toISOString();
  const modified = { lastModifiedById: by.userId, lastModifiedByName: by.name, lastModifiedDate: now };
  for (const { componentType: type, fullName, deleted, changed, problemType } of messages) {
    const key = `${type}#${fullName}`;
    if (type === '' || problemType) continue;
    if (deleted) delete ledger[key];
    else if (!ledger[key]) {
      ledger[key] = {
        type,
        fullName,
        id: newIdOf(org, type, fullName),
        createdById: by.userId,
        createdByName: by.name,
        createdDate: now,
        ...modified
      };
    } else if (changed) ledger[key] = { ...ledger[key], ...modified };
  }
  org.documents('metadata').set(documentKey, Buffer.from(JSON.stringify(ledger)));
}

/** Record types are rows too, and have one id only. */
function newIdOf(org: Org, type: string, fullName: string): string {
  const [object = '', name = ''] = fullName.split('.');
  const row = type === 'RecordType' ? org.recordTypes.idOf(object, name) : undefined;
  const prefix = keyPrefixes[type];
  return row ?? (prefix ? org.newId(prefix) : '');
}

/** @param root folder of the answer, for example `unpackaged/` */
export function fileProperties(
  org: Org,
  components: readonly { type: string; fullName: string }[],
  root = ''
): FileProperties[] {
  const ledger = readLedger(org);
  return components.map(({ type, fullName }) => {
    const known = ledger[`${type}#${fullName}`];
    return {
      ...unknown(type, fullName),
      ...known,
      fileName: root + fileNameOf(org, type, fullName),
      manageableState: 'unmanaged'
    };
  });
}

/** What came with the organization was made by nobody at the beginning of time. */
function unknown(type: string, fullName: string): Omit<FileProperties, 'fileName' | 'manageableState'> {
  const epoch = '1970-01-01T00:00:00.000Z';
  const by = { createdById: '', createdByName: '', lastModifiedById: '', lastModifiedByName: '' };
  return { type, fullName, id: '', ...by, createdDate: epoch, lastModifiedDate: epoch };
}

function fileNameOf(org: Org, type: string, fullName: string): string {
  const fileType = fileTypeOf(type);
  if (fileType?.layout === 'bundle') return `${fileType.directory}/${fullName}`;
  const stored = Object.keys(org.components.get(type, fullName)?.files ?? {}).find(
    (path) => !path.endsWith('-meta.xml')
  );
  return stored ?? `${fileType?.directory ?? ''}/${fullName}.${fileType?.suffix ?? ''}`;
}

function readLedger(org: Org): Ledger {
  const stored = org.documents('metadata').get(documentKey);
  return stored ? (JSON.parse(stored.toString('utf8')) as Ledger) : {};
}
