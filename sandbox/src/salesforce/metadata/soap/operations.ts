import type { Org, Session } from '../../core/contract.js';
import { deployOptions, RequestFault } from '../deploy/options.js';
import { deployResult } from '../deploy/result.js';
import { jobsOf } from '../jobs-of.js';
import { describeMetadata, listMetadata } from '../retrieve/list.js';
import { checkRetrieve, submitRetrieve } from '../retrieve/retrieve-jobs.js';
import { child, children, flag, text, texts, type XmlElement } from '../xml/element.js';
import { valueOf } from './envelope.js';

export interface OperationContext {
  org: Org;
  session: Session;
  /** The operation's element. */
  call: XmlElement;
  /** API version of the endpoint. */
  version: string;
}

/** @returns the `result` elements of the response */
export type Operation = (context: OperationContext) => unknown[];

/** Operations by the name of their element (Metadata API Developer Guide, file-based and utility calls). */
export const operations: Readonly<Record<string, Operation>> = {
  deploy: ({ org, session, call }) => {
    const options = child(call, 'DeployOptions');
    const given = options && options.children.length > 0 ? (valueOf(options) as Record<string, unknown>) : {};
    const zip = Buffer.from(text(call, 'ZipFile') ?? '', 'base64');
    const { id } = jobsOf(org).submit(session, zip, deployOptions(given));
    return [{ done: false, id, state: 'Queued' }];
  },
  checkDeployStatus: ({ org, call }) => {
    const job = jobsOf(org).check(text(call, 'asyncProcessId') ?? '');
    return [deployResult(job, flag(call, 'includeDetails'))];
  },
  deployRecentValidation: ({ org, session, call }) => [
    jobsOf(org).quickDeploy(session, text(call, 'validationId') ?? '').id
  ],
  cancelDeploy: ({ org, call }) => {
    const { id, status } = jobsOf(org).cancel(text(call, 'String') ?? text(call, 'id') ?? '');
    return [{ done: status === 'Canceled', id }];
  },
  retrieve: ({ org, call, version }) => [{ done: false, id: startRetrieve(org, call, version), state: 'Queued' }],
  checkRetrieveStatus: ({ org, call }) => [
    checkRetrieve(org, text(call, 'asyncProcessId') ?? '', text(call, 'includeZip') !== 'false')
  ],
  listMetadata: ({ org, call }) =>
    listMetadata(
      org,
      children(call, 'queries').map((query) => text(query, 'type') ?? '')
    ),
  describeMetadata: () => [describeMetadata()]
};

function startRetrieve(org: Org, call: XmlElement, version: string): string {
  const request = child(call, 'retrieveRequest') ?? child(call, 'request');
  const unpackaged = request && child(request, 'unpackaged');
  if (!request || !unpackaged) {
    throw new RequestFault('UNKNOWN_EXCEPTION', 'No package content specified: unpackaged is required');
  }
  return submitRetrieve(org, {
    request: children(unpackaged, 'types').map((types) => ({
      name: text(types, 'name') ?? '',
      members: texts(types, 'members')
    })),
    singlePackage: flag(request, 'singlePackage'),
    version: text(unpackaged, 'version') ?? version
  });
}
