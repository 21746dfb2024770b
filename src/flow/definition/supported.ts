/**
 * What the engine runs of the language, in one place: the reader refuses the rest by name, and docs/reference/definition.md
 * is made from it.
 */

/** Action types that run. */
export const actionTypesRun: ReadonlySet<string> = new Set(['ApiConnection', 'Compose', 'If', 'Scope', 'Terminate']);

/** Trigger types that run. */
export const triggerTypesRun: ReadonlySet<string> = new Set(['ApiConnection']);

/** Connectors that Rialto has, by Microsoft's API names. */
export const connectorsKnown: readonly string[] = Object.freeze([
  'dynamicsax',
  'dynamicscrmonline',
  'commondataservice',
]);

/** What to do in place of what does not run, by action or trigger type. */
const remedies: Readonly<Record<string, string>> = {
  CSharpScriptCode: 'Rewrite the code as expressions in Compose actions.',
  FlatFileDecoding: 'Decode the text with expressions: split() and Compose.',
  FlatFileEncoding: 'Encode the text with expressions: join() and concat().',
  Function: 'Call an operation of a connector that Rialto has.',
  InvokeFunction: 'Call an operation of a connector that Rialto has.',
  JavaScriptCode: 'Rewrite the code as expressions in Compose actions.',
  Liquid: 'Build the value with a Compose action.',
  OpenApiConnection:
    'Export the flow as a Logic App, whose ApiConnection actions run when the connector is one that Rialto has.',
  OpenApiConnectionWebhook: 'Use a polling trigger of the connector, in the form ApiConnection.',
  ServiceProvider: 'Use the managed connector of the same service.',
  Xslt: 'Read the values with xpath() in Compose actions.',
};

/** What to do about a type that does not run. */
export function typeRemedy(type: string): string {
  return (
    remedies[type] ?? 'Take it out, or leave this flow in the cloud: docs/reference/definition.md lists what runs.'
  );
}
