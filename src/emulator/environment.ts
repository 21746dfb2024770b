/** One emulated environment: its API and its identity endpoints behind one `Send`, with or without a socket. */

import { isRialtoError, ServiceError } from '../base/errors.ts';
import type { Send } from '../http/send.ts';
import { answerIdentity } from './identity/identity-routes.ts';
import type { Tenant } from './identity/tenant.ts';
import { type Listener, type ListenOptions, listen } from './listen.ts';
import type { EmulatorSettings, EnvironmentName } from './options.ts';
import type { Service } from './service.ts';
import type { TableStore } from './store/table-store.ts';
import { jsonAnswer } from './wire/answer.ts';
import { readIncoming } from './wire/incoming.ts';

/** What a caller needs to get tokens. */
export interface EnvironmentApplication {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** An emulated Dataverse or F&O environment. */
export interface EmulatorEnvironment {
  readonly name: EnvironmentName;
  readonly product: 'dataverse' | 'fno';
  /** The environment URL: that of the socket while it listens, else the one of the options. */
  readonly url: string;
  /** The first application of the tenant. */
  readonly application: EnvironmentApplication;
  /** Answers requests to `url`. */
  readonly send: Send;
  /** Opens a socket. Raises PORT_IN_USE. */
  listen(options: ListenOptions): Promise<{ readonly url: string; close(): Promise<void> }>;
}

export interface EnvironmentOptions {
  readonly name: EnvironmentName;
  readonly product: 'dataverse' | 'fno';
  readonly url: string;
  readonly origins: EnvironmentOrigins;
  readonly tenant: Tenant;
  readonly settings: EmulatorSettings;
  readonly service: Service;
  readonly store: TableStore;
}

/** The origins under which an environment is known; sockets add theirs while they are open. */
export class EnvironmentOrigins {
  readonly #origins: Map<string, number>;

  constructor(url: string) {
    this.#origins = new Map([[url.toLowerCase(), 1]]);
  }

  /** All of them, lower case. */
  get all(): ReadonlySet<string> {
    return new Set(this.#origins.keys());
  }

  has(origin: string): boolean {
    return this.#origins.has(origin);
  }

  add(origin: string): void {
    this.#origins.set(origin, (this.#origins.get(origin) ?? 0) + 1);
  }

  remove(origin: string): void {
    const uses = (this.#origins.get(origin) ?? 0) - 1;
    if (uses > 0) this.#origins.set(origin, uses);
    else this.#origins.delete(origin);
  }
}

/** Makes an environment; `close` ends its sockets. */
export function createEnvironment(options: EnvironmentOptions): EmulatorEnvironment & { close(): Promise<void> } {
  const { name, product, origins, tenant, settings } = options;
  const [application] = tenant.applications;
  const listeners = new Set<Listener>();
  const send = environmentSend(options);
  return {
    name,
    product,
    get url() {
      return [...listeners].at(-1)?.url ?? options.url;
    },
    application: {
      tenantId: tenant.tenantId,
      clientId: application?.clientId ?? '',
      clientSecret: application?.clientSecret ?? '',
    },
    send,
    async listen(at) {
      const listener = await listen(send, at, settings.log);
      const names = socketOrigins(listener);
      for (const origin of names) origins.add(origin);
      listeners.add(listener);
      const close = async (): Promise<void> => {
        if (!listeners.delete(listener)) return;
        for (const origin of names) origins.remove(origin);
        await listener.close();
      };
      return { url: listener.url, close };
    },
    async close() {
      for (const listener of listeners) await listener.close();
      listeners.clear();
    },
  };
}

/** A socket on the loopback address is also reached as `localhost`. */
function socketOrigins(listener: Listener): readonly string[] {
  const isLoopback = listener.url.startsWith('http://127.0.0.1:');
  return isLoopback ? [listener.url, `http://localhost:${listener.port}`] : [listener.url];
}

function environmentSend(options: EnvironmentOptions): Send {
  const { origins, settings, service, store, tenant } = options;
  const { clock, ids, general } = settings;
  const identity = { tenant, environmentOrigins: () => origins.all, clock, ids };
  return async (request) => {
    const incoming = URL.canParse(request.url) ? readIncoming(request, general.requestBodyBytesMax) : undefined;
    if (incoming === undefined || !origins.has(incoming.origin)) {
      const message = `No environment answers at '${incoming?.origin ?? 'this address'}'.`;
      return jsonAnswer(404, { error: { code: 'Emulator.UnknownHost', message } });
    }
    try {
      const identityAnswer = await answerIdentity(incoming, identity);
      if (identityAnswer !== undefined) return identityAnswer;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const { status, serviceCode, serviceMessage } = error.details;
      return jsonAnswer(status, { error: serviceCode, error_description: serviceMessage });
    }
    const answer = await service.answer(incoming, { origins: origins.all, clock, ids });
    try {
      // Nothing leaves, read or written, before the disk holds it: what a caller has seen cannot be undone by a crash.
      await store.durable();
    } catch (error) {
      settings.log.error('emulator journal fails', { reason: isRialtoError(error) ? error.message : String(error) });
      return jsonAnswer(500, { error: { code: 'Emulator.Journal', message: 'The journal cannot be written.' } });
    }
    return answer;
  };
}
