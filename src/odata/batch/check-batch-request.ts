/** What holds between the requests of a batch, in both formats and both directions. */

import { invalidBatch } from './batch-error.ts';
import type { BatchRequest, ChangeSet, IndividualRequest } from './batch-request.ts';
import { checkRequest, checkRequestId, nameMessage } from './check-message.ts';

export interface CheckBatchOptions {
  readonly isTolerant: boolean;
  /** JSON allows GET within an atomicity group, multipart none within a change set (Protocol 11.7.2). */
  readonly format: 'multipart' | 'json';
}

/**
 * Raises ODATA_BATCH_INVALID for identifiers that are not unique (OData 4.01 Protocol 11.7.3), a GET within a change set,
 * and `dependsOn` with anything but what stands before (JSON 19.1), so that no requests can wait for each other.
 */
export function checkBatchRequest({ items }: BatchRequest, options: CheckBatchOptions): void {
  const { isTolerant, format } = options;
  const all = identifiersOf(items, options);
  /** What stands before: identifiers with their atomicity group, and groups. */
  const requests = new Map<string, ChangeSet | undefined>();
  const groups = new Set<string>();
  let index = 0;
  for (const item of items) {
    const changeSet = item.kind === 'changeSet' ? item : undefined;
    for (const request of item.kind === 'changeSet' ? item.requests : [item]) {
      const what = nameMessage('request', index, request.contentId);
      index += 1;
      checkRequest(request, what, isTolerant);
      if (changeSet !== undefined && format === 'multipart' && !isTolerant && request.method.toUpperCase() === 'GET') {
        throw invalidBatch(`${what} is a GET within a change set, which may only hold what modifies data.`);
      }
      checkDependencies(request, changeSet, what);
      if (request.contentId !== undefined) requests.set(request.contentId, changeSet);
    }
    if (changeSet?.atomicityGroup !== undefined) groups.add(changeSet.atomicityGroup);
  }

  function checkDependencies(request: IndividualRequest, own: ChangeSet | undefined, what: string): void {
    const dependsOn = new Set(request.dependsOn);
    for (const id of dependsOn) {
      if (groups.has(id)) continue;
      if (!requests.has(id)) throw invalidBatch(`${what} depends on "${id}", ${whyNot(id, request, own)}.`);
      const group = requests.get(id);
      const isListed = group?.atomicityGroup === undefined || dependsOn.has(group.atomicityGroup);
      if (group !== own && !isListed && !isTolerant) {
        throw invalidBatch(
          `${what} depends on "${id}" of the atomicity group "${group?.atomicityGroup}", which dependsOn must list, too.`,
        );
      }
    }
  }

  function whyNot(id: string, request: IndividualRequest, own: ChangeSet | undefined): string {
    if (id === request.contentId) return 'which is itself';
    if (id === own?.atomicityGroup) return 'the atomicity group that it is in';
    return all.has(id)
      ? 'which does not stand before it'
      : 'which is neither an id nor an atomicityGroup of this batch';
  }
}

/** All identifiers and atomicity groups, which are one name space; for a tolerant reader each change set is its own. */
function identifiersOf(items: BatchRequest['items'], { isTolerant, format }: CheckBatchOptions): ReadonlySet<string> {
  const all = new Set<string>();
  let taken = new Set<string>();
  function add(id: string | undefined, what: string): void {
    if (id === undefined) return;
    checkRequestId(id, what, isTolerant);
    if (taken.has(id)) throw invalidBatch(`${what} "${id}" is there twice; it must be unique within the batch.`);
    taken.add(id);
    all.add(id);
  }
  for (const item of items) {
    if (isTolerant && format === 'multipart' && item.kind === 'changeSet') taken = new Set();
    if (item.kind === 'changeSet') add(item.atomicityGroup, 'The atomicity group');
    for (const request of item.kind === 'changeSet' ? item.requests : [item]) {
      add(request.contentId, 'The request identifier');
    }
  }
  return all;
}
