/** The HTTP API under `/api/v1`, and the web pages beside it. */

import Fastify, { type FastifyInstance } from 'fastify';
import { isoInstant } from '../../base/clock.ts';
import type { HealthAnswer } from '../wire.ts';
import { connectionRoutes } from './connections.ts';
import { answerErrors } from './error-answer.ts';
import { guardRequests } from './guard.ts';
import { printAnswer } from './json-answer.ts';
import { apiLimits } from './limits.ts';
import { operationRoutes } from './operations.ts';
import { servePages } from './pages.ts';
import { recordRoutes } from './records.ts';
import { parseBody } from './request.ts';
import { runRoutes } from './runs.ts';
import type { ApiServices } from './services.ts';
import { triggerRoutes } from './triggers.ts';
import { workflowRoutes } from './workflows.ts';

/** Makes the server; `await app.listen(…)` opens it, `app.inject(…)` asks it without a socket. */
export async function createApi(services: ApiServices): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    bodyLimit: apiLimits.bodyBytesMax,
    routerOptions: { maxParamLength: apiLimits.pathPartLengthMax },
    forceCloseConnections: 'idle',
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: unknown, text: string) =>
    text === '' ? undefined : parseBody(text),
  );
  app.setReplySerializer(printAnswer);
  answerErrors(app, services);
  guardRequests(app, services);
  await app.register(
    async (api) => {
      api.get('/health', async (): Promise<HealthAnswer> => {
        return { status: 'ok', version: services.version, time: isoInstant(services.clock.now()) };
      });
      workflowRoutes(api, services);
      triggerRoutes(api, services);
      runRoutes(api, services);
      connectionRoutes(api, services);
      operationRoutes(api, services);
      recordRoutes(api, services);
    },
    { prefix: '/api/v1' },
  );
  await servePages(app, services);
  return app;
}
