/** Finds the definition in the document that it came in (reference 1.5). */

import { DefinitionError } from '../../base/errors.ts';
import { isObjectValue, memberAt, type ObjectValue, type Value } from '../expression/index.ts';

export interface Container {
  readonly definition: ObjectValue;
  /** `{ "<name>": { "value": … } }`. */
  readonly parameters: ObjectValue;
  /** Pointers of the two in the document. */
  readonly definitionPointer: string;
  readonly parametersPointer: string;
}

/**
 * The definition and the parameter values of a document: a bare definition, or `{ definition, parameters }`.
 * Raises DEFINITION_UNSUPPORTED for other containers, by name, and DEFINITION_INVALID for anything else.
 */
export function openContainer(document: Value): Container {
  if (!isObjectValue(document)) throw invalid('', 'A workflow definition is a JSON object.');
  if (document.has('definition')) return openCodeView(document);
  const foreign = foreignContainer(document);
  if (foreign !== undefined) {
    throw new DefinitionError([
      {
        code: 'DEFINITION_UNSUPPORTED',
        pointer: '',
        message: `The document is ${foreign}; expected a bare definition or { "definition", "parameters" }.`,
      },
    ]);
  }
  if (!document.has('triggers') && !document.has('actions')) {
    throw invalid(
      '',
      "The document has neither 'definition' nor 'triggers' and 'actions': it is no workflow definition.",
    );
  }
  return { definition: document, parameters: new Map(), definitionPointer: '', parametersPointer: '/parameters' };
}

function openCodeView(document: ObjectValue): Container {
  const definition = document.get('definition');
  const parameters = document.get('parameters') ?? new Map();
  if (!isObjectValue(definition)) throw invalid('/definition', 'The definition is a JSON object.');
  if (!isObjectValue(parameters)) throw invalid('/parameters', 'The parameters are a JSON object.');
  const kind = document.get('kind') ?? 'Stateful';
  if (typeof kind !== 'string' || kind.toLowerCase() !== 'stateful') {
    throw new DefinitionError([
      {
        code: 'DEFINITION_UNSUPPORTED',
        pointer: '/kind',
        message: `Workflows of the kind '${String(kind)}' are not supported; 'Stateful' is.`,
      },
    ]);
  }
  return { definition, parameters, definitionPointer: '/definition', parametersPointer: '/parameters' };
}

function foreignContainer(document: ObjectValue): string | undefined {
  if (memberAt(document, ['properties', 'connectionReferences']) !== undefined) return 'a Power Automate export';
  if (memberAt(document, ['properties', 'definition']) !== undefined) return 'a workflow resource export';
  if (document.has('resources')) return 'an ARM template';
  if (document.has('managedApiConnections')) return 'the connections.json of a Logic Apps Standard project';
  return undefined;
}

function invalid(pointer: string, message: string): DefinitionError {
  return new DefinitionError([{ code: 'DEFINITION_INVALID', pointer, message }]);
}
