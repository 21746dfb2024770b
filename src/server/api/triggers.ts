/** Routes of triggers: `/workflows/:workflow/triggers`, in the shapes of Microsoft.Logic. */

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RialtoError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { Flow, TriggerState } from '../../flow/store/store.ts';
import type { TriggerAnswer } from '../wire.ts';
import { apiLimits } from './limits.ts';
import { pathPart, queryOf, topSchema } from './request.ts';
import type { ApiServices } from './services.ts';
import { triggerAnswer, triggerHistoryAnswer, triggersOf } from './workflow-answer.ts';
import { flowOf } from './workflows.ts';

const historiesQuerySchema = z.strictObject({ $top: topSchema.default(apiLimits.pageItemsDefault) });

/** Adds the routes of triggers. */
export function triggerRoutes(app: FastifyInstance, services: ApiServices): void {
  const { triggers } = services.store;

  app.get('/workflows/:workflow/triggers', async (request) => {
    const flow = await flowOf(services, request);
    const states = await triggers.list(flow.name);
    const names = Object.keys(triggersOf(flow));
    return { value: await Promise.all(names.map((name) => answerOf(services, flow, name, states))) };
  });

  app.get('/workflows/:workflow/triggers/:trigger', async (request) => {
    const { flow, trigger } = await triggerOf(services, request);
    return answerOf(services, flow, trigger, await triggers.list(flow.name));
  });

  app.post('/workflows/:workflow/triggers/:trigger/run', async (request, reply) => {
    const { flow, trigger } = await triggerOf(services, request);
    if (flow.state === 'Disabled') {
      const message = `The trigger '${trigger}' does not fire, because the flow '${flow.name}' is off; enable it first.`;
      throw new RialtoError('FLOW_DISABLED', message);
    }
    if (!(await triggers.checkNow(flow.name, trigger, services.clock.now()))) throw triggerUnknown(flow, trigger);
    services.nudgeWorker();
    return reply.status(202).send();
  });

  app.get('/workflows/:workflow/triggers/:trigger/histories', async (request) => {
    const { $top: max } = queryOf(request, historiesQuerySchema);
    const { flow, trigger } = await triggerOf(services, request);
    const histories = await triggers.histories({ flow: flow.name, trigger, max });
    return { value: histories.map(triggerHistoryAnswer) };
  });
}

async function triggerOf(
  services: ApiServices,
  request: FastifyRequest,
): Promise<{ readonly flow: Flow; readonly trigger: string }> {
  const flow = await flowOf(services, request);
  const trigger = pathPart(request, 'trigger');
  if (!Object.hasOwn(triggersOf(flow), trigger)) throw triggerUnknown(flow, trigger);
  return { flow, trigger };
}

function triggerUnknown(flow: Flow, trigger: string): RialtoError {
  const hint = didYouMean(trigger, Object.keys(triggersOf(flow)));
  return new RialtoError('TRIGGER_UNKNOWN', `The flow '${flow.name}' has no trigger '${trigger}'.${hint}`);
}

async function answerOf(
  services: ApiServices,
  flow: Flow,
  name: string,
  states: readonly TriggerState[],
): Promise<TriggerAnswer> {
  const [lastCheck] = await services.store.triggers.histories({ flow: flow.name, trigger: name, max: 1 });
  return triggerAnswer(flow, name, { state: states.find((state) => state.trigger === name), lastCheck });
}
