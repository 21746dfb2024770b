import { expect, test } from 'vitest';
import { eventLoopTurn } from './event-loop.ts';

test('what was scheduled before has its turn', async () => {
  const order: string[] = [];
  setImmediate(() => order.push('immediate'));
  await eventLoopTurn();
  order.push('work');
  expect(order).toEqual(['immediate', 'work']);
});
