/** Checks the definitions in files and folders against what Rialto runs and its connectors offer. */

import { DefinitionError, isRialtoError } from '../base/errors.ts';
import { findAddress } from '../connector/address.ts';
import { catalog, connectorKinds, findConnector } from '../connector/index.ts';
import {
  type ConnectorCatalog,
  checkDefinitions,
  type DefinitionReport,
  type Finding,
} from '../flow/definition/index.ts';
import type { CliContext } from './cli-context.ts';

/** A report of one definition, or of an input that holds none: then without container. */
export type CheckedDefinition = Omit<DefinitionReport, 'container' | 'findings'> & {
  readonly container?: DefinitionReport['container'];
  readonly findings: readonly (Omit<Finding, 'code'> & { readonly code: string })[];
};

/** The reports of all definitions in a file or folder. Raises OPTION_INVALID when it cannot be read. */
export async function checkInput(context: CliContext, path: string): Promise<readonly CheckedDefinition[]> {
  // A file that is not there is wrong usage; what is in it belongs to the report.
  const input = await context.readDefinitionInput(path);
  try {
    const { definitions } = await checkDefinitions(input, { connectors });
    return definitions.map((one) => ({ ...one, file: one.file === '' ? path : `${path}/${one.file}` }));
  } catch (error) {
    if (!isRialtoError(error) || error.code === 'INTERNAL') throw error;
    const problems =
      error instanceof DefinitionError ? error.problems : [{ code: error.code, pointer: '', message: error.message }];
    const remedy = 'See that the file is a workflow definition, or an export that holds one.';
    const findings = problems.map((problem) => ({ severity: 'error' as const, remedy, ...problem }));
    return [{ pointer: '', runs: 'no', findings, name: '', file: path }];
  }
}

/** What Rialto's own connectors offer, at which addresses. */
const connectors: ConnectorCatalog = {
  names: connectorKinds,
  complaint({ connector, as, method, path }) {
    const { kind, operations, triggers } = findConnector(catalog, connector);
    try {
      if (as === 'trigger') findAddress(triggers, { method, path }, `Connector '${kind}' has no trigger`);
      else findAddress(operations, { method, path }, `Connector '${kind}' has no operation`);
      return undefined;
    } catch (error) {
      if (isRialtoError(error) && error.code === 'OPERATION_UNKNOWN') return error.message;
      throw error;
    }
  },
};
