import type { OrgHandle } from '../core/org-handle.js';
import { delimiters, hasLineEnding, parseCsv } from './csv.js';
import type { BulkJob, JobStore } from './jobs.js';

interface Upload {
  jobId: string;
  header: readonly string[];
  records: readonly (readonly string[])[];
}

/** The upload that is being worked off, read once for all looks at its job. */
const uploads = new WeakMap<OrgHandle, Upload>();

/** Rows of the job's data; a text says why the job fails as a whole. */
export function readUpload(org: OrgHandle, store: JobStore, job: BulkJob): Upload | string {
  const known = uploads.get(org);
  if (known?.jobId === job.id) return known;
  const text = store.text(job, 'data');
  if (job.state === 'UploadComplete' && !hasLineEnding(text, job.lineEnding)) {
    return `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${job.lineEnding}`;
  }
  try {
    const [header = [], ...records] = parseCsv(text, delimiters[job.columnDelimiter] ?? ',');
    const upload = { jobId: job.id, header, records };
    uploads.set(org, upload);
    return upload;
  } catch (error) {
    return `InvalidBatch : ${(error as Error).message}`;
  }
}

export function forgetUpload(org: OrgHandle): void {
  uploads.delete(org);
}
