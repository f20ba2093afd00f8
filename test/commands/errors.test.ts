import { SfError } from '@salesforce/core/sfError';
import { describe, expect, it } from 'vitest';
import { toSfError } from '../../plugin/src/commands-base.js';
import { ConnectorError, CosellError } from '../../plugin/src/ports/errors.js';

describe('errors on the command line', () => {
  it('carry code, sentence and next steps', () => {
    const error = toSfError(new CosellError('SOME_CODE', 'Something is wrong.', ['Do this.', 'Or that.']));
    expect(error).toBeInstanceOf(SfError);
    expect(error).toMatchObject({
      name: 'SOME_CODE',
      message: 'Something is wrong.',
      actions: ['Do this.', 'Or that.'],
      exitCode: 1
    });
  });

  it('carry what scripts may want to know about a connected system', () => {
    const details = { status: 401, correlationId: 'c', nextSteps: ['Sign in.'] };
    const error = toSfError(new ConnectorError('partner-center', 'connection', 'NO_MFA', 'No.', details));
    expect(error).toMatchObject({
      name: 'NO_MFA',
      data: { system: 'partner-center', kind: 'connection', status: 401, correlationId: 'c' }
    });
  });

  it('pass through when they are not ours', () => {
    const error = new TypeError('bug');
    expect(toSfError(error)).toBe(error);
  });
});
