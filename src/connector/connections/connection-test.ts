/** *Test connection*: what a person wants to know first, step by step, up to the first failure. */

import type { Clock } from '../../base/clock.ts';
import { errorToJson, isRialtoError } from '../../base/errors.ts';

export interface ConnectionTestStep {
  readonly name: string;
  readonly status: 'ok' | 'failed' | 'not-checked';
  readonly message?: string;
  readonly durationMs?: number;
  readonly error?: { readonly code: string; readonly message: string };
}

export interface ConnectionTest {
  readonly ok: boolean;
  readonly steps: readonly ConnectionTestStep[];
}

/** Looks whether an environment answers. Each part says in words what it found. */
export interface EnvironmentProbe {
  /** Asks the token service for a token. */
  token(signal?: AbortSignal): Promise<string>;
  /** Reads something small with the token. */
  service(signal?: AbortSignal): Promise<string>;
}

/** Runs the steps settings, token and service. Raises only what is no failure of the connection, such as ABORTED. */
export async function testConnection(
  open: () => Promise<EnvironmentProbe>,
  clock: Clock,
  signal?: AbortSignal,
): Promise<ConnectionTest> {
  let probe: EnvironmentProbe | undefined;
  const checks: readonly (readonly [name: string, check: () => Promise<string>])[] = [
    [
      'settings',
      async () => {
        probe = await open();
        return 'The settings are complete and the secret is there.';
      },
    ],
    ['token', async () => (await probe?.token(signal)) ?? ''],
    ['service', async () => (await probe?.service(signal)) ?? ''],
  ];
  const steps: ConnectionTestStep[] = [];
  for (const [name, check] of checks) {
    const isStopped = steps.some((step) => step.status === 'failed');
    steps.push(isStopped ? { name, status: 'not-checked' } : await runStep(name, check, clock));
  }
  return { ok: steps.every((step) => step.status === 'ok'), steps };
}

async function runStep(name: string, check: () => Promise<string>, clock: Clock): Promise<ConnectionTestStep> {
  const startedMs = clock.monotonicMs();
  const durationMs = (): number => Math.round(clock.monotonicMs() - startedMs);
  try {
    const message = await check();
    return { name, status: 'ok', message, durationMs: durationMs() };
  } catch (error) {
    if (!isRialtoError(error) || error.code === 'ABORTED') throw error;
    const { code, message } = errorToJson(error);
    return {
      name,
      status: 'failed',
      durationMs: durationMs(),
      error: { code: String(code), message: String(message) },
    };
  }
}
