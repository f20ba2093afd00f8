import type { Org } from '../../core/contract.js';
import { RequestFault } from '../deploy/options.js';
import { fileTypeOf, fileTypes } from '../package/file-types.js';
import { metadataTypeNames } from '../xml/metadata-schema.generated.js';
import { fileProperties, type FileProperties } from './properties.js';

/** Three queries per call at most (Metadata API Developer Guide, listMetadata). */
const mostQueries = 3;

/** Properties of every component of the given types. */
export function listMetadata(org: Org, types: readonly string[]): FileProperties[] {
  if (types.length > mostQueries)
    throw new RequestFault('LIMIT_EXCEEDED', 'Number of queries exceeds the maximum of 3');
  return types.flatMap((type) => {
    if (!metadataTypeNames.has(type)) throw new RequestFault('INVALID_TYPE', `INVALID_TYPE: Unknown type:${type}`);
    if (!fileTypeOf(type)) return [];
    const deployed = org.components.list(type).map(({ fullName }) => fullName);
    const standard = type === 'CustomObject' ? org.schema.objects().filter(({ setupObject }) => !setupObject) : [];
    const names = [...new Set([...standard.map(({ name }) => name), ...deployed])].sort();
    return fileProperties(
      org,
      names.map((fullName) => ({ type, fullName }))
    );
  });
}

/** What this organization deploys and retrieves (DescribeMetadataResult). */
export function describeMetadata(): Record<string, unknown> {
  return {
    metadataObjects: fileTypes.map(({ type, directory, suffix, layout, children }) => ({
      ...(Object.keys(children).length > 0 ? { childXmlNames: Object.values(children) } : {}),
      directoryName: directory,
      inFolder: false,
      metaFile: layout === 'content',
      ...(suffix === '' ? {} : { suffix }),
      xmlName: type
    })),
    organizationNamespace: '',
    partialSaveAllowed: true,
    testRequired: false
  };
}
