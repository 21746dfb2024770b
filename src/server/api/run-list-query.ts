/** Query parameters of run lists: our own filters, and `$filter` as Microsoft.Logic has it. */

import { z } from 'zod';
import { parseInstant } from '../../base/clock.ts';
import { RialtoError } from '../../base/errors.ts';
import type { RunQuery, RunStatus } from '../../flow/store/store.ts';
import { type FilterExpression, parseFilter } from '../../odata/index.ts';
import { apiLimits } from './limits.ts';
import { topSchema } from './request.ts';

const runStatuses = ['Running', 'Waiting', 'Succeeded', 'Failed', 'Cancelled', 'TimedOut', 'Suspended'] as const;

const instantSchema = z.string().refine((text) => parseInstant(text) !== undefined, 'expected an ISO 8601 instant');

export const runListSchema = z.strictObject({
  flow: z.string().optional(),
  status: z.enum(runStatuses).optional(),
  /** Started at this instant or later. */
  from: instantSchema.optional(),
  /** Started before this instant. */
  to: instantSchema.optional(),
  $filter: z.string().optional(),
  $top: topSchema.default(apiLimits.pageItemsDefault),
  $skiptoken: z.string().optional(),
});

/** The query parameters of a run list, checked. */
export type RunListQuery = z.infer<typeof runListSchema>;

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** The store's query for a run list. Raises ODATA_SYNTAX and REQUEST_INVALID for a `$filter` that lists do not know. */
export function storeQueryOf(
  query: Omit<RunListQuery, 'flow'>,
  options: { readonly flow: string | undefined; readonly max: number },
): RunQuery {
  const storeQuery: Writable<RunQuery> = { max: options.max };
  if (options.flow !== undefined) storeQuery.flow = options.flow;
  if (query.status !== undefined) storeQuery.status = query.status;
  if (query.from !== undefined) storeQuery.startedFrom = instantOf(query.from);
  if (query.to !== undefined) storeQuery.startedTo = instantOf(query.to);
  if (query.$skiptoken !== undefined) storeQuery.after = query.$skiptoken;
  if (query.$filter !== undefined) applyFilter(parseFilter(query.$filter), storeQuery);
  return storeQuery;
}

/** `Status eq 'Failed' and StartTime ge 2026-05-04T00:00:00Z`: comparisons joined by `and`. */
function applyFilter(tree: FilterExpression, query: Writable<RunQuery>): void {
  if (tree.kind === 'logical' && tree.operator === 'and') {
    applyFilter(tree.left, query);
    applyFilter(tree.right, query);
    return;
  }
  if (tree.kind !== 'comparison' || tree.left.kind !== 'propertyPath' || tree.right.kind !== 'literal') {
    throw filterRefused(tree.position);
  }
  const name = tree.left.path.join('/').toLowerCase();
  const text = tree.right.text;
  const status = runStatuses.find((known) => known === text);
  if (name === 'status' && tree.operator === 'eq' && status !== undefined) query.status = status satisfies RunStatus;
  else if (name === 'starttime') applyStartTime(tree.operator, instantOf(text), query, tree.position);
  else throw filterRefused(tree.position);
}

/** The store counts `startedFrom` in and `startedTo` out; instants have milliseconds. */
function applyStartTime(operator: string, instant: number, query: Writable<RunQuery>, position: number): void {
  if (operator === 'ge') query.startedFrom = instant;
  else if (operator === 'gt') query.startedFrom = instant + 1;
  else if (operator === 'lt') query.startedTo = instant;
  else if (operator === 'le') query.startedTo = instant + 1;
  else throw filterRefused(position);
}

function instantOf(text: string): number {
  const instant = parseInstant(text);
  if (instant === undefined)
    throw new RialtoError('REQUEST_INVALID', `'${text}' in the run list's filter is no instant.`);
  return instant;
}

function filterRefused(position: number): RialtoError {
  return new RialtoError(
    'REQUEST_INVALID',
    `$filter at position ${position}: lists of runs take Status eq '${runStatuses.join("' | '")}' and StartTime gt, ge, lt, le, joined by 'and'.`,
  );
}
