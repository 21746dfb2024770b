/** The parts of a document in CSDL JSON → elements (OData CSDL JSON 4.01 4, 5). */

import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import type { JsonContext } from './json-context.ts';
import { container, operation } from './schema-operations.ts';
import { enumType, structuredType, term, typeDefinition } from './schema-types.ts';

/** `$Version` and `$Reference`; leaves the elements open that hold the schemas. */
export function beginDocument(context: JsonContext, document: JsonObject): void {
  const { $Reference: references } = document;
  context.builder.begin('Edmx', { Version: context.text(document, '$Version') });
  if (references !== undefined) {
    context.at(['$Reference'], () => {
      for (const [uri, value] of Object.entries(context.objectOf(references))) {
        context.at([uri], () => reference(context, uri, context.objectOf(value)));
      }
    });
  }
  context.builder.begin('DataServices', {});
}

/** What a schema says of itself and of others; leaves its element open. */
export function beginSchema(context: JsonContext, namespace: string, schema: JsonObject): void {
  context.builder.begin('Schema', { Namespace: namespace, Alias: context.text(schema, '$Alias') });
  context.annotations(schema);
  const { $Annotations: groups } = schema;
  if (groups === undefined) return;
  context.at(['$Annotations'], () => {
    for (const [target, value] of Object.entries(context.objectOf(groups))) {
      context.at([target], () => {
        const group = context.objectOf(value);
        context.write('Annotations', { Target: target }, () => context.annotations(group));
      });
    }
  });
}

/** A member of a schema that is neither `$…` nor an annotation. */
export function schemaMember(context: JsonContext, name: string, value: JsonValue): void {
  if (Array.isArray(value)) {
    (value as readonly JsonValue[]).forEach((overload, index) => {
      context.at([index], () => operation(context, name, context.objectOf(overload)));
    });
    return;
  }
  const object = context.objectOf(value);
  const kind = context.text(object, '$Kind');
  if (kind === 'EntityType' || kind === 'ComplexType') structuredType(context, kind, name, object);
  else if (kind === 'EnumType') enumType(context, name, object);
  else if (kind === 'TypeDefinition') typeDefinition(context, name, object);
  else if (kind === 'Term') term(context, name, object);
  else if (kind === 'EntityContainer') container(context, name, object);
  else context.fail(kind === undefined ? 'it has no $Kind' : `the $Kind is '${kind}', which CSDL does not have`);
}

function reference(context: JsonContext, uri: string, object: JsonObject): void {
  context.write('Reference', { Uri: uri }, () => {
    context.eachObject(object, '$Include', (item) => {
      context.write(
        'Include',
        { Namespace: context.text(item, '$Namespace'), Alias: context.text(item, '$Alias') },
        () => context.annotations(item),
      );
    });
    context.eachObject(object, '$IncludeAnnotations', (item) => {
      context.write('IncludeAnnotations', {
        TermNamespace: context.text(item, '$TermNamespace'),
        Qualifier: context.text(item, '$Qualifier'),
        TargetNamespace: context.text(item, '$TargetNamespace'),
      });
    });
    context.annotations(object);
  });
}
