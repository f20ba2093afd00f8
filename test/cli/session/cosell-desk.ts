import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect } from 'vitest';
import type { RealSf } from '../../../scripts/lib/real-sf.mjs';
import type { ServiceRig } from '../../service/support/service-rig.js';
import type { Answer, Printed } from './sf.js';
import { Sf } from './sf.js';

const root = new URL('../../../', import.meta.url).pathname;
const INTEGRATION = 'integration@cosell.example';

const readJson = (file: string): object => JSON.parse(readFileSync(file, 'utf8')) as object;

/** The JSON Schemas of results, by `cosell-` and the words of the command. */
function resultSchemas(): Ajv {
  const folder = join(root, 'plugin', 'schemas');
  const ajv = new Ajv({ strict: false });
  for (const name of readdirSync(folder)) {
    if (name === 'plan.json' || name.startsWith('cosell-')) ajv.addSchema(readJson(join(folder, name)));
  }
  return ajv;
}

/** The real sf with the plugin linked, signed in to a rig's org as the integration user. */
export class CosellDesk {
  private readonly ajv = resultSchemas();

  private constructor(
    public readonly sf: Sf,
    public readonly env: Record<string, string>
  ) {}

  /** @param folder for the CLI's home and the project; removed by the caller */
  public static async open(cli: RealSf, rig: ServiceRig, folder: string): Promise<CosellDesk> {
    const { settingsFile = '', env: secrets } = rig.input();
    const [home, project] = [join(folder, 'home'), join(folder, 'project')];
    for (const path of [home, project]) mkdirSync(path);
    const sf = new Sf(cli, home, project);
    const linked = await sf.print(['plugins', 'link', root, '--no-install']);
    expect(linked.code, `${linked.stdout}\n${linked.stderr}`).toBe(0);
    const desk = new CosellDesk(sf, { ...(secrets as Record<string, string>), COSELL_SETTINGS_FILE: settingsFile });
    await desk.signIn(rig);
    return desk;
  }

  /** Sessions end when the rig's clock is moved. */
  public async signIn({ salesforce: { org, url } }: ServiceRig): Promise<void> {
    const login = ['org', 'login', 'access-token', '--instance-url', url, '--no-prompt', '--set-default'];
    await this.sf.ok(login, { SF_ACCESS_TOKEN: org.auth.issueAccessToken(INTEGRATION) });
  }

  /** What `sf cosell … --json` prints and how it ends; a result is checked against the JSON Schema of its command. */
  public async json<T = Record<string, unknown>>(
    command: string,
    ...args: string[]
  ): Promise<Answer<T> & { code: number }> {
    const words = command.split(' ');
    const { code, stdout, stderr } = await this.sf.print(['cosell', ...words, ...args, '--json'], this.env);
    if (!stdout.startsWith('{')) throw new Error(`sf cosell ${command} printed no JSON:\n${stdout}\n${stderr}`);
    const answer = JSON.parse(stdout) as Answer<T>;
    if (answer.name === undefined) {
      const valid = this.ajv.validate(`cosell-${words.join('-')}`, answer.result);
      expect(valid, `${command}: ${this.ajv.errorsText()}`).toBe(true);
    }
    return { ...answer, code };
  }

  /** What a person sees. */
  public print(command: string, ...args: string[]): Promise<Printed> {
    return this.sf.print(['cosell', ...command.split(' '), ...args], this.env);
  }
}
