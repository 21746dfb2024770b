import { describe, expect, test } from 'vitest';
import type { BatchRequest, ChangeSet, IndividualRequest } from './batch-request.ts';
import type { BatchResponse, ChangeSetResponse, IndividualResponse } from './batch-response.ts';
import { matchBatchResponses } from './match-batch-responses.ts';

function ask(contentId?: string): IndividualRequest {
  return { kind: 'request', method: 'POST', url: 'x', headers: [], ...(contentId === undefined ? {} : { contentId }) };
}

function changeSet(...ids: readonly string[]): ChangeSet {
  return { kind: 'changeSet', requests: ids.map(ask) };
}

function answer(status: number, contentId?: string): IndividualResponse {
  return { kind: 'response', status, headers: [], ...(contentId === undefined ? {} : { contentId }) };
}

function answers(...responses: readonly IndividualResponse[]): ChangeSetResponse {
  return { kind: 'changeSet', responses };
}

/** Identifier, status and outcome of each request. */
function matched(items: BatchRequest['items'], responses: BatchResponse['items']): readonly string[] {
  return matchBatchResponses({ items }, { items: responses }).map(
    ({ request, response, outcome }) => `${request.contentId ?? ''} ${response?.status ?? ''} ${outcome}`,
  );
}

describe('multipart', () => {
  test('responses without identifiers answer in order', () => {
    expect(matched([ask(), ask(), ask()], [answer(200), answer(404), answer(204)])).toEqual([
      ' 200 Succeeded',
      ' 404 Failed',
      ' 204 Succeeded',
    ]);
  });

  test('identifiers that several change sets have tell nothing between them', () => {
    const sets = [changeSet('1', '2'), changeSet('1', '2')];
    expect(matched(sets, [answers(answer(204, '1'), answer(201, '2')), answer(400, '1')])).toEqual([
      '1 204 Succeeded',
      '2 201 Succeeded',
      '1 400 Failed',
      '2 400 Failed',
    ]);
  });

  test('the same request twice is two requests', () => {
    const same = ask();
    expect(matched([same, same], [answer(200), answer(404)])).toEqual([' 200 Succeeded', ' 404 Failed']);
  });

  test('a service that stopped at an error answers no more', () => {
    expect(matched([ask(), ask(), ask()], [answer(200), answer(400)])).toEqual([
      ' 200 Succeeded',
      ' 400 Failed',
      '  Unanswered',
    ]);
    expect(matched([ask(), changeSet('1')], [answer(400)])).toEqual([' 400 Failed', '1  Unanswered']);
  });

  test('within a change set responses come in any order, by identifier', () => {
    expect(matched([changeSet('1', '2'), ask()], [answers(answer(201, '2'), answer(204, '1')), answer(200)])).toEqual([
      '1 204 Succeeded',
      '2 201 Succeeded',
      ' 200 Succeeded',
    ]);
  });

  test('within a change set responses without identifiers answer in order', () => {
    expect(matched([changeSet('1', '2')], [answers(answer(201), answer(204))])).toEqual([
      '1 201 Succeeded',
      '2 204 Succeeded',
    ]);
  });

  test('one error answers a change set, with multipart around it or not, with identifier or not', () => {
    for (const error of [answer(412), answer(412, '2'), answers(answer(412)), answers(answer(412, '2'))]) {
      expect(matched([changeSet('1', '2'), ask()], [error, answer(200)])).toEqual([
        '1 412 Failed',
        '2 412 Failed',
        ' 200 Succeeded',
      ]);
    }
  });

  test('identifiers count before the order', () => {
    expect(matched([ask('a'), ask(), ask('b')], [answer(201, 'b'), answer(202, 'a'), answer(203)])).toEqual([
      'a 202 Succeeded',
      ' 203 Succeeded',
      'b 201 Succeeded',
    ]);
  });
});

describe('JSON', () => {
  test('a group in which one failed has failed', () => {
    expect(
      matched([changeSet('1', '2'), ask('3')], [answer(200, '3'), answers(answer(424, '1'), answer(400, '2'))]),
    ).toEqual(['1 424 Failed', '2 400 Failed', '3 200 Succeeded']);
    expect(matched([changeSet('1', '2')], [answers(answer(204, '1'), answer(400, '2'))])).toEqual([
      '1 204 Failed',
      '2 400 Failed',
    ]);
  });

  test('a multipart response to it has the requests of a group one by one', () => {
    expect(matched([changeSet('1', '2')], [answer(204, '2'), answer(201, '1')])).toEqual([
      '1 201 Succeeded',
      '2 204 Succeeded',
    ]);
  });

  test('a part of the responses leaves the others open', () => {
    expect(matched([ask('1'), ask('2')], [answer(200, '2')])).toEqual(['1  Unanswered', '2 200 Succeeded']);
  });
});

test('every request of a change set names it', () => {
  const set = changeSet('1');
  const [first] = matchBatchResponses({ items: [set] }, { items: [] });
  expect(first?.changeSet).toBe(set);
});

describe('responses that belong to no request are refused', () => {
  const wrong: readonly (readonly [string, BatchRequest['items'], BatchResponse['items']])[] = [
    ['has 2 parts for 1 requests', [ask()], [answer(200), answer(200)]],
    ['answers "9", which was not asked', [ask('1')], [answer(200, '9')]],
    ['answers a request twice', [ask('1'), ask()], [answer(200, '1'), answer(200, '1')]],
    ['answers a single request with a change set', [ask()], [answers(answer(200))]],
    ['A change set of 1 requests has 2 responses', [changeSet('1')], [answers(answer(200), answer(200))]],
  ];
  for (const [message, items, responses] of wrong) {
    test(message, () => {
      expect(() => matched(items, responses)).toThrow(
        expect.objectContaining({ code: 'ODATA_BATCH_INVALID', message: expect.stringContaining(message) }),
      );
    });
  }
});
