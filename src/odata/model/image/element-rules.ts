/** Which elements stand in which, and what each must have (OData CSDL XML 4.01 4 to 14). */

import { constantWords, expressionWords, type Word, word, words } from './vocabulary.ts';

const expressions: readonly Word[] = [...expressionWords, 'Annotation', '#json'];

const children: readonly (readonly [parents: readonly Word[], children: readonly Word[]])[] = [
  [['Edmx'], ['Reference', 'DataServices']],
  [['Reference'], ['Include', 'IncludeAnnotations', 'Annotation']],
  [['Include', 'IncludeAnnotations'], ['Annotation']],
  [['DataServices'], ['Schema']],
  [
    ['Schema'],
    ['EntityType', 'ComplexType', 'EnumType', 'TypeDefinition', 'Term', 'Action', 'Function', 'EntityContainer'],
  ],
  [['Schema'], ['Annotations', 'Annotation']],
  [
    ['EntityType', 'ComplexType'],
    ['Key', 'Property', 'NavigationProperty', 'Annotation'],
  ],
  [['Key'], ['PropertyRef']],
  [['NavigationProperty'], ['ReferentialConstraint', 'OnDelete', 'Annotation']],
  [['Property', 'ReferentialConstraint', 'OnDelete', 'Member', 'Parameter', 'ReturnType'], ['Annotation']],
  [['TypeDefinition', 'Term', 'ActionImport', 'FunctionImport', 'Annotations'], ['Annotation']],
  [['EnumType'], ['Member', 'Annotation']],
  [
    ['Action', 'Function'],
    ['Parameter', 'ReturnType', 'Annotation'],
  ],
  [['EntityContainer'], ['EntitySet', 'Singleton', 'ActionImport', 'FunctionImport', 'Annotation']],
  [
    ['EntitySet', 'Singleton'],
    ['NavigationPropertyBinding', 'Annotation'],
  ],
  [['Record'], ['PropertyValue', 'Annotation']],
  [['Annotation', 'PropertyValue', ...expressionWords.filter((name) => name !== 'Record')], expressions],
];

const required: readonly (readonly [name: Word, attributes: readonly Word[]])[] = [
  ['Include', ['Namespace']],
  ['IncludeAnnotations', ['TermNamespace']],
  ['Schema', ['Namespace']],
  ['EntityType', ['Name']],
  ['ComplexType', ['Name']],
  ['EnumType', ['Name']],
  ['TypeDefinition', ['Name', 'UnderlyingType']],
  ['Term', ['Name', 'Type']],
  ['Action', ['Name']],
  ['Function', ['Name']],
  ['EntityContainer', ['Name']],
  ['Annotations', ['Target']],
  ['Annotation', ['Term']],
  ['PropertyRef', ['Name']],
  ['Property', ['Name', 'Type']],
  ['NavigationProperty', ['Name', 'Type']],
  ['ReferentialConstraint', ['Property', 'ReferencedProperty']],
  ['OnDelete', ['Action']],
  ['Member', ['Name']],
  ['Parameter', ['Name', 'Type']],
  ['ReturnType', ['Type']],
  ['EntitySet', ['Name', 'EntityType']],
  ['Singleton', ['Name', 'Type']],
  ['ActionImport', ['Name', 'Action']],
  ['FunctionImport', ['Name', 'Function']],
  ['NavigationPropertyBinding', ['Path', 'Target']],
  ['PropertyValue', ['Property']],
  ['Apply', ['Function']],
  ['Cast', ['Type']],
  ['IsOf', ['Type']],
  ['LabeledElement', ['Name']],
];

/** Attributes without which an element means nothing. */
export function requiredAttributes(kind: number): readonly number[] {
  return requiredOf[kind] ?? none;
}

/** True when an element may stand in another; others are passed over. */
export function mayStandIn(parent: number, child: number): boolean {
  return allowed[parent * 256 + child] === 1;
}

/** True for an element whose text is its value. */
export function hasText(kind: number): boolean {
  return textElements[kind] === 1;
}

/** True for an element whose name may stand once only among its siblings of these kinds. */
export function isNamedMember(kind: number): boolean {
  return namedMembers[kind] === 1;
}

/** True for an attribute that names something or says which. */
export function isNameAttribute(name: number): boolean {
  return nameAttributes[name] === 1;
}

/** What the value of an attribute must be; undefined for text, and for constants: no annotation makes an error (14). */
export function attributeForm(name: number): { readonly pattern: RegExp; readonly expected: string } | undefined {
  return forms[name];
}

const textElements = flags([...constantWords, 'LabeledElementReference', 'UrlRef']);

const nameAttributes = flags(['Name', 'Term', 'Qualifier', 'Property', 'Namespace', 'Alias']);

const namedMembers = flags(['Property', 'NavigationProperty', 'Member', 'Parameter', 'EntitySet', 'Singleton']);

const none: readonly number[] = [];

const requiredOf: readonly (readonly number[])[] = words.map(
  (name) => required.find(([kind]) => kind === name)?.[1].map((attribute) => word[attribute]) ?? none,
);

const allowed = new Uint8Array(256 * 256);
for (const [parents, names] of children) {
  for (const parent of parents) for (const name of names) allowed[word[parent] * 256 + word[name]] = 1;
}

const truthWords: ReadonlySet<Word> = new Set<Word>([
  ...(['Nullable', 'Unicode', 'Abstract', 'OpenType', 'HasStream', 'ContainsTarget', 'IsFlags'] as const),
  ...(['IsBound', 'IsComposable', 'IncludeInServiceDocument'] as const),
]);

const forms: readonly ({ readonly pattern: RegExp; readonly expected: string } | undefined)[] = words.map((name) => {
  switch (name) {
    case 'MaxLength':
      return { pattern: /^(?:\d{1,9}|max)$/i, expected: "a whole number or 'max'" };
    case 'Precision':
      return { pattern: /^\d{1,9}$/, expected: 'a whole number' };
    case 'Scale':
      return { pattern: /^(?:\d{1,9}|variable|floating)$/i, expected: "a whole number, 'variable' or 'floating'" };
    case 'SRID':
      return { pattern: /^(?:\d{1,9}|variable)$/i, expected: "a whole number or 'variable'" };
    case 'Value':
      return { pattern: /^[+-]?\d{1,100}$/, expected: 'an integer' };
    default:
      return truthWords.has(name) ? { pattern: /^(?:true|false|0|1)$/i, expected: 'true or false' } : undefined;
  }
});

function flags(names: readonly Word[]): Uint8Array {
  return Uint8Array.from(words, (name) => (names.includes(name) ? 1 : 0));
}

/** Attributes that say more of a type where it is used (OData CSDL XML 4.01 7.2). */
export const facetWords: readonly Word[] = ['MaxLength', 'Precision', 'Scale', 'Unicode', 'SRID'];
