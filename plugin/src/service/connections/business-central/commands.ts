import { environmentsUrl, listCompanies, listEnvironments } from '../../../connectors/business-central/index.js';
import type { Address, CompanyInfo } from '../../../connectors/business-central/index.js';
import { CosellError } from '../../../ports/errors.js';
import { chooseConnection } from '../choose.js';
import type { AddResult, ConnectionInput, ConnectionRoom, TestResult } from '../commands.js';
import { keep, withRoom } from '../commands.js';
import type { BusinessCentralConnection } from '../connection.js';
import { checkName, DEFAULT_NAMES } from '../connection.js';
import type { Pick as Ask } from './choices.js';
import { chooseCompany, chooseEnvironment } from './choices.js';
import type { Account } from './session.js';
import { apiOf, authorizationOf, openConnection } from './session.js';
import { checkCompany } from './preconditions.js';

export interface AddBusinessCentralInput extends ConnectionInput {
  /** @default `business-central` */
  name?: string;
  /** An application in Microsoft's cloud, or a user of a server of one's own. */
  signIn:
    | { kind: 'online'; tenantId?: string; clientId?: string; proof: 'secret' | 'certificate'; secret: string }
    | { kind: 'onPremises'; baseUrl: string; user: string; secret: string };
  /** @default the only active one, or the one that is picked */
  environment?: string;
  /** Id, name or display name. @default the only one, or the one that is picked */
  company?: string;
  /** Asks a person. @default nobody can be asked */
  pick?: Ask;
}

function required(value: string | undefined, flag: string, setting: string): string {
  if (value !== undefined) return value;
  throw new CosellError('SIGN_IN_INCOMPLETE', `Signing in needs ${flag}.`, [
    `Add ${flag} to the command, or businessCentral.${setting} to the settings.`
  ]);
}

function accountOf({ signIn }: AddBusinessCentralInput, { settings }: ConnectionRoom): Account {
  if (signIn.kind === 'onPremises') return { ...signIn, baseUrl: signIn.baseUrl.replace(/\/+$/, '') };
  const { baseUrl, authority, tenantId, clientId } = settings.businessCentral;
  return {
    kind: 'online',
    baseUrl: baseUrl.replace(/\/+$/, ''),
    authority,
    tenantId: required(signIn.tenantId ?? tenantId, '--tenant-id', 'tenantId'),
    user: required(signIn.clientId ?? clientId, '--client-id', 'clientId'),
    proof: signIn.proof,
    secret: signIn.secret
  };
}

const nobody: Ask = () => Promise.resolve(undefined);

interface Place {
  address: Address;
  company: CompanyInfo;
}

/** Finds out where the connection leads, as far as the input leaves it open. */
async function placeOf(input: AddBusinessCentralInput, account: Account, room: ConnectionRoom): Promise<Place> {
  const { pick = nobody } = input;
  const { baseUrl } = account;
  const authorization = authorizationOf(account, room);
  let address: Address = { kind: 'onPremises', baseUrl };
  if (account.kind === 'online') {
    const { tenantId: tenant } = account;
    const whole = { kind: 'online', baseUrl, tenant, environment: input.environment ?? '' } as const;
    const environment =
      input.environment ??
      (await chooseEnvironment(
        await listEnvironments(apiOf(whole, authorization, room), environmentsUrl(baseUrl)),
        pick
      ));
    address = { ...whole, environment };
  }
  const companies = await listCompanies(apiOf(address, authorization, room));
  return { address, company: await chooseCompany(companies, input.company, pick) };
}

function connectionOf(
  name: string,
  account: Account,
  { address, company }: Place,
  now: number
): BusinessCentralConnection {
  const { secret: _secret, ...members } = account;
  const common = { name, companyId: company.id, company: company.name, signedInAt: new Date(now).toISOString() };
  const system = 'business-central';
  if (members.kind === 'onPremises' || address.kind === 'onPremises')
    return { ...common, system, kind: 'onPremises', baseUrl: members.baseUrl, user: members.user };
  return { ...common, system, ...members, environment: address.environment };
}

/**
 * Signs in, finds environment and company, keeps the connection encrypted under a name, and checks what the synchronization needs.
 * Nothing is changed in Business Central.
 * @throws CosellError `CONNECTION_NAME_INVALID`, `CONNECTION_NAME_TAKEN`, `SIGN_IN_INCOMPLETE`, what `chooseEnvironment`,
 * `chooseCompany` and `readCertificate` throw; ConnectorError when the sign-in fails
 */
export async function addBusinessCentral(
  input: AddBusinessCentralInput
): Promise<AddResult<BusinessCentralConnection>> {
  return withRoom(input, async (room) => {
    const name = checkName(input.name ?? DEFAULT_NAMES['business-central']);
    const account = accountOf(input, room);
    const place = await placeOf(input, account, room);
    const connection = connectionOf(name, account, place, room.clock.now());
    const replaced = await keep(room.connections, connection, account.secret);
    return { connection, replaced, check: await check(connection, room) };
  });
}

async function check(connection: BusinessCentralConnection, room: ConnectionRoom) {
  const { api, authorization } = await openConnection(connection, room.connections, room);
  return checkCompany({ api, authorization, connection, defaultCurrency: room.settings.salesforce.defaultCurrency });
}

/**
 * Checks everything that the synchronization needs of a company, without changing anything there.
 * @throws CosellError `CONNECTION_NONE`, and what `chooseConnection` throws
 */
export async function testBusinessCentral(
  input: ConnectionInput & { name?: string }
): Promise<TestResult<BusinessCentralConnection>> {
  return withRoom(input, async (room) => {
    const name = input.name ?? room.settings.businessCentral.connection;
    const connection = await chooseConnection(room.connections, 'business-central', name);
    if (connection) return { connection, ...(await check(connection, room)) };
    throw new CosellError('CONNECTION_NONE', 'No connection to Business Central is stored on this machine.', [
      'Add one with: sf cosell connection add business-central'
    ]);
  });
}
