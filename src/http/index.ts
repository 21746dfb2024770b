/** HTTP as plain data: the transport, the policies around it, and what reads bodies. */

export { createPipeline, type PipelineOptions } from './pipeline.ts';
export { type BearerTokenSource, type IdentityOptions, identityPolicy } from './policies/identity.ts';
export { type RetryLimits, type RetryOptions, retryDefaults, retryPolicy } from './policies/retry.ts';
export { type TraceOptions, tracePolicy } from './policies/trace.ts';
export { userAgentPolicy } from './policies/user-agent.ts';
export {
  contentCodingOf,
  discardBody,
  isJson,
  mediaTypeOf,
  type ReadBodyOptions,
  readJson,
  readText,
  readTextStart,
} from './read-body.ts';
export { describeRequest, describeResponse, redactUrl } from './redaction.ts';
export { retryAfterMs } from './retry-after.ts';
export type { HttpHeaders, HttpRequest, HttpResponse, Policy, Send } from './send.ts';
export { singleFlight } from './single-flight.ts';
export { createTransport, type Transport, type TransportOptions } from './transport.ts';
export { TransportError } from './transport-error.ts';
