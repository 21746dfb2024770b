import { expect, test } from 'vitest';
import { sampleModel } from '../../sample-model.case.ts';
import { createModel } from '../create-model.ts';
import { readCsdlJson } from './read-csdl-json.ts';
import { readCsdlXml } from './read-csdl-xml.ts';
import { writeCsdlJson } from './write-csdl-json.ts';
import { writeCsdlXml } from './write-csdl-xml.ts';

const parsed = (text: string) => JSON.parse(text) as Record<string, Record<string, unknown>>;

test('names use aliases, and what is the default is left out', () => {
  const document = parsed(writeCsdlJson(sampleModel()));
  expect(document).toMatchObject({ $Version: '4.0', $EntityContainer: 'Microsoft.Dynamics.DataEntities.Resources' });
  const schema = document['Microsoft.Dynamics.DataEntities'];
  expect(schema).toMatchObject({
    $Alias: 'de',
    CustomerV3: {
      $Kind: 'EntityType',
      $BaseType: 'de.Party',
      PartyNumber: { $Nullable: true, $Unicode: false },
      RecId: { $Type: 'Edm.Int64' },
      CreditLimit: { $Type: 'Edm.Decimal', $Nullable: true, $Precision: 32, $Scale: 'variable' },
      OnHold: { $Type: 'de.NoYes', $Nullable: true },
      Group: { $Kind: 'NavigationProperty', $Type: 'de.CustomerGroup', $Nullable: true, $Partner: 'Customers' },
    },
    Resources: {
      CustomersV3: {
        $Collection: true,
        $Type: 'de.CustomerV3',
        $NavigationPropertyBinding: { Group: 'CustomerGroups' },
      },
      Me: { $Type: 'de.CustomerV3' },
    },
    WhoAmI: [{ $Kind: 'Function', $ReturnType: { $Type: 'Edm.Guid' } }],
  });
  expect(schema?.SalesOrder).toMatchObject({ Amount: { $Type: 'Edm.Decimal', $Scale: 0 } });
});

test('a decimal without a scale has none in either form', async () => {
  const model = await readCsdlJson(writeCsdlJson(sampleModel()));
  expect(model.entityType('de.SalesOrder')?.property('Amount')?.scale).toBe(0);
  expect(writeCsdlXml(model)).toBe(writeCsdlXml(sampleModel()));
});

test('constants can be written as CSDL JSON has them', () => {
  const annotations = {
    'T.A': { $EnumMember: 'N.E/A N.E/B' },
    'T.B': { $Decimal: '1.50' },
    'T.C': { $Float: 'INF' },
    'T.D': [{ $PropertyPath: 'p' }, { $Date: '2000-01-01' }],
    'T.E': { $If: [{ $Path: 'p' }, { $Guid: '0-0' }, { $Int: '7' }], '@T.F': { $Duration: 'PT1S' } },
    'T.G': { '@type': 'T.R', Value: { $EnumMember: 'N.E/A' } },
  };
  const model = createModel({ schemas: [{ namespace: 'N', annotations }] });
  expect(parsed(writeCsdlJson(model, { constants: 'plain' })).N).toEqual({
    '@T.A': 'A,B',
    '@T.B': 1.5,
    '@T.C': 'INF',
    '@T.D': ['p', '2000-01-01'],
    '@T.E': { $If: [{ $Path: 'p' }, '0-0', '7'], '@T.F': 'PT1S' },
    '@T.G': { '@type': '#T.R', Value: 'A' },
  });
  expect(parsed(writeCsdlJson(model)).N).toMatchObject({ '@T.B': { $Decimal: '1.50' } });
});

test('what JSON writes otherwise than XML', async () => {
  const model = await readCsdlXml(
    '<Edmx Version="4.01"><DataServices><Schema Namespace="Long.Name" Alias="self">' +
      '<Term Name="T" Type="Org.OData.Core.V1.Tag" DefaultValue="true"/>' +
      '<ComplexType Name="A"><Property Name="P" Type="Edm.GeographyPoint" SRID="4326"/>' +
      '<Property Name="Q" Type="Edm.String" MaxLength="max"/></ComplexType>' +
      '<Action Name="a" IsBound="true"><Parameter Name="p" Type="self.A"/></Action>' +
      '<Annotations Target="self.A/P"><Annotation Term="T.B" Int="1"/></Annotations>' +
      '<Annotations Target="self.A/P"><Annotation Term="T.C" Int="2"/></Annotations>' +
      '<Annotations Target="Long.Name.a(Collection(self.A))"><Annotation Term="T.B" Int="1"/></Annotations>' +
      '</Schema></DataServices></Edmx>',
  );
  const plain = parsed(writeCsdlJson(model, { constants: 'plain' }))['Long.Name'];
  expect(plain).toMatchObject({
    $Annotations: { 'self.A/P': { '@T.B': 1, '@T.C': 2 }, 'self.a(Collection(self.A))': { '@T.B': 1 } },
    T: { $DefaultValue: true },
    A: { P: { $SRID: '4326' } },
  });
  expect(plain?.A).toHaveProperty('Q', { $Nullable: true });
  expect(parsed(writeCsdlJson(model))['Long.Name']?.A).toHaveProperty('Q', { $Nullable: true, $MaxLength: 'max' });
});

test('types that inherit from open or media types say that they are such themselves', () => {
  const base = { name: 'A', isOpen: true, hasStream: true };
  const model = createModel({ schemas: [{ namespace: 'N', entityTypes: [base, { name: 'B', baseType: 'N.A' }] }] });
  expect(parsed(writeCsdlJson(model)).N?.B).toMatchObject({ $OpenType: true, $HasStream: true });
  expect(writeCsdlXml(model)).toContain('<EntityType Name="B" BaseType="N.A" OpenType="true" HasStream="true"/>');
});

test('two things of one name are refused: JSON has one member for them', async () => {
  const text = writeCsdlXml(
    createModel({
      schemas: [{ namespace: 'N', entityTypes: [{ name: 'A' }], enumTypes: [{ name: 'A', members: [] }] }],
    }),
  );
  const model = await readCsdlXml(text);
  expect(() => writeCsdlJson(model)).toThrow("CSDL JSON cannot hold this model: 'A' stands for two things.");
  expect(() => writeCsdlJson(model)).toThrow(expect.objectContaining({ code: 'CSDL_INVALID' }));
});
