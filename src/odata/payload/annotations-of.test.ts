import { expect, test } from 'vitest';
import { annotationsOf, propertiesOf } from './annotations-of.ts';

const row = {
  '@odata.etag': 'W/"1"',
  '@type': '#Ns.T',
  '@Ns.Term#Tablet': 1,
  name: 'x',
  'name@odata.type': '#String',
  'name@Ns.Term': 2,
  '_owner_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'team',
  'name@Ns.Term@odata.type': '#Int32',
  '#Ns.Approve': { title: 'Approve' },
};

test('annotations of a row and of its properties, in either spelling, also where the property is absent', () => {
  expect(annotationsOf(row)).toEqual({
    row: { etag: 'W/"1"', type: '#Ns.T', 'Ns.Term#Tablet': 1 },
    properties: {
      name: { type: '#String', 'Ns.Term': 2, 'Ns.Term@odata.type': '#Int32' },
      _owner_value: { 'Microsoft.Dynamics.CRM.lookuplogicalname': 'team' },
    },
  });
  expect(propertiesOf(row)).toEqual({ name: 'x' });
  expect(propertiesOf({ name: 'x', '#Ns.Approve': {}, 'Orders#Ns.Close': {} })).toEqual({ name: 'x' });
});

test('a property of any name is data', () => {
  const hostile = JSON.parse('{"__proto__@odata.type":"#x","__proto__":{"isAdmin":true}}');
  const { properties } = annotationsOf(hostile);
  expect(Object.keys(properties)).toEqual(['__proto__']);
  expect(Object.keys(propertiesOf(hostile))).toEqual(['__proto__']);
  expect('isAdmin' in propertiesOf(hostile)).toBe(false);
});
