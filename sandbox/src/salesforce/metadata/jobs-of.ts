import type { Org } from '../core/contract.js';
import { DeployJobs } from './deploy/jobs.js';

const byOrg = new WeakMap<Org, DeployJobs>();

/** The deploys of an organization: one queue for SOAP and REST. */
export function jobsOf(org: Org): DeployJobs {
  const known = byOrg.get(org);
  if (known) return known;
  const jobs = new DeployJobs(org);
  byOrg.set(org, jobs);
  return jobs;
}
