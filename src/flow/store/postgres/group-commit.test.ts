import { describe, expect, test } from 'vitest';
import { RialtoError } from '../../../base/errors.ts';
import { GroupCommit, type Outcome } from './group-commit.ts';

interface Write {
  readonly run: string;
  readonly value: string;
  readonly isLast?: boolean;
  readonly bytes?: number;
}

/** A group commit whose batches wait until the test lets them through. */
function givenGroupCommit(answer: (batch: readonly Write[]) => readonly Outcome<string>[] = allDone) {
  const batches: string[][] = [];
  const gates: (() => void)[] = [];
  let isOpen = false;
  const commits = new GroupCommit<Write, string>({
    async write(batch) {
      batches.push(batch.map(({ run, value }) => `${run}${value}`));
      if (!isOpen) await new Promise<void>((resolve) => gates.push(resolve));
      return answer(batch);
    },
    keyOf: ({ run }) => run,
    isLastOfKey: ({ isLast }) => isLast === true,
    bytesOf: ({ bytes }) => bytes ?? 1,
  });
  return {
    commits,
    batches,
    /** Lets the batch under way and all later ones through. */
    open() {
      isOpen = true;
      for (const gate of gates.splice(0)) gate();
    },
  };
}

function allDone(batch: readonly Write[]): readonly Outcome<string>[] {
  return batch.map(({ run, value }) => ({ kind: 'done', result: `${run}${value}` }));
}

const aTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('group commit', () => {
  test('calls of one turn go together, later ones wait for the commit under way', async () => {
    const { commits, batches, open } = givenGroupCommit();
    const first = [commits.commit({ run: 'a', value: '1' }), commits.commit({ run: 'b', value: '1' })];
    await aTurn();
    const later = [commits.commit({ run: 'c', value: '1' }), commits.commit({ run: 'a', value: '2' })];
    await aTurn();
    expect(batches).toEqual([['a1', 'b1']]);
    open();
    expect(await Promise.all([...first, ...later])).toEqual(['a1', 'b1', 'c1', 'a2']);
    expect(batches).toEqual([
      ['a1', 'b1'],
      ['c1', 'a2'],
    ]);
  });

  test('what follows the last of a key goes into a later batch, in order', async () => {
    const { commits, batches, open } = givenGroupCommit();
    open();
    await Promise.all([
      commits.commit({ run: 'a', value: '1', isLast: true }),
      commits.commit({ run: 'a', value: '2' }),
      commits.commit({ run: 'b', value: '1' }),
      commits.commit({ run: 'a', value: '3', isLast: true }),
      commits.commit({ run: 'a', value: '4' }),
    ]);
    expect(batches).toEqual([['a1', 'b1'], ['a2', 'a3'], ['a4']]);
  });

  test('a batch is bounded in bytes and in operations, and keeps the order of a key', async () => {
    const { commits, batches, open } = givenGroupCommit();
    open();
    const huge = 9 * 1024 * 1024;
    await Promise.all([
      commits.commit({ run: 'a', value: '1', bytes: huge }),
      commits.commit({ run: 'a', value: '2' }),
      ...Array.from({ length: 300 }, (_, index) => commits.commit({ run: 'b', value: String(index) })),
    ]);
    expect(batches.map((batch) => batch.length)).toEqual([1, 256, 45]);
    expect(batches[1]?.[0]).toBe('a2');
    expect(batches.flat().filter((name) => name.startsWith('b'))).toEqual(
      Array.from({ length: 300 }, (_, index) => `b${index}`),
    );
  });

  test('a refusal reaches its caller alone', async () => {
    const { commits, open } = givenGroupCommit((batch) =>
      batch.map(({ run }) =>
        run === 'bad'
          ? { kind: 'refused', error: new RialtoError('RUN_FENCED', 'fenced') }
          : { kind: 'done', result: run },
      ),
    );
    open();
    const outcomes = await Promise.allSettled(['a', 'bad', 'b'].map((run) => commits.commit({ run, value: '' })));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('when a batch fails because of one operation the others are committed', async () => {
    const { commits, batches, open } = givenGroupCommit((batch) => {
      if (batch.some(({ run }) => run === 'bad')) throw new Error('This value cannot be stored.');
      return allDone(batch);
    });
    open();
    const outcomes = await Promise.allSettled(['a', 'bad', 'b'].map((run) => commits.commit({ run, value: '' })));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(batches).toEqual([['a', 'bad', 'b'], ['a'], ['bad'], ['b']]);
  });

  test('when the database does not answer all of the batch is told so, without more attempts', async () => {
    const { commits, batches, open } = givenGroupCommit(() => {
      throw new RialtoError('STORE_UNAVAILABLE', 'The database does not answer.', { retryable: true });
    });
    open();
    const outcomes = await Promise.allSettled(['a', 'b'].map((run) => commits.commit({ run, value: '' })));
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'STORE_UNAVAILABLE', retryable: true } });
    }
    expect(batches).toEqual([['a', 'b']]);
  });

  test('it goes on after a failure', async () => {
    let isUp = false;
    const { commits, open } = givenGroupCommit((batch) => {
      if (!isUp) throw new RialtoError('STORE_UNAVAILABLE', 'The database does not answer.', { retryable: true });
      return allDone(batch);
    });
    open();
    await expect(commits.commit({ run: 'a', value: '1' })).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    isUp = true;
    expect(await commits.commit({ run: 'a', value: '1' })).toBe('a1');
    await commits.idle();
  });
});
