import { expect, test } from 'vitest';
import type { ApiCall, ApiClient } from './api-client.ts';
import { ApiError } from './api-error.ts';
import { chooseConnection } from './connection-choice.ts';

/** A server with these connections and the entity sets that their environments have. */
function givenServer(entitySets: Readonly<Record<string, readonly string[]>>): ApiClient {
  return async <Answer>(call: ApiCall): Promise<Answer> => {
    const [, , , , connection] = call.path.split('/');
    const names = connection === undefined ? Object.keys(entitySets) : (entitySets[connection] ?? []);
    return { value: names.map((name) => ({ name })) } as Answer;
  };
}

const both = givenServer({ fno: ['CustomersV3', 'Currencies'], crm: ['leads', 'Currencies'] });

test('a connection that is named is taken', async () => {
  expect(await chooseConnection(both, { connection: 'any', entitySet: 'leads' })).toBe('any');
});

test('the only connection is taken', async () => {
  expect(await chooseConnection(givenServer({ one: [] }), { entitySet: 'leads' })).toBe('one');
});

test('of several, the only one that has the entity set is taken', async () => {
  expect(await chooseConnection(both, { entitySet: 'CustomersV3' })).toBe('fno');
});

test.each([
  ['Currencies', "all of these have the entity set 'Currencies': fno, crm."],
  [undefined, 'several are there: fno, crm.'],
])('for %s the choice is left to the caller', async (entitySet, message) => {
  const choice = chooseConnection(both, { entitySet });
  await expect(choice).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  await expect(choice).rejects.toThrow(message);
});

test('an entity set that no environment has is unknown, and the nearest name is offered', async () => {
  const choice = chooseConnection(both, { entitySet: 'CustomersV4' });
  await expect(choice).rejects.toMatchObject({
    code: 'ENTITY_SET_UNKNOWN',
    message: "No environment of fno, crm has the entity set 'CustomersV4'. Did you mean 'CustomersV3'?",
  });
});

test('without any connection there is nothing to choose', async () => {
  await expect(chooseConnection(givenServer({}), {})).rejects.toThrow('There is no connection yet');
});

test('a connection that does not work leaves the choice to the caller, and is named', async () => {
  const server: ApiClient = async (call) => {
    if (call.path.includes('/broken/')) throw new ApiError({ code: 'AUTH_SECRET_INVALID', message: 'wrong secret' });
    return call.path.endsWith('connections') ? ({ value: [{ name: 'broken' }, { name: 'crm' }] } as never) : both(call);
  };
  await expect(chooseConnection(server, { entitySet: 'leads' })).rejects.toMatchObject({
    code: 'OPTION_INVALID',
    message:
      "Name a connection with --connection. 'crm' has the entity set 'leads'; " +
      "whether 'broken' has it cannot be told: wrong secret",
  });
});
