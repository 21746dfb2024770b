/** What commands get from outside, so that they can be run in a test as in a terminal. */

import type { Clock } from '../base/clock.ts';
import type { FolderSource } from '../flow/definition/index.ts';
import type { Send } from '../http/send.ts';

/** Standard output or standard error. */
export interface TextSink {
  write(text: string): unknown;
  /** Width of the terminal; undefined when it is none. */
  readonly columns?: number | undefined;
}

export interface CliContext {
  readonly send: Send;
  readonly clock: Clock;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  /** False under NO_COLOR or CI, and when standard output is no terminal. */
  readonly allowsColor: boolean;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Address of the server: the option, else RIALTO_SERVER, else the default. Raises OPTION_INVALID. */
  serverUrl(option: string | undefined): string;
  readTextFile(path: string): Promise<string>;
  /** A file or a folder that holds workflow definitions. Raises OPTION_INVALID. */
  readDefinitionInput(path: string): Promise<Uint8Array | FolderSource>;
  setExitCode(code: number): void;
}
