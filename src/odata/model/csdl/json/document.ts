/** The parts of a document in CSDL JSON → elements (OData CSDL JSON 4.01 4, 5). */

import { isJsonObject, type JsonObject, type JsonValue } from '../../../../base/json.ts';
import type { Steps } from '../../image/image-index.ts';
import type { JsonContext } from './json-context.ts';
import { isDeclaration, type JsonDocument } from './json-document.ts';
import { beginContainer, containerMember, operation } from './schema-operations.ts';
import { enumType, structuredType, term, typeDefinition } from './schema-types.ts';

/** The elements of a document; a step is one type, term, operation, set or import. `check` sees each value first. */
export function* writeDocument(
  context: JsonContext,
  { facts, schemas }: JsonDocument,
  check: (value: JsonValue) => void,
): Steps<void> {
  const { builder } = context;
  check(facts);
  beginDocument(context, facts);
  for (const schema of schemas) {
    const { namespace } = schema;
    check(schema.facts);
    context.at([namespace], () => beginSchema(context, namespace, context.objectOf(schema.facts)));
    for (const [name, read] of schema.members) {
      const value = read();
      check(value);
      if (isJsonObject(value) && value.$Kind === 'EntityContainer') {
        yield* writeContainer(context, [namespace, name], value);
      } else context.at([namespace, name], () => schemaMember(context, name, value));
      yield;
    }
    builder.close();
  }
  builder.close();
  builder.close();
}

function* writeContainer(context: JsonContext, path: readonly [string, string], container: JsonObject): Steps<void> {
  context.at(path, () => beginContainer(context, path[1], container));
  for (const [name, value] of Object.entries(container)) {
    if (!isDeclaration(name)) continue;
    const member = objectAt(context, [...path, name], value);
    context.at([...path, name], () => containerMember(context, name, member));
    yield;
  }
  context.builder.close();
}

function objectAt(context: JsonContext, path: readonly string[], value: JsonValue): JsonObject {
  if (isJsonObject(value)) return value;
  context.at(path, () => context.objectOf(value));
  return {};
}

/** `$Version` and `$Reference`; leaves the elements open that hold the schemas. */
function beginDocument(context: JsonContext, document: JsonObject): void {
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
function beginSchema(context: JsonContext, namespace: string, schema: JsonObject): void {
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
function schemaMember(context: JsonContext, name: string, value: JsonValue): void {
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
