import type { Api, Authorization } from '../../../connectors/business-central/index.js';
import { companyPath, listCompanies } from '../../../connectors/business-central/index.js';
import { mapBounded } from '../../../connectors/http/index.js';
import { CosellError } from '../../../ports/errors.js';
import type { CheckResult } from '../check.js';
import type { BusinessCentralConnection } from '../connection.js';
import { extras } from './extras.js';
import type { Probe, ProbePorts } from './probes.js';
import { accessProbes, Attention } from './probes.js';
import { setup } from './setup.js';

/** What came of one check. */
type Check = CheckResult['checks'][number];

export interface CheckCompanyInput {
  api: Api;
  authorization: Authorization;
  connection: BusinessCentralConnection;
  /** Currency of the org, where the settings name it. */
  defaultCurrency: string | undefined;
}

/** As many calls as the service runs for one user. */
const WIDTH = 5;

async function run({ check, look }: Probe, ports: ProbePorts): Promise<Check> {
  try {
    return { check, outcome: 'ok', code: null, message: await look(ports), nextSteps: [] };
  } catch (error) {
    if (!(error instanceof CosellError)) throw error;
    const { code, message, nextSteps } = error;
    return {
      check,
      outcome: error instanceof Attention ? 'attention' : 'failed',
      code,
      message,
      nextSteps: [...nextSteps]
    };
  }
}

const skipped = ({ check }: Probe): Check => ({ check, outcome: 'skipped', code: null, message: null, nextSteps: [] });

/** Each needs the ones before it. */
const first = ({ authorization, connection }: CheckCompanyInput): Probe[] => [
  {
    check: 'signIn',
    look: async () => {
      await authorization.header();
      return connection.kind === 'online'
        ? `Entra ID accepts the ${connection.proof} of the application.`
        : 'There is a web-service access key.';
    }
  },
  {
    check: 'company',
    look: async ({ api }) => {
      const found = (await listCompanies(api)).find(
        ({ id }) => id.toLowerCase() === connection.companyId.toLowerCase()
      );
      if (found) return `The environment answers and has the company ${found.name}.`;
      throw new CosellError('COMPANY_NOT_FOUND', 'The company is not in this environment (any more).', [
        'Choose the company again with: sf cosell connection add business-central'
      ]);
    }
  }
];

/**
 * Looks at everything that the synchronization needs of a company, and changes nothing: sign-in, company, what the application may
 * read and write, what new customers and items need, currencies, salespeople, and what is optional.
 */
export async function checkCompany(input: CheckCompanyInput): Promise<CheckResult> {
  const { api, connection, defaultCurrency } = input;
  const ports: ProbePorts = {
    api,
    company: companyPath(connection.companyId),
    companyId: connection.companyId,
    defaultCurrency
  };
  const checks: Check[] = [];
  for (const probe of first(input)) {
    const failed = checks.some(({ outcome }) => outcome === 'failed');
    checks.push(failed ? skipped(probe) : await run(probe, ports));
  }
  const rest = [...accessProbes, ...setup, ...extras];
  const failed = checks.some(({ outcome }) => outcome === 'failed');
  checks.push(...(failed ? rest.map(skipped) : await mapBounded(rest, WIDTH, (probe) => run(probe, ports))));
  return {
    ok: checks.every(({ outcome }) => outcome !== 'failed'),
    user: connection.user,
    tenantId: connection.kind === 'online' ? connection.tenantId : null,
    checks
  };
}
