/** What the pages read from the server, and how often. */

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { HealthAnswer, ListAnswer, RunActionAnswer, RunAnswer, WorkflowAnswer } from '../../server/wire.ts';
import { readJson, readTextStart } from './read.ts';

const healthEveryMs = 10_000;
const runsEveryMs = 2000;
const runEveryMs = 1000;
/** With more pages than this the list is refreshed by hand only. */
const pagesPolledMax = 4;
/** A payload is shown up to this size; the rest can be downloaded. */
const previewBytesMax = 65_536;

/** Filters of the run list, as they stand in the query string. */
export interface RunFilters {
  readonly flow: string;
  readonly status: string;
  readonly from: string;
  readonly to: string;
}

/** A run and its actions, read together. */
export interface RunDetails {
  readonly run: RunAnswer;
  readonly actions: readonly RunActionAnswer[];
}

/** Whether the server answers, and its version. */
export function useHealth() {
  return useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => readJson<HealthAnswer>('/api/v1/health', signal),
    refetchInterval: healthEveryMs,
  });
}

/** Names of the flows, for the filter. */
export function useFlowNames() {
  return useQuery({
    queryKey: ['workflows'],
    queryFn: ({ signal }) => readJson<ListAnswer<WorkflowAnswer>>('/api/v1/workflows', signal),
    select: (list) => list.value.map((flow) => flow.name),
  });
}

/** Runs under these filters, newest first, page by page. */
export function useRuns(filters: RunFilters) {
  return useInfiniteQuery({
    queryKey: ['runs', filters],
    queryFn: ({ signal, pageParam }) => readJson<ListAnswer<RunAnswer>>(pageParam, signal),
    initialPageParam: runsPath(filters),
    getNextPageParam: (page) => page.nextLink,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > pagesPolledMax ? false : runsEveryMs),
  });
}

/** One run with its actions; read again while it is not over. */
export function useRun(flow: string, run: string) {
  const path = `/api/v1/workflows/${encodeURIComponent(flow)}/runs/${encodeURIComponent(run)}`;
  return useQuery({
    queryKey: ['run', flow, run],
    queryFn: async ({ signal }): Promise<RunDetails> => {
      const [answer, actions] = await Promise.all([
        readJson<RunAnswer>(path, signal),
        readJson<ListAnswer<RunActionAnswer>>(`${path}/actions`, signal),
      ]);
      return { run: answer, actions: actions.value };
    },
    refetchInterval: (query) => (isOver(query.state.data?.run) ? false : runEveryMs),
  });
}

/** The start of inputs or outputs. The size is part of the key: while an action is tried again its content may change. */
export function useContent(uri: string, bytes: number) {
  return useQuery({
    queryKey: ['content', uri, bytes],
    queryFn: ({ signal }) => readTextStart(uri, previewBytesMax, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function isOver(run: RunAnswer | undefined): boolean {
  return run?.properties.endTime !== undefined;
}

function runsPath(filters: RunFilters): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) if (value !== '') query.set(name, value);
  const text = query.toString();
  return text === '' ? '/api/v1/runs' : `/api/v1/runs?${text}`;
}
