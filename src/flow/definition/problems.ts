/** Collects what there is to say of a definition, so that one pass reports all of it. */

import { type DefinitionProblem, isRialtoError } from '../../base/errors.ts';
import { jsonPointer } from '../../base/json.ts';
import { didYouMean } from '../../base/nearest.ts';
import { problemsMax, remarksMax } from './limits.ts';

export interface Problems {
  readonly list: readonly DefinitionProblem[];
  /** How many of them keep the definition from running, also those that are not listed any more. */
  readonly blockingCount: number;
  /** Something is wrong at the pointer. */
  invalid(pointer: string, message: string): void;
  /** The language has it and Rialto does not run it. */
  unsupported(pointer: string, message: string, remedy?: string): void;
  /** A value is missing that a deployment gives. */
  missing(pointer: string, message: string, remedy?: string): void;
  /** It runs, and does something else than in the cloud. */
  differs(pointer: string, message: string, remedy?: string): void;
  /** It runs as in the cloud, and hardly does what its author meant. */
  doubtful(pointer: string, message: string): void;
  /** A template string at a path below the pointer does not follow the grammar. */
  syntax(pointer: string, path: readonly (string | number)[], error: Error): void;
  /** ` Did you mean 'X'?`, or nothing; nothing also when there are too many names to look through for each problem. */
  hint(name: string, candidates: Iterable<string>): string;
}

/** Whether a problem keeps a definition from running. */
export function isBlocking({ code }: DefinitionProblem): boolean {
  return code !== 'DEFINITION_DIFFERS' && code !== 'DEFINITION_DOUBTFUL';
}

const hintCandidatesMax = 1000;
const hintsMax = 50;

/** An empty collection. */
export function collectProblems(): Problems {
  const list: DefinitionProblem[] = [];
  const seen = new Set<string>();
  const counts = { blocking: 0, other: 0 };
  let hintsLeft = hintsMax;
  function add(problem: DefinitionProblem): void {
    const [kind, max] = isBlocking(problem) ? (['blocking', problemsMax] as const) : (['other', remarksMax] as const);
    const key = `${problem.pointer} ${problem.message}`;
    if (counts[kind] > max || seen.has(key)) return;
    seen.add(key);
    counts[kind] += 1;
    const rest = `There are more than ${max} problems; the rest is not listed.`;
    list.push(counts[kind] <= max ? problem : { code: problem.code, pointer: '', message: rest });
  }
  function adder(code: DefinitionProblem['code']) {
    return (pointer: string, message: string, remedy?: string) =>
      add({ code, pointer, message, ...(remedy === undefined ? {} : { remedy }) });
  }
  return {
    list,
    get blockingCount() {
      return counts.blocking;
    },
    invalid: adder('DEFINITION_INVALID'),
    unsupported: adder('DEFINITION_UNSUPPORTED'),
    missing: adder('DEFINITION_VALUE_MISSING'),
    differs: adder('DEFINITION_DIFFERS'),
    doubtful: adder('DEFINITION_DOUBTFUL'),
    syntax: (pointer, path, error) =>
      add({
        code: isRialtoError(error) && error.code === 'EXPRESSION_SYNTAX' ? 'EXPRESSION_SYNTAX' : 'DEFINITION_INVALID',
        pointer: pointer + jsonPointer(path),
        message: error.message,
      }),
    hint(name, candidates) {
      if (hintsLeft === 0) return '';
      hintsLeft -= 1;
      const names = [...candidates];
      return names.length > hintCandidatesMax ? '' : didYouMean(name, names);
    },
  };
}
