/** Routes of flows and their versions: `/workflows`, in the shapes of Microsoft.Logic. */

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RialtoError } from '../../base/errors.ts';
import type { Flow, FlowState, FlowVersion } from '../../flow/store/store.ts';
import { printAnswer } from './json-answer.ts';
import { apiLimits } from './limits.ts';
import { apiPath, pageOf } from './paging.ts';
import { rawMember } from './raw-member.ts';
import { bodyOf, type JsonBody, jsonObjectSchema, pathPart, queryOf, topSchema } from './request.ts';
import type { ApiServices, FlowInput } from './services.ts';
import { versionAnswer, workflowAnswer } from './workflow-answer.ts';

/** A workflow resource as it is sent: what the service computes (`id`, `version` …) is accepted and ignored, as Azure does. */
const workflowSchema = z.object({
  properties: z.object({
    definition: jsonObjectSchema,
    parameters: jsonObjectSchema.optional(),
    state: z.enum(['Enabled', 'Disabled']).optional(),
  }),
});

const versionsQuerySchema = z.strictObject({
  $top: topSchema.default(apiLimits.pageItemsDefault),
  $skiptoken: z.coerce.number().int().min(1).optional(),
});

/** Adds the routes of flows and versions. */
export function workflowRoutes(app: FastifyInstance, services: ApiServices): void {
  const { flows } = services.store;

  app.get('/workflows', async () => {
    const all = await flows.list();
    return { value: all.map((flow) => workflowAnswer(flow, { withContent: false })) };
  });

  app.get('/workflows/:workflow', async (request) =>
    workflowAnswer(await flowOf(services, request), { withContent: true }),
  );

  app.put('/workflows/:workflow', async (request, reply) => {
    const input = flowInputOf(request);
    const { state } = bodyOf(request, workflowSchema).properties;
    const isNew = (await flows.get(input.name)) === undefined;
    let flow = await services.flows.deploy(input);
    services.nudgeWorker();
    if (state !== undefined && state !== flow.state) flow = await setState(services, request, state);
    return reply.status(isNew ? 201 : 200).send(workflowAnswer(flow, { withContent: true }));
  });

  app.delete('/workflows/:workflow', async (request, reply) => {
    const name = pathPart(request, 'workflow');
    if (!(await flows.delete(name))) throw flowUnknown(name);
    return reply.status(204).send();
  });

  app.post('/workflows/:workflow/enable', async (request) => stateAnswer(services, request, 'Enabled'));
  app.post('/workflows/:workflow/disable', async (request) => stateAnswer(services, request, 'Disabled'));

  app.post('/workflows/:workflow/validate', async (request, reply) => {
    await services.flows.check(flowInputOf(request));
    return reply.status(200).send();
  });

  app.get('/workflows/:workflow/versions', async (request) => {
    const { $top: top, $skiptoken: below } = queryOf(request, versionsQuerySchema);
    const flow = await flowOf(services, request);
    const newest = below === undefined ? flow.version.version : Math.min(below - 1, flow.version.version);
    const versions: FlowVersion[] = [];
    for (let version = newest; version >= 1 && versions.length <= top; version -= 1) {
      versions.push(await versionOf(services, flow, version));
    }
    const answers = versions.map((version) => versionAnswer(version, { withContent: false }));
    return pageOf(answers, { top, path: apiPath('workflows', flow.name, 'versions'), query: {} });
  });

  app.get('/workflows/:workflow/versions/:version', async (request) => {
    const flow = await flowOf(services, request);
    const version = await versionOf(services, flow, Number(pathPart(request, 'version')));
    return versionAnswer(version, { withContent: true });
  });
}

/** The flow that the path names. Raises FLOW_UNKNOWN. */
export async function flowOf(services: Pick<ApiServices, 'store'>, request: FastifyRequest): Promise<Flow> {
  const name = pathPart(request, 'workflow');
  const flow = await services.store.flows.get(name);
  if (flow === undefined) throw flowUnknown(name);
  return flow;
}

/** FLOW_UNKNOWN for a flow of this name. */
export function flowUnknown(name: string): RialtoError {
  return new RialtoError('FLOW_UNKNOWN', `There is no flow '${name}'.`);
}

async function versionOf(services: ApiServices, flow: Flow, version: number): Promise<FlowVersion> {
  const found = Number.isSafeInteger(version) ? await services.store.flows.getVersion(flow.name, version) : undefined;
  if (found === undefined) {
    const message = `The flow '${flow.name}' has no version ${version}; its versions are 1 to ${flow.version.version}.`;
    throw new RialtoError('FLOW_UNKNOWN', message);
  }
  return found;
}

async function setState(services: ApiServices, request: FastifyRequest, state: FlowState): Promise<Flow> {
  const name = pathPart(request, 'workflow');
  const flow = await services.store.flows.setState(name, state, services.clock.now());
  if (flow === undefined) throw flowUnknown(name);
  services.nudgeWorker();
  return flow;
}

async function stateAnswer(services: ApiServices, request: FastifyRequest, state: FlowState): Promise<object> {
  return workflowAnswer(await setState(services, request, state), { withContent: true });
}

/** Definition and parameters as they are spelt in the body, so that `1.0` stays `1.0`. */
function flowInputOf(request: FastifyRequest): FlowInput {
  const { properties } = bodyOf(request, workflowSchema);
  const { text } = request.body as JsonBody;
  return {
    name: pathPart(request, 'workflow'),
    definition: rawMember(text, ['properties', 'definition']) ?? printAnswer(properties.definition),
    parameters: rawMember(text, ['properties', 'parameters']) ?? '{}',
  };
}
