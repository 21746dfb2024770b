/** The emulator of Dataverse and Finance & Operations: their web APIs, served locally. */

export type { Emulator } from './emulator.ts';
export { createEmulator } from './emulator.ts';
export type { EmulatorEnvironment, EnvironmentApplication } from './environment.ts';
export type { ListenOptions } from './listen.ts';
export type {
  ApplicationOptions,
  DataverseSettings,
  EmulatorOptions,
  EnvironmentName,
  FnoSettings,
  SampleSettings,
} from './options.ts';
export type { SupportEntry } from './support-matrix.ts';
export { supportMatrix, supportPage } from './support-matrix.ts';
