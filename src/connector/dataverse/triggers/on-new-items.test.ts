import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoInstant, parseInstant } from '../../../base/clock.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { cannedClient, openConnection, personCall } from '../../canned-client.case.ts';
import { dataverseModel } from '../../sample-models.case.ts';
import { lookBackMs } from './created-position.ts';
import { onNewItems, recordsPerPollMax } from './on-new-items.ts';

const leads: JsonObject = { dataset: 'default', table: 'leads' };

function lead(number: number, createdon: string, members: JsonObject = {}): JsonObject {
  const leadid = `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`;
  return { '@odata.etag': `W/"${number}"`, leadid, createdon, lastname: `L${number}`, statuscode: 1, ...members };
}

function givenTable(rows: readonly JsonObject[]) {
  const client = cannedClient(dataverseModel, { leads: rows });
  const connection = openConnection(client);
  let state: JsonValue | undefined;
  return {
    client,
    add: (...added: readonly JsonObject[]) => client.rows.set('leads', [...(client.rows.get('leads') ?? []), ...added]),
    async poll(parameters: JsonObject = leads) {
      const result = await onNewItems.poll(connection, parameters, state, personCall);
      state = JSON.parse(JSON.stringify(result.state));
      return result;
    },
    async pollNames(parameters: JsonObject = leads) {
      return (await this.poll(parameters)).records.map((record) => record.lastname);
    },
  };
}

describe('when a record is created', () => {
  test('the first poll returns nothing old', async () => {
    const table = givenTable([lead(1, '2026-05-04T12:00:00Z'), lead(2, '2026-05-04T12:00:01Z')]);
    expect(await table.pollNames()).toEqual([]);
    expect(await table.pollNames()).toEqual([]);
    table.add(lead(3, '2026-05-04T12:00:01Z'), lead(4, '2026-05-04T12:00:09Z'));
    expect(await table.pollNames()).toEqual(['L3', 'L4']);
    expect(await table.pollNames()).toEqual([]);
  });

  test('in an empty table every record to come is new', async () => {
    const table = givenTable([]);
    expect(await table.pollNames()).toEqual([]);
    table.add(lead(1, '2001-01-01T00:00:00Z'), lead(2, '2026-05-04T12:00:00Z'));
    expect(await table.pollNames()).toEqual(['L1', 'L2']);
    expect(await table.pollNames()).toEqual([]);
  });

  test('a record that becomes visible late is not missed', async () => {
    const table = givenTable([lead(1, '2026-05-04T12:00:00Z')]);
    await table.poll();
    table.add(lead(2, '2026-05-04T12:01:30Z'));
    expect(await table.pollNames()).toEqual(['L2']);
    table.add(lead(3, '2026-05-04T12:00:10Z'));
    expect(await table.pollNames()).toEqual(['L3']);
    expect(await table.pollNames()).toEqual([]);
  });

  test('a record of the first poll stays old although $filter hid it then', async () => {
    const filtered = { ...leads, $filter: 'statuscode eq 2' };
    const table = givenTable([lead(1, '2026-05-04T12:00:00Z')]);
    await table.poll(filtered);
    table.client.rows.set('leads', [lead(1, '2026-05-04T12:00:00Z', { statuscode: 2 })]);
    expect(await table.pollNames(filtered)).toEqual([]);
  });

  test("the user's $filter is a condition of its own beside the position's", async () => {
    const table = givenTable([lead(1, '2026-05-04T12:00:00Z')]);
    const filtered = { ...leads, $filter: "lastname eq 'L2' or lastname eq 'L3'" };
    await table.poll(filtered);
    table.add(lead(2, '2026-05-04T12:00:05Z'), lead(4, '2026-05-04T12:00:05Z'), lead(3, '2020-05-04T12:00:05Z'));
    expect(await table.pollNames(filtered)).toEqual(['L2']);
  });

  test('more than one poll may return come with the next one, at once', async () => {
    const table = givenTable([lead(0, '2026-05-04T12:00:00Z')]);
    await table.poll();
    table.add(...Array.from({ length: recordsPerPollMax + 1 }, (_, i) => lead(i + 1, '2026-05-04T12:00:05Z')));
    const first = await table.poll();
    expect(first.records).toHaveLength(recordsPerPollMax);
    expect(first.pollAgainAfterMs).toBe(0);
    const second = await table.poll();
    expect(second.records.map((record) => record.lastname)).toEqual([`L${recordsPerPollMax + 1}`]);
    expect(second.pollAgainAfterMs).toBeUndefined();
  });

  test('$top is the size of one poll and loses nothing', async () => {
    const table = givenTable([]);
    const topped = { ...leads, $top: '2', $skip: 0 };
    await table.poll(topped);
    table.add(...[1, 2, 3, 4, 5].map((number) => lead(number, `2026-05-04T12:00:0${number}Z`)));
    expect(await table.pollNames(topped)).toEqual(['L1', 'L2']);
    expect(await table.pollNames(topped)).toEqual(['L3', 'L4']);
    expect(await table.pollNames(topped)).toEqual(['L5']);
  });

  test('$orderby orders the records of one poll', async () => {
    const table = givenTable([]);
    const ordered = { ...leads, $orderby: 'createdon desc', $select: 'lastname' };
    await table.poll(ordered);
    table.add(lead(1, '2026-05-04T12:00:01Z'), lead(2, '2026-05-04T12:00:02Z'));
    const { records } = await table.poll(ordered);
    expect(records).toEqual(
      [2, 1].map((number) => ({
        ItemInternalId: lead(number, '').leadid,
        '@odata.etag': `W/"${number}"`,
        leadid: lead(number, '').leadid,
        lastname: `L${number}`,
      })),
    );
  });

  test('$select is sent with what the position needs', async () => {
    const table = givenTable([]);
    const selected = { ...leads, $select: 'lastname' };
    await table.poll(selected);
    await table.poll(selected);
    expect(table.client.lists.at(-1)?.select).toEqual(['lastname', 'leadid', 'createdon']);
  });

  test('every record that was not there at the first poll comes exactly once, however late it becomes visible', async () => {
    const start = parseInstant('2026-05-04T12:00:00Z') ?? 0;
    const history = fc.record({
      leads: fc.array(
        fc.record({
          createdAfterS: fc.integer({ min: -300, max: 600 }),
          hiddenForS: fc.integer({ min: 0, max: lookBackMs / 1000 }),
        }),
        { maxLength: 40 },
      ),
      pollsAfterS: fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 12 }),
      $top: fc.integer({ min: 1, max: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(history, async ({ leads: created, pollsAfterS, $top }) => {
        const table = givenTable([]);
        const rows = created.map(({ createdAfterS }, index) => lead(index, isoInstant(start + createdAfterS * 1000)));
        const visibleAt = (s: number) =>
          rows.filter((_row, index) => {
            const one = created[index];
            return one !== undefined && one.createdAfterS + one.hiddenForS <= s;
          });
        const old = new Set(visibleAt(0).map((row) => row.lastname));
        const seen: unknown[] = [];
        for (const seconds of [0, ...[...pollsAfterS].sort((left, right) => left - right), 1000]) {
          table.client.rows.set('leads', visibleAt(seconds));
          seen.push(...(await table.pollNames({ ...leads, $top })));
        }
        for (let more = 0; more < rows.length; more += 1) seen.push(...(await table.pollNames({ ...leads, $top })));
        expect(seen.sort()).toEqual(
          rows
            .map((row) => row.lastname)
            .filter((name) => !old.has(name))
            .sort(),
        );
      }),
    );
  });

  test('the event key is the table and the id of the record', async () => {
    const table = givenTable([]);
    await table.poll();
    table.add(lead(1, '2026-05-04T12:00:01Z'));
    const { records } = await table.poll();
    expect(onNewItems.eventKey(leads, records[0] as JsonObject)).toBe('leads/00000000-0000-0000-0000-000000000001');
    expect(() => onNewItems.eventKey(leads, {})).toThrow(expect.objectContaining({ code: 'OPERATION_INPUT_INVALID' }));
  });

  test.each([
    [{ table: 'lead' }, "Did you mean 'leads'?"],
    [{ table: 'accounts' }, "has no column 'createdon'"],
    [{ ...leads, $filter: 'lastnam eq 1' }, '/$filter'],
    [{ ...leads, $filter: 'lastname eq' }, '/$filter'],
    [{ ...leads, $expand: 'ownerid' }, '$expand is not supported'],
    [{ ...leads, dataset: 'fabrikam.crm' }, '/dataset'],
  ])('%o is refused at the first poll', async (parameters, message) => {
    await expect(givenTable([]).poll(parameters)).rejects.toMatchObject({
      code: 'OPERATION_INPUT_INVALID',
      message: expect.stringContaining(message),
    });
  });
});
