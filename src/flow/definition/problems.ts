/** Collects what is wrong with a definition, so that one pass reports all of it. */

import { type DefinitionProblem, isRialtoError } from '../../base/errors.ts';
import { jsonPointer } from '../../base/json.ts';
import { problemsMax } from './limits.ts';

export interface Problems {
  readonly list: readonly DefinitionProblem[];
  /** Something is wrong at the pointer. */
  invalid(pointer: string, message: string): void;
  /** The language has it and Rialto does not run it. */
  unsupported(pointer: string, message: string): void;
  /** A template string at a path below the pointer does not follow the grammar. */
  syntax(pointer: string, path: readonly (string | number)[], error: Error): void;
}

/** An empty collection. */
export function collectProblems(): Problems {
  const list: DefinitionProblem[] = [];
  const seen = new Set<string>();
  function add(problem: DefinitionProblem): void {
    const key = `${problem.pointer} ${problem.message}`;
    if (seen.has(key) || list.length > problemsMax) return;
    seen.add(key);
    list.push(
      list.length < problemsMax
        ? problem
        : { ...problem, pointer: '', message: `There are more than ${problemsMax} problems; the rest is not listed.` },
    );
  }
  return {
    list,
    invalid: (pointer, message) => add({ code: 'DEFINITION_INVALID', pointer, message }),
    unsupported: (pointer, message) => add({ code: 'DEFINITION_UNSUPPORTED', pointer, message }),
    syntax: (pointer, path, error) =>
      add({
        code: isRialtoError(error) && error.code === 'EXPRESSION_SYNTAX' ? 'EXPRESSION_SYNTAX' : 'DEFINITION_INVALID',
        pointer: pointer + jsonPointer(path),
        message: error.message,
      }),
  };
}
