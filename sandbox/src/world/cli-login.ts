/**
 * Signs the demo users in for the CLI, with the JWT bearer flow as the real CLI does it.
 * A process of its own, because `@salesforce/core` reads HOME once: `node cli-login.js <request as JSON>`.
 */
import { AuthInfo, StateAggregator } from '@salesforce/core';

export interface CliLoginRequest {
  instanceUrl: string;
  clientId: string;
  privateKeyFile: string;
  users: { username: string; alias: string }[];
}

const login = async (request: CliLoginRequest): Promise<void> => {
  for (const { username, alias } of request.users) {
    const info = await AuthInfo.create({
      username,
      oauth2Options: {
        clientId: request.clientId,
        privateKeyFile: request.privateKeyFile,
        loginUrl: request.instanceUrl
      }
    });
    await info.save();
    const state = await StateAggregator.getInstance();
    await state.aliases.setAndSave(alias, username);
  }
};

const argument = process.argv[2];
if (argument !== undefined) await login(JSON.parse(argument) as CliLoginRequest);
