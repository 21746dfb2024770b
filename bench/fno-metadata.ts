/** A metadata document like that of Finance & Operations, as large as wanted: one schema, indented, annotated. */

/** The bytes of a document with this many entity types; 6,500 of them give some 40 MB and 10,000 types in all. */
export function fnoMetadata(entityTypes: number): Uint8Array {
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">',
    '  <edmx:DataServices>',
    `    <Schema Namespace="${namespace}" xmlns="http://docs.oasis-open.org/odata/ns/edm">`,
  ];
  const enumTypes = Math.ceil(entityTypes * 0.55);
  for (let index = 0; index < enumTypes; index += 1) lines.push(...enumType(index));
  for (let index = 0; index < entityTypes; index += 1) lines.push(...entityType(index, { entityTypes, enumTypes }));
  for (let index = 0; index < entityTypes; index += 20) lines.push(...action(index));
  lines.push('      <EntityContainer Name="Resources">');
  for (let index = 0; index < entityTypes; index += 1) lines.push(...entitySet(index, entityTypes));
  lines.push('      </EntityContainer>', '    </Schema>', '  </edmx:DataServices>', '</edmx:Edmx>', '');
  return Buffer.from(lines.join('\r\n'));
}

const namespace = 'Microsoft.Dynamics.DataEntities';
const terms = 'Microsoft.Dynamics.OData.Core.V1';
const subjects = ['Customer', 'Vendor', 'SalesOrder', 'PurchaseOrder', 'Ledger', 'Inventory', 'Project', 'Warehouse'];
const aspects = ['Group', 'Line', 'Header', 'Posting', 'Account', 'Dimension', 'Journal', 'Parameter', 'Setup'];
const facts = ['Id', 'Name', 'Description', 'Amount', 'Quantity', 'Date', 'Status', 'Code', 'Currency', 'Percentage'];
const types = ['Edm.String', 'Edm.String', 'Edm.String', 'Edm.Decimal', 'Edm.Int32', 'Edm.DateTimeOffset', 'enum'];

function nameOf(index: number): string {
  const subject = subjects[index % subjects.length];
  const aspect = aspects[Math.floor(index / subjects.length) % aspects.length];
  return `${subject}${aspect}${Math.floor(index / (subjects.length * aspects.length))}`;
}

function enumType(index: number): readonly string[] {
  const members = Array.from({ length: 3 + (index % 9) }, (_, value) => [
    `        <Member Name="${facts[(index + value) % facts.length]}${value}" Value="${value}">`,
    `          <Annotation Term="${terms}.LabelId" String="@SYS${(index * 13 + value) % 40_000}" />`,
    '        </Member>',
  ]);
  return [`      <EnumType Name="${nameOf(index)}Kind">`, ...members.flat(), '      </EnumType>'];
}

function entityType(
  index: number,
  counts: { readonly entityTypes: number; readonly enumTypes: number },
): readonly string[] {
  const name = nameOf(index);
  const properties = Array.from({ length: 18 + (index % 25) }, (_, at) => property(index, at, counts.enumTypes));
  const target = nameOf((index * 31 + 7) % counts.entityTypes);
  return [
    `      <EntityType Name="${name}">`,
    '        <Key>',
    '          <PropertyRef Name="dataAreaId" />',
    `          <PropertyRef Name="${name}Id" />`,
    '        </Key>',
    ...annotated('dataAreaId', 'Edm.String', ' Nullable="false"'),
    ...annotated(`${name}Id`, 'Edm.String', ' Nullable="false"'),
    ...properties.flat(),
    `        <NavigationProperty Name="${target}Relation" Type="${namespace}.${target}" Partner="${name}Relation">`,
    `          <ReferentialConstraint Property="dataAreaId" ReferencedProperty="dataAreaId" />`,
    '        </NavigationProperty>',
    `        <NavigationProperty Name="${target}Lines" Type="Collection(${namespace}.${target})" />`,
    `        <Annotation Term="${terms}.IsReadOnly" Bool="${index % 7 === 0}" />`,
    '      </EntityType>',
  ];
}

function property(index: number, at: number, enumTypes: number): readonly string[] {
  const kind = types[(index + at * 3) % types.length] ?? 'Edm.String';
  const type = kind === 'enum' ? `${namespace}.${nameOf((index + at) % enumTypes)}Kind` : kind;
  const nullable = kind === 'Edm.String' || kind === 'enum' ? '' : ' Nullable="false"';
  const name = `${subjects[(index + at) % subjects.length]}${facts[at % facts.length]}${at}`;
  return at % 3 === 0
    ? annotated(name, type, nullable)
    : [`        <Property Name="${name}" Type="${type}"${nullable} />`];
}

function annotated(name: string, type: string, nullable: string): readonly string[] {
  return [
    `        <Property Name="${name}" Type="${type}"${nullable}>`,
    `          <Annotation Term="${terms}.AllowEdit" Bool="false" />`,
    `          <Annotation Term="${terms}.AllowEditOnCreate" Bool="true" />`,
    '        </Property>',
  ];
}

function action(index: number): readonly string[] {
  const name = nameOf(index);
  return [
    `      <Action Name="post${name}" IsBound="true">`,
    `        <Parameter Name="${name}" Type="Collection(${namespace}.${name})" />`,
    '        <Parameter Name="_legalEntityId" Type="Edm.String" />',
    '        <ReturnType Type="Edm.String" />',
    '      </Action>',
  ];
}

function entitySet(index: number, entityTypes: number): readonly string[] {
  const name = nameOf(index);
  const target = nameOf((index * 31 + 7) % entityTypes);
  return [
    `        <EntitySet Name="${name}s" EntityType="${namespace}.${name}">`,
    `          <NavigationPropertyBinding Path="${target}Relation" Target="${target}s" />`,
    '        </EntitySet>',
  ];
}
