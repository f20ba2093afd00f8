import { reduceErrors } from 'c/ldsUtils';

describe('reduceErrors', () => {
  it.each([
    ['nothing', undefined, []],
    ['empty text', '', []],
    ['text', 'No', ['No']],
    ['an Error', new Error('Broken'), ['Broken']],
    ['a data service error', { body: { message: 'No access' }, statusText: 'Forbidden' }, ['No access']],
    ['a list in the body', { body: [{ message: 'One' }, { message: 'Two' }] }, ['One', 'Two']],
    [
      'field errors before the general message',
      {
        body: {
          message: 'An error occurred while trying to update the record.',
          output: { errors: [], fieldErrors: { Amount: [{ message: 'Too large' }] } }
        }
      },
      ['Too large']
    ],
    [
      'page errors',
      { body: { message: 'General', output: { errors: [{ message: 'Locked' }], fieldErrors: {} } } },
      ['Locked']
    ],
    ['GraphQL errors', [{ message: 'Bad query' }, { message: 'Bad query' }], ['Bad query']],
    ['only a status', { statusText: 'Not Found' }, ['Not Found']],
    ['an empty message', { message: '', statusText: 'Gone' }, ['Gone']],
    ['a number', 404, []],
    ['nothing readable', { code: 5 }, []]
  ])('reads %s', (_, error, expected) => {
    expect(reduceErrors(error)).toEqual(expected);
  });
});
