import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LimitError } from '../../../base/errors.ts';
import { entityTypeOf, sampleModel } from '../../sample-model.case.ts';
import { readCsdlXml } from './read-csdl-xml.ts';
import { writeCsdlXml } from './write-csdl-xml.ts';

const edmx = (schemas: string) =>
  `<?xml version="1.0" encoding="utf-8"?><edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:Reference Uri="http://vocabularies.odata.org/OData.Community.Keys.V1.xml"><edmx:Include Namespace="OData.Community.Keys.V1" Alias="Keys" /></edmx:Reference><edmx:DataServices>${schemas}</edmx:DataServices></edmx:Edmx>`;

/** The layout of Dataverse: alias, base types, lookups with constraints, alternate keys as an annotation. */
const dataverse =
  edmx(`<Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="crmbaseentity" Abstract="true" />
<EntityType Name="expando" BaseType="mscrm.crmbaseentity" OpenType="true" />
<EntityType Name="account" BaseType="mscrm.crmbaseentity"><Key><PropertyRef Name="accountid" /></Key>
<Property Name="accountid" Type="Edm.Guid" /><Property Name="name" Type="Edm.String" Unicode="false" />
<Property Name="revenue" Type="Edm.Decimal" Scale="Variable" /><Property Name="_ownerid_value" Type="Edm.Guid">
<Annotation Term="Org.OData.Core.V1.Computed" Bool="true" /></Property>
<NavigationProperty Name="ownerid" Type="mscrm.principal" Nullable="false" Partner="owner_accounts"><ReferentialConstraint Property="_ownerid_value" ReferencedProperty="ownerid" /></NavigationProperty>
<NavigationProperty Name="Account_Tasks" Type="Collection(mscrm.task)" Partner="regardingobjectid_account" />
<Annotation Term="Keys.AlternateKeys"><Collection><Record Type="Keys.AlternateKey"><PropertyValue Property="Key"><Collection>
<Record Type="Keys.PropertyRef"><PropertyValue Property="Alias" String="name" /><PropertyValue Property="Name" PropertyPath="name" /></Record>
<Record Type="Keys.PropertyRef"><PropertyValue Property="Alias" String="revenue" /><PropertyValue Property="Name" PropertyPath="revenue" /></Record>
</Collection></PropertyValue></Record></Collection></Annotation></EntityType>
<EntityType Name="principal" BaseType="mscrm.crmbaseentity"><Key><PropertyRef Name="ownerid" /></Key><Property Name="ownerid" Type="Edm.Guid" /></EntityType>
<EntityType Name="systemuser" BaseType="mscrm.principal" /><EntityType Name="task" BaseType="mscrm.crmbaseentity"/>
<EnumType Name="AccessRights" IsFlags="true"><Member Name="None" Value="0" /><Member Name="Read" /></EnumType>
<ComplexType Name="WhoAmIResponse"><Property Name="UserId" Type="Edm.Guid" Nullable="false" /></ComplexType>
<Term Name="lookuplogicalname" Type="Edm.String" AppliesTo="PropertyValue"><Annotation Term="Org.OData.Core.V1.Description" String="x" /></Term>
<Action Name="QualifyLead" IsBound="true"><Parameter Name="entity" Type="mscrm.account" Nullable="false" /><Parameter Name="Status" Type="Edm.Int32" Nullable="false"/><ReturnType Type="Collection(mscrm.crmbaseentity)" Nullable="false" /></Action>
<Function Name="WhoAmI"><ReturnType Type="mscrm.WhoAmIResponse" Nullable="false" /></Function>
<EntityContainer Name="System"><FunctionImport Name="WhoAmI" Function="Microsoft.Dynamics.CRM.WhoAmI" />
<EntitySet Name="accounts" EntityType="Microsoft.Dynamics.CRM.account"><NavigationPropertyBinding Path="ownerid" Target="principals" /></EntitySet>
<Annotation Term="Org.OData.Capabilities.V1.ConformanceLevel"><EnumMember>Org.OData.Capabilities.V1.ConformanceLevelType/Intermediate</EnumMember></Annotation>
<Annotation Term="Org.OData.Capabilities.V1.FilterFunctions"><Collection><String>contains</String><String>a&amp;b</String></Collection></Annotation>
</EntityContainer></Schema>`);

/** The bytes in pieces of `size`. */
async function* pieces(text: string, size: number): AsyncIterable<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

describe('reading', () => {
  test('the layout of Dataverse', async () => {
    const model = await readCsdlXml(dataverse);
    const account = model.entityType('mscrm.account');
    expect(account).toMatchObject({
      qualifiedName: 'Microsoft.Dynamics.CRM.account',
      baseType: 'Microsoft.Dynamics.CRM.crmbaseentity',
      key: ['accountid'],
      alternateKeys: [['name', 'revenue']],
    });
    expect(account?.property('revenue')).toMatchObject({ type: 'Edm.Decimal', scale: 'variable', isNullable: true });
    expect(account?.property('_ownerid_value')?.annotations).toEqual({ 'Org.OData.Core.V1.Computed': true });
    expect(account?.navigationProperty('ownerid')).toEqual({
      name: 'ownerid',
      type: 'Microsoft.Dynamics.CRM.principal',
      isCollection: false,
      isNullable: false,
      partner: 'owner_accounts',
      containsTarget: false,
      referentialConstraints: [{ property: '_ownerid_value', referencedProperty: 'ownerid' }],
      annotations: {},
    });
    expect(model.entityType('mscrm.systemuser')?.key).toEqual(['ownerid']);
    expect(model.entityType('mscrm.expando')).toMatchObject({ isOpen: true });
    expect(model.enumType('mscrm.AccessRights')).toMatchObject({
      isFlags: true,
      members: [{ value: 0 }, { value: 1 }],
    });
    expect(model.boundActions('mscrm.account', false)).toMatchObject([
      { name: 'QualifyLead', returnType: { type: 'Microsoft.Dynamics.CRM.crmbaseentity', isCollection: true } },
    ]);
    expect(model.unboundFunctions('WhoAmI')).toHaveLength(1);
    expect(model.entitySet('accounts')?.navigationBindings).toEqual([{ path: 'ownerid', target: 'principals' }]);
    expect(model.containerAnnotations).toEqual({
      'Org.OData.Capabilities.V1.ConformanceLevel': {
        $EnumMember: 'Org.OData.Capabilities.V1.ConformanceLevelType/Intermediate',
      },
      'Org.OData.Capabilities.V1.FilterFunctions': ['contains', 'a&b'],
    });
  });

  test('gives the same model however the bytes are cut', async () => {
    const whole = writeCsdlXml(await readCsdlXml(dataverse));
    for (const size of [1, 7, 1000]) {
      expect(writeCsdlXml(await readCsdlXml(pieces(dataverse, size)))).toBe(whole);
    }
    expect(writeCsdlXml(await readCsdlXml(new TextEncoder().encode(`\uFEFF${dataverse}`)))).toBe(whole);
  });
});

describe('writing', () => {
  test('a model reads back as it was', async () => {
    const model = sampleModel();
    const text = writeCsdlXml(model);
    const read = await readCsdlXml(text);
    expect(writeCsdlXml(read)).toBe(text);
    const [before, after] = [model, read].map((each) => ({
      types: each.entityTypes.map(({ property: _p, navigationProperty: _n, annotations: _a, ...type }) => type),
      complexTypes: each.complexTypes.map(({ property: _p, navigationProperty: _n, ...type }) => type),
      enumTypes: each.enumTypes.map(({ member: _m, ...type }) => type),
      actions: each.actions,
      functions: each.functions,
      sets: each.entitySets,
      singletons: each.singletons,
      imports: [each.actionImports, each.functionImports],
      container: [each.containerName, each.containerAnnotations],
    }));
    expect(after).toEqual(before);
    expect(entityTypeOf(read, 'CustomerV3').annotations).toMatchObject(entityTypeOf(model, 'CustomerV3').annotations);
  });

  test('has the layout of F&O: enumerations first, the container last, keys before properties', () => {
    const text = writeCsdlXml(sampleModel());
    expect(text).toContain(
      [
        '      <EntityType Name="CustomerGroup">',
        '        <Key>',
        '          <PropertyRef Name="CustomerGroupId"/>',
        '        </Key>',
        '        <Property Name="CustomerGroupId" Type="Edm.String" Nullable="false"/>',
      ].join('\n'),
    );
    expect(text).toContain('<Property Name="OnHold" Type="de.NoYes"/>');
    expect(text).toContain(
      '<EntitySet Name="CustomerGroups" EntityType="Microsoft.Dynamics.DataEntities.CustomerGroup"/>',
    );
    expect(text.indexOf('<EnumType')).toBeLessThan(text.indexOf('<EntityType'));
  });

  test('says of collections in 4.01 whether they hold null', async () => {
    const document = (version: string) =>
      `<Edmx Version="${version}"><DataServices><Schema Namespace="N"><ComplexType Name="A"><Property Name="P" Type="Collection(Edm.String)"/></ComplexType></Schema></DataServices></Edmx>`;
    expect(writeCsdlXml(await readCsdlXml(document('4.01')))).toContain(
      'Type="Collection(Edm.String)" Nullable="true"/>',
    );
    expect(writeCsdlXml(await readCsdlXml(document('4.0')))).toContain('Type="Collection(Edm.String)"/>');
  });

  test('refuses characters that XML does not have', () => {
    for (const text of ['a\u0000', '\u001f', 'x\ud800y', '\ufffe']) {
      const model = { ...sampleModel(), containerAnnotations: { 'Ns.Text': text } };
      expect(() => writeCsdlXml(model)).toThrow('CSDL XML cannot hold this model: a text has the character U+');
    }
    const model = { ...sampleModel(), containerAnnotations: { 'Ns.Text': '\t😀\u0085' } };
    expect(writeCsdlXml(model)).toContain('&#9;😀\u0085');
  });

  test('keeps any text of an annotation', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom(...'<>&"\'\n\r\t ä]]>'), maxLength: 20 }), async (text) => {
        const model = sampleModel();
        const annotated = { ...model, containerAnnotations: { 'Ns.Text': text, 'Ns.Texts': [text, { $Path: text }] } };
        const read = await readCsdlXml(writeCsdlXml(annotated));
        expect(read.containerAnnotations).toEqual({ 'Ns.Text': text, 'Ns.Texts': [text, { $Path: text }] });
      }),
      { numRuns: 50 },
    );
  });
});

describe('documents that are refused', () => {
  const wrong: readonly (readonly [what: string, text: string, message: string])[] = [
    [
      'a document type declaration',
      `<!DOCTYPE x [<!ENTITY a "b">]>${edmx('')}`,
      'document type declaration is not allowed',
    ],
    ['a page of HTML', '<html><body>Sign in</body></html>', "the root element is 'html'; expected 'edmx:Edmx'"],
    ['OData 2', '<edmx:Edmx Version="1.0" xmlns:edmx="x"/>', "the version of Edmx is '1.0'; expected 4.0 or 4.01"],
    ['no XML at all', 'hello', 'The metadata document is not valid at 1:'],
    ['nothing', '', 'The metadata document is not valid'],
    ['a truncated document', dataverse.slice(0, 900), 'The metadata document is not valid at'],
    [
      'a property without a type',
      edmx('<Schema Namespace="N"><EntityType Name="A"><Property Name="b"/></EntityType></Schema>'),
      'Property has no Type',
    ],
    [
      'a member without a number',
      edmx('<Schema Namespace="N"><EnumType Name="A"><Member Name="b" Value="x"/></EnumType></Schema>'),
      "Member has the Value 'x'",
    ],
    [
      'an unknown base type',
      edmx('<Schema Namespace="N"><EntityType Name="A" BaseType="N.B"/></Schema>'),
      "base type 'N.B'",
    ],
  ];
  for (const [what, text, message] of wrong) {
    test(what, async () => {
      await expect(readCsdlXml(text)).rejects.toThrow(message);
      await expect(readCsdlXml(text)).rejects.toMatchObject({ code: 'CSDL_INVALID' });
    });
  }

  test('bytes that are not UTF-8', async () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('<a b="'), 0xff, 0xfe]);
    await expect(readCsdlXml(bytes)).rejects.toMatchObject({ code: 'CSDL_INVALID' });
  });

  test('elements that nest too deeply', async () => {
    await expect(readCsdlXml(edmx('<a>'.repeat(200)))).rejects.toThrow(LimitError);
  });
});
