/** The HTTP status of every error code, and the code that Microsoft.Logic has for it. */

import type { ErrorCode } from '../../base/error-codes.ts';

const statusByCode: Readonly<Record<ErrorCode, number>> = {
  LIMIT_EXCEEDED: 413,
  ABORTED: 503,
  TIMEOUT: 504,
  JSON_INVALID: 400,
  DURATION_INVALID: 400,
  OPTION_INVALID: 400,

  ODATA_SYNTAX: 400,
  ODATA_LITERAL_INVALID: 400,
  ODATA_PROPERTY_UNKNOWN: 400,
  ODATA_TYPE_MISMATCH: 400,
  ODATA_KEY_INVALID: 400,
  ODATA_PAYLOAD_INVALID: 502,
  ODATA_BATCH_INVALID: 502,
  CSDL_INVALID: 502,
  ENTITY_SET_UNKNOWN: 404,
  ODATA_ACTION_UNKNOWN: 404,
  QUERY_UNSUPPORTED: 400,

  HOST_UNREACHABLE: 502,
  HTTP_RESPONSE_INVALID: 502,

  // The caller of this API is known; it is the connection's identity that the other side refuses.
  AUTH_FAILED: 502,
  AUTH_SECRET_INVALID: 502,
  AUTH_CLIENT_UNKNOWN: 502,
  AUTH_TENANT_UNKNOWN: 502,
  AUTH_TOKEN_REJECTED: 502,

  SERVICE_ERROR: 422,
  SERVICE_UNAVAILABLE: 503,
  ACCESS_DENIED: 403,
  RECORD_NOT_FOUND: 404,
  RECORD_CONFLICT: 412,

  CONNECTION_UNKNOWN: 404,
  CONNECTION_EXISTS: 409,
  CONNECTION_CONFLICT: 412,
  CONNECTION_INVALID: 400,
  CONNECTOR_UNKNOWN: 400,
  OPERATION_UNKNOWN: 404,
  OPERATION_INPUT_INVALID: 400,
  WRITE_OUTCOME_UNKNOWN: 409,
  SECRET_UNRESOLVED: 400,

  DEFINITION_INVALID: 400,
  DEFINITION_UNSUPPORTED: 400,
  EXPRESSION_SYNTAX: 400,
  EXPRESSION_FAILED: 422,
  FLOW_UNKNOWN: 404,
  FLOW_DISABLED: 409,
  TRIGGER_UNKNOWN: 404,
  RUN_UNKNOWN: 404,
  RUN_ACTION_UNKNOWN: 404,
  RUN_FENCED: 409,
  RUN_FAILED: 422,
  TRIGGER_POSITION_STALE: 409,
  WORKER_LOST: 500,
  STORE_UNAVAILABLE: 503,
  STORE_INCOMPATIBLE: 500,
  DATABASE_START_FAILED: 500,

  EMULATOR_DATA_INVALID: 500,

  PORT_IN_USE: 500,
  DATA_DIRECTORY_IN_USE: 500,
  DATA_DIRECTORY_INVALID: 500,
  SERVER_UNREACHABLE: 502,
  REQUEST_INVALID: 400,
  ORIGIN_REFUSED: 403,
  NOT_FOUND: 404,
  INTERNAL: 500,
};

const logicCodes: Readonly<Partial<Record<ErrorCode, string>>> = {
  FLOW_UNKNOWN: 'WorkflowNotFound',
  FLOW_DISABLED: 'WorkflowTriggerIsNotEnabled',
  TRIGGER_UNKNOWN: 'WorkflowTriggerNotFound',
  RUN_UNKNOWN: 'WorkflowRunNotFound',
  RUN_ACTION_UNKNOWN: 'WorkflowRunActionNotFound',
  DEFINITION_INVALID: 'InvalidTemplate',
  DEFINITION_UNSUPPORTED: 'InvalidTemplate',
  EXPRESSION_SYNTAX: 'InvalidTemplate',
};

/** The HTTP status that answers an error of this code. */
export function statusOf(code: ErrorCode): number {
  return statusByCode[code] ?? 500;
}

/** The code that Microsoft.Logic gives for it (workflow definition language, REST errors); undefined when it has none. */
export function logicCodeOf(code: ErrorCode): string | undefined {
  return logicCodes[code];
}
