/** The compatibility report: does a definition run here as it does in the cloud, and if not, where and why. */

import { DefinitionError, type DefinitionProblem, isRialtoError } from '../../base/errors.ts';
import type { ConnectorCatalog } from './check/check-connector.ts';
import type { ContainerKind, FoundDefinition } from './container/found-definition.ts';
import { type ContainerSource, readDefinitions } from './container/read-definitions.ts';
import { type ParseDefinitionOptions, readFoundDefinition } from './read-found-definition.ts';
import { connectorsKnown } from './supported.ts';

/**
 * `as-is`: as in the cloud. `with-differences`: it runs, and the warnings say where it does something else. `no`: the
 * errors say what keeps it from running.
 */
export type Runs = 'as-is' | 'with-differences' | 'no';

/** `information` changes nothing in what runs: a value to give at deployment, a part without effect. */
export type FindingSeverity = 'error' | 'warning' | 'information';

export interface Finding {
  readonly severity: FindingSeverity;
  readonly code: DefinitionProblem['code'];
  /** JSON pointer into the file; with another file's name and `#` in front when it is about that one. */
  readonly pointer: string;
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
}

export interface DefinitionReport {
  /** JSON pointer of the definition in its file; empty when it is the whole file. */
  readonly pointer: string;
  readonly runs: Runs;
  /** Errors first, then warnings, then information; each in the order of the definition. */
  readonly findings: readonly Finding[];
  readonly name: string;
  readonly container: ContainerKind;
  /** Path of the file in its folder or archive; empty for a document on its own. */
  readonly file: string;
}

export interface CompatibilityReport {
  readonly definitions: readonly DefinitionReport[];
}

export interface CompatibilityOptions extends ParseDefinitionOptions {
  /** What connectors offer; without it the names of Rialto's own connectors, and nothing about their operations. */
  readonly connectors?: ConnectorCatalog;
}

/**
 * Reads a container and reports every definition in it.
 *
 *     const { definitions } = await checkDefinitions(await readFile('definition.json'));
 *
 * Raises what `readDefinitions` raises.
 */
export async function checkDefinitions(
  source: ContainerSource,
  options: CompatibilityOptions = {},
): Promise<CompatibilityReport> {
  return compatibilityReport(await readDefinitions(source), options);
}

/** Reports definitions that `readDefinitions` found. */
export function compatibilityReport(
  definitions: readonly FoundDefinition[],
  options: CompatibilityOptions = {},
): CompatibilityReport {
  return { definitions: definitions.map((found) => reportOf(found, options)) };
}

function reportOf(found: FoundDefinition, options: CompatibilityOptions): DefinitionReport {
  const problems = problemsOf(found, { ...options, connectors: options.connectors ?? { names: connectorsKnown } });
  const findings = problems.map(findingOf).sort((left, right) => rank[left.severity] - rank[right.severity]);
  return {
    pointer: found.pointer,
    runs: runsOf(findings),
    findings,
    name: found.name,
    container: found.container,
    file: found.file,
  };
}

/** A limit that the definition passes is a finding too; a fault of ours is not. */
function problemsOf(found: FoundDefinition, options: CompatibilityOptions): readonly DefinitionProblem[] {
  try {
    return readFoundDefinition(found, options).problems;
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems;
    if (!isRialtoError(error)) throw error;
    return [{ code: 'DEFINITION_INVALID', pointer: found.pointer, message: error.message }];
  }
}

const rank: Readonly<Record<FindingSeverity, number>> = { error: 0, warning: 1, information: 2 };

const severities: Readonly<Record<DefinitionProblem['code'], FindingSeverity>> = {
  DEFINITION_INVALID: 'error',
  DEFINITION_UNSUPPORTED: 'error',
  EXPRESSION_SYNTAX: 'error',
  DEFINITION_DIFFERS: 'warning',
  DEFINITION_DOUBTFUL: 'information',
  DEFINITION_VALUE_MISSING: 'information',
};

/** What to do where nothing more exact is known. */
const remedies: Readonly<Record<DefinitionProblem['code'], string>> = {
  DEFINITION_INVALID: 'Correct the definition at this place.',
  DEFINITION_UNSUPPORTED: 'Take it out, or leave this flow in the cloud: docs/reference/definition.md lists what runs.',
  EXPRESSION_SYNTAX: 'Correct the expression.',
  DEFINITION_DIFFERS: 'See whether the difference matters to this flow.',
  DEFINITION_DOUBTFUL: 'See whether it is meant so.',
  DEFINITION_VALUE_MISSING: 'Give the value when the flow is deployed.',
};

function findingOf({ code, pointer, message, remedy }: DefinitionProblem): Finding {
  return { severity: severities[code], code, pointer, message, remedy: remedy ?? remedies[code] };
}

function runsOf(findings: readonly Finding[]): Runs {
  if (findings.some(({ severity }) => severity === 'error')) return 'no';
  return findings.some(({ severity }) => severity === 'warning') ? 'with-differences' : 'as-is';
}
