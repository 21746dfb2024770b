/** What the routes need of the rest of Rialto: a structural interface that the composition root fulfils. */

import type { Clock } from '../../base/clock.ts';
import type { Ids } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Log } from '../../base/log.ts';
import type { CallContext, OperationResult } from '../../connector/contract.ts';
import type { Connections } from '../../connector/index.ts';
import type { Flow, JsonText, Store } from '../../flow/store/store.ts';
import type { ConnectorAnswer, OperationAnswer } from '../wire.ts';

/** The operations that connectors offer. */
export interface OperationServices {
  connectors(): readonly ConnectorAnswer[];
  list(): readonly OperationAnswer[];
  /** Calls an operation by its id. Raises CONNECTION_UNKNOWN, OPERATION_UNKNOWN, OPERATION_INPUT_INVALID. */
  invoke(
    call: { readonly connection: string; readonly operation: string; readonly parameters: JsonObject },
    context: CallContext,
  ): Promise<OperationResult>;
}

export interface FlowInput {
  readonly name: string;
  readonly definition: JsonText;
  readonly parameters: JsonText;
}

/** Checks and stores definitions. Both raise DEFINITION_INVALID and DEFINITION_UNSUPPORTED with every problem. */
export interface FlowServices {
  check(flow: FlowInput): Promise<void>;
  deploy(flow: FlowInput): Promise<Flow>;
}

export interface ApiServices {
  readonly store: Pick<Store, 'flows' | 'triggers' | 'runs'>;
  readonly connections: Omit<Connections, 'open'>;
  readonly operations: OperationServices;
  readonly flows: FlowServices;
  /** Tells the worker of this process that a trigger may be due sooner; one elsewhere looks by itself. */
  readonly nudgeWorker: () => void;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly version: string;
  /** The built web pages; undefined serves none. */
  readonly uiDirectory: string | undefined;
  /** True: only loopback addresses reach this server, so only loopback names are accepted in `Host`. */
  readonly isLoopbackOnly: boolean;
}
