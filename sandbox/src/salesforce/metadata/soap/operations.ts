import type { Org, Session } from '../../core/contract.js';
import { deployOptions } from '../deploy/options.js';
import { deployResult } from '../deploy/result.js';
import { jobsOf } from '../jobs-of.js';
import { child, flag, text, type XmlElement } from '../xml/element.js';
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
export type Operation = (context: OperationContext) => unknown[] | Promise<unknown[]>;

export const operations: Readonly<Record<string, Operation>> = {
  deploy: ({ org, session, call }) => {
    const options = child(call, 'DeployOptions');
    const given = options ? (valueOf(options) as Record<string, unknown>) : {};
    const zip = Buffer.from(text(call, 'ZipFile') ?? '', 'base64');
    const { id } = jobsOf(org).submit(session, zip, deployOptions(given === Object(given) ? given : {}));
    return [{ done: false, id, state: 'Queued' }];
  },
  checkDeployStatus: ({ org, call }) => {
    const job = jobsOf(org).check(text(call, 'asyncProcessId') ?? '');
    return [deployResult(job, flag(call, 'includeDetails'))];
  },
  cancelDeploy: ({ org, call }) => {
    const { id, status } = jobsOf(org).cancel(text(call, 'String') ?? text(call, 'id') ?? '');
    return [{ done: status === 'Canceled', id }];
  }
};
