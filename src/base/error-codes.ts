/**
 * Every error code of Rialto, with the exit code of the command line (docs/reference/cli.md) and what it means.
 * A released code never changes its meaning and is never reused.
 */

export const errorCodes = {
  // base
  LIMIT_EXCEEDED: { exit: 2, meaning: 'Something from outside is larger than its named limit.' },
  ABORTED: { exit: 130, meaning: 'The caller cancelled the call.' },
  TIMEOUT: { exit: 9, meaning: 'An answer did not arrive within the time allowed.' },
  JSON_INVALID: { exit: 2, meaning: 'A text is not JSON; the position says where.' },
  DURATION_INVALID: { exit: 2, meaning: 'A text is not an ISO 8601 duration.' },
  OPTION_INVALID: { exit: 2, meaning: 'An option or argument has a value that is not allowed.' },

  // odata
  ODATA_SYNTAX: { exit: 2, meaning: 'A text does not follow the OData grammar; the position says where.' },
  ODATA_LITERAL_INVALID: { exit: 2, meaning: 'A value does not fit the OData type that is expected.' },
  ODATA_PROPERTY_UNKNOWN: { exit: 2, meaning: 'An entity type has no such property.' },
  ODATA_TYPE_MISMATCH: { exit: 2, meaning: 'An operator or function is given operands of types it does not take.' },
  ODATA_KEY_INVALID: { exit: 2, meaning: 'A key predicate lacks, repeats or misnames a key property.' },
  ODATA_PAYLOAD_INVALID: { exit: 1, meaning: 'An answer is not the OData payload it should be.' },
  ODATA_BATCH_INVALID: { exit: 1, meaning: 'A batch request or response is not one that OData allows.' },
  CSDL_INVALID: { exit: 1, meaning: 'A metadata document is not valid CSDL.' },
  ENTITY_SET_UNKNOWN: { exit: 4, meaning: 'The environment has no such entity set.' },
  ODATA_ACTION_UNKNOWN: { exit: 4, meaning: 'The environment has no such action, or not bound to that.' },

  // http
  HOST_UNREACHABLE: { exit: 8, meaning: 'No connection to the host could be made.' },
  HTTP_RESPONSE_INVALID: { exit: 1, meaning: 'The host answered with something that is not the expected protocol.' },

  // auth
  AUTH_FAILED: { exit: 5, meaning: 'The token service refused the request.' },
  AUTH_SECRET_INVALID: { exit: 5, meaning: 'The token service does not accept this client secret.' },
  AUTH_CLIENT_UNKNOWN: { exit: 5, meaning: 'The tenant has no application with this client id.' },
  AUTH_TENANT_UNKNOWN: { exit: 5, meaning: 'The token service has no such tenant.' },
  AUTH_TOKEN_REJECTED: { exit: 5, meaning: 'The environment does not accept the access token.' },

  // client
  QUERY_UNSUPPORTED: { exit: 2, meaning: 'The service does not offer this query option, operator or kind of expand.' },
  SERVICE_ERROR: { exit: 10, meaning: 'The environment refused the request, and said why.' },
  SERVICE_UNAVAILABLE: { exit: 8, meaning: 'The environment is overloaded or down, also after all retries.' },
  ACCESS_DENIED: { exit: 6, meaning: 'The identity is known and may not do this.' },
  RECORD_NOT_FOUND: { exit: 4, meaning: 'No record has this key.' },
  RECORD_CONFLICT: { exit: 7, meaning: 'The record changed since it was read (ETag), or it exists already.' },

  // connector
  CONNECTION_UNKNOWN: { exit: 4, meaning: 'There is no connection of this name.' },
  CONNECTION_EXISTS: { exit: 7, meaning: 'There is already a connection of this name.' },
  CONNECTION_CONFLICT: { exit: 7, meaning: 'The connection changed since it was read (ETag).' },
  CONNECTION_INVALID: { exit: 3, meaning: 'A connection lacks a setting, or a setting is wrong.' },
  CONNECTOR_UNKNOWN: { exit: 3, meaning: 'There is no connector of this name.' },
  OPERATION_UNKNOWN: { exit: 4, meaning: 'The connector has no such operation.' },
  OPERATION_INPUT_INVALID: { exit: 2, meaning: 'The parameters of an operation do not follow its schema.' },
  WRITE_OUTCOME_UNKNOWN: {
    exit: 7,
    meaning: 'An earlier attempt of this write may have been done, and nothing tells whether it was.',
  },
  SECRET_UNRESOLVED: { exit: 3, meaning: 'A secret reference points to nothing.' },

  // flow
  DEFINITION_INVALID: { exit: 3, meaning: 'A workflow definition is wrong at the JSON pointer named.' },
  DEFINITION_UNSUPPORTED: { exit: 3, meaning: 'A workflow definition uses something that Rialto does not run.' },
  DEFINITION_DIFFERS: { exit: 11, meaning: 'A workflow definition runs, but not in all as in the cloud.' },
  DEFINITION_DOUBTFUL: { exit: 0, meaning: 'A part of a workflow definition has no effect, here as in the cloud.' },
  DEFINITION_VALUE_MISSING: { exit: 3, meaning: 'A parameter or a connection of a workflow definition has no value.' },
  ARCHIVE_INVALID: { exit: 2, meaning: 'A ZIP archive is damaged, encrypted, unsafe, or of a form that is not read.' },
  EXPRESSION_SYNTAX: { exit: 3, meaning: 'An expression does not follow the grammar; the position says where.' },
  EXPRESSION_FAILED: { exit: 12, meaning: 'An expression could not be evaluated.' },
  FLOW_UNKNOWN: { exit: 4, meaning: 'There is no flow of this name.' },
  FLOW_DISABLED: { exit: 7, meaning: 'The flow is off, so its triggers do not fire.' },
  TRIGGER_UNKNOWN: { exit: 4, meaning: 'The flow has no trigger of this name.' },
  RUN_UNKNOWN: { exit: 4, meaning: 'There is no run of this id.' },
  RUN_ACTION_UNKNOWN: { exit: 4, meaning: 'The run has no action of this name in its history.' },
  RUN_FENCED: { exit: 1, meaning: 'Another worker has taken over this run; this one may not write it.' },
  RUN_FAILED: { exit: 12, meaning: 'The run ended Failed, TimedOut or Cancelled.' },
  TRIGGER_POSITION_STALE: { exit: 1, meaning: 'Another poll of this trigger has advanced its position.' },
  WORKER_LOST: { exit: 1, meaning: 'A worker was silent for too long, so other workers have its runs.' },
  STORE_UNAVAILABLE: { exit: 8, meaning: 'The database does not answer.' },
  STORE_INCOMPATIBLE: { exit: 3, meaning: 'The database is too old, or a newer Rialto has written it.' },
  DATABASE_START_FAILED: { exit: 1, meaning: 'The embedded PostgreSQL does not start.' },

  // emulator
  EMULATOR_DATA_INVALID: {
    exit: 1,
    meaning: 'The data directory of the emulator holds what this emulator did not write.',
  },

  // server and command line
  PORT_IN_USE: { exit: 3, meaning: 'Another program listens on this port.' },
  DATA_DIRECTORY_IN_USE: { exit: 3, meaning: 'Another Rialto runs in this data directory.' },
  DATA_DIRECTORY_INVALID: { exit: 3, meaning: 'The data directory cannot be made, or not be written.' },
  SERVER_UNREACHABLE: { exit: 13, meaning: 'No Rialto server answers at this address.' },
  REQUEST_INVALID: { exit: 2, meaning: 'An HTTP request to the Rialto API is wrong.' },
  ORIGIN_REFUSED: { exit: 6, meaning: 'A request names a foreign host or was made by a foreign web page.' },
  NOT_FOUND: { exit: 4, meaning: 'The Rialto API has nothing at this address.' },
  INTERNAL: { exit: 1, meaning: 'A fault of Rialto itself.' },
} as const satisfies Readonly<Record<string, { readonly exit: number; readonly meaning: string }>>;

/** The stable code of an error; match it rather than the class. */
export type ErrorCode = keyof typeof errorCodes;
