/** What users import in their tests: the emulator in process, and a clock that the test moves. */

export {
  type EmulatedEnvironments,
  type EmulatedEnvironmentsOptions,
  emulatedEnvironments,
} from './emulated-environments.ts';
export { type TestClock, type TestClockOptions, testClock } from './test-clock.ts';
