import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../../sandbox/src/world/options.js';

const root = '/package';
const parse = (args: string[], env: NodeJS.ProcessEnv = {}): ReturnType<typeof parseOptions> =>
  parseOptions(args, env, root);

describe('sandbox options', () => {
  it('have defaults that need no flag', () => {
    expect(parse([])).toEqual({
      mode: 'run',
      dataDir: '/package/.sandbox',
      ports: {
        page: 7400,
        salesforce: 7410,
        salesforceControl: 7411,
        salesforcePubSub: 7412,
        partnerCenter: 7420,
        partnerCenterControl: 7421,
        businessCentral: 7440,
        businessCentralControl: 7441,
        service: 7430,
        webhooks: 7431
      },
      pollIntervalMs: 500,
      latencyMs: 0,
      service: true,
      help: false
    });
  });

  it.each([
    ['--port-base moves all ports', ['--port-base', '8400'], {}, { page: 8400, salesforce: 8410, service: 8430 }],
    ['port base 0 asks for free ports', ['--port-base', '0'], {}, { page: 0, partnerCenterControl: 0 }],
    ['one port can be set alone', ['--partner-center-port', '9000'], {}, { partnerCenter: 9000, page: 7400 }],
    [
      'the environment sets ports',
      [],
      { COSELL_SANDBOX_PORT_BASE: '8500', COSELL_SANDBOX_PAGE_PORT: '1' },
      { page: 1, salesforce: 8510 }
    ],
    ['a flag beats the environment', ['--port-base', '8600'], { COSELL_SANDBOX_PORT_BASE: '8500' }, { page: 8600 }]
  ])('%s', (_title, args, env, ports) => {
    expect(parse(args, env).ports).toMatchObject(ports);
  });

  it.each([
    ['an unknown flag', ['--detatch'], /detatch/],
    ['a port that is no number', ['--port-base', 'abc'], /--port-base must be a whole number/],
    ['a port beyond the range', ['--page-port', '70000'], /--page-port must be a whole number/],
    ['two modes at once', ['--stop', '--detach'], /exclude each other/]
  ])('refuse %s with a sentence and a next step', (_title, args, message) => {
    expect(() => parse(args)).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION', message: expect.stringMatching(message) as string })
    );
  });
});
