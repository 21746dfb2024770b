/** Documents to definitions: everything is checked in one pass, before anything runs. */

import { DefinitionError, type DefinitionProblem } from '../../base/errors.ts';
import type { JsonObject } from '../../base/json.ts';
import type { ObjectValue } from '../expression/index.ts';
import { type FoundDefinition, isFoundDefinition } from './container/found-definition.ts';
import { readDefinitionDocument } from './container/read-definitions.ts';
import type { Definition } from './definition.ts';
import { isBlocking } from './problems.ts';
import { type ParseDefinitionOptions, readFoundDefinition } from './read-found-definition.ts';

/** JSON as text (keeps 5.0 apart from 5), as plain data, as a value; or what `readDefinitions` found. */
export type DefinitionSource = string | JsonObject | ObjectValue | FoundDefinition;

/**
 * Reads a workflow definition, in any container that is one document and holds one definition, ready to run.
 * Raises DefinitionError with every problem: DEFINITION_INVALID, DEFINITION_UNSUPPORTED (parts of the language that
 * Rialto does not run yet), DEFINITION_VALUE_MISSING, EXPRESSION_SYNTAX; also JSON_INVALID and LIMIT_EXCEEDED.
 */
export function parseDefinition(source: DefinitionSource, options: ParseDefinitionOptions = {}): Definition {
  const { definition, problems } = readFoundDefinition(soleDefinition(source), options);
  if (definition === undefined) throw new DefinitionError(problems.filter(isBlocking));
  return definition;
}

/**
 * Everything that keeps a definition from running here, each with its JSON pointer; empty when it runs. What runs and
 * differs is not among it: `compatibilityReport` says all.
 * Raises JSON_INVALID and LIMIT_EXCEEDED.
 */
export function supportReport(
  source: DefinitionSource,
  options: ParseDefinitionOptions = {},
): readonly DefinitionProblem[] {
  try {
    return readFoundDefinition(soleDefinition(source), options).problems.filter(isBlocking);
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems;
    throw error;
  }
}

/** The definition of a source that holds one. Raises DEFINITION_INVALID when it holds several. */
function soleDefinition(source: DefinitionSource): FoundDefinition {
  if (isFoundDefinition(source)) return source;
  const found = readDefinitionDocument(source);
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  throw new DefinitionError([
    {
      code: 'DEFINITION_INVALID',
      pointer: '',
      message: `The document holds ${found.length} definitions: read them with readDefinitions and take one.`,
    },
  ]);
}
