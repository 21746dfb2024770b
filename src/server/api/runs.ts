/** Routes of runs: `/runs` and `/workflows/:workflow/runs`, in the shapes of Microsoft.Logic. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RialtoError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { JsonText, RunWithHistory } from '../../flow/store/store.ts';
import type { ListAnswer, RunAnswer } from '../wire.ts';
import { apiPath, pageOf } from './paging.ts';
import { pathPart, queryOf } from './request.ts';
import {
  runActionAnswer,
  runActionAnswers,
  runActionContent,
  runAnswer,
  runTriggerContent,
  runWithHistoryAnswer,
} from './run-answer.ts';
import { type RunListQuery, runListSchema, storeQueryOf } from './run-list-query.ts';
import type { ApiServices } from './services.ts';
import { flowUnknown } from './workflows.ts';

const runQuerySchema = z.strictObject({ $expand: z.literal('properties/actions').optional() });
const contentParts = ['inputs', 'outputs'] as const;

/** Adds the routes of runs. */
export function runRoutes(app: FastifyInstance, services: ApiServices): void {
  app.get('/runs', async (request) => {
    const query = queryOf(request, runListSchema);
    return listRuns(services, query, { path: apiPath('runs'), flow: query.flow });
  });

  app.get('/runs/:run', async (request) => {
    const withActions = queryOf(request, runQuerySchema).$expand !== undefined;
    return runWithHistoryAnswer(await runOf(services, request), { withActions });
  });

  app.get('/workflows/:workflow/runs', async (request) => {
    const flow = pathPart(request, 'workflow');
    const query = queryOf(request, runListSchema.omit({ flow: true }));
    const answer = await listRuns(services, query, { path: apiPath('workflows', flow, 'runs'), flow });
    // Runs outlive their flow, so only a flow without any is unknown.
    if (answer.value.length === 0 && (await services.store.flows.get(flow)) === undefined) throw flowUnknown(flow);
    return answer;
  });

  app.get('/workflows/:workflow/runs/:run', async (request) => {
    const withActions = queryOf(request, runQuerySchema).$expand !== undefined;
    return runWithHistoryAnswer(await runOf(services, request), { withActions });
  });

  app.get('/workflows/:workflow/runs/:run/actions', async (request) => ({
    value: runActionAnswers(await runOf(services, request)),
  }));

  app.get('/workflows/:workflow/runs/:run/actions/:action', async (request) => {
    const run = await runOf(services, request);
    const action = pathPart(request, 'action');
    const answer = runActionAnswer(run, action);
    if (answer === undefined) throw actionUnknown(run, action);
    return answer;
  });

  for (const part of contentParts) {
    app.get(`/workflows/:workflow/runs/:run/actions/:action/${part}`, async (request, reply) => {
      const run = await runOf(services, request);
      const action = pathPart(request, 'action');
      if (runActionAnswer(run, action) === undefined) throw actionUnknown(run, action);
      return sendContent(reply, runActionContent(run, action, part), `The action '${action}' of run '${run.id}'`, part);
    });
    app.get(`/workflows/:workflow/runs/:run/trigger/${part}`, async (request, reply) => {
      const run = await runOf(services, request);
      return sendContent(reply, runTriggerContent(run, part), `The trigger of run '${run.id}'`, part);
    });
  }
}

async function listRuns(
  services: ApiServices,
  query: Omit<RunListQuery, 'flow'>,
  at: { readonly path: string; readonly flow: string | undefined },
): Promise<ListAnswer<RunAnswer>> {
  // One more than asked for tells whether there is a next page.
  const found = await services.store.runs.list(storeQueryOf(query, { flow: at.flow, max: query.$top + 1 }));
  const { $top: top, $skiptoken: _behind, ...filters } = query;
  return pageOf(found.map(runAnswer), { top, path: at.path, query: filters });
}

/** The run that the path names; with a flow in the path it must be that flow's. Raises RUN_UNKNOWN. */
async function runOf(services: ApiServices, request: FastifyRequest): Promise<RunWithHistory> {
  const id = pathPart(request, 'run');
  const { workflow } = request.params as { readonly workflow?: string };
  const run = await services.store.runs.get(id);
  if (run === undefined || (workflow !== undefined && run.flow !== workflow)) {
    const place = workflow === undefined ? '' : ` of the flow '${workflow}'`;
    throw new RialtoError('RUN_UNKNOWN', `There is no run '${id}'${place}.`);
  }
  return run;
}

function actionUnknown(run: RunWithHistory, action: string): RialtoError {
  const hint = didYouMean(action, new Set(run.actions.map((row) => row.action)));
  return new RialtoError('RUN_ACTION_UNKNOWN', `The run '${run.id}' has no action '${action}' in its history.${hint}`);
}

function sendContent(reply: FastifyReply, content: JsonText | undefined, what: string, part: string): FastifyReply {
  if (content === undefined) throw new RialtoError('NOT_FOUND', `${what} has no ${part}.`);
  return reply.type('application/json; charset=utf-8').send(content);
}
