import { expect, test } from 'vitest';
import { didYouMean, nearestName } from './nearest.ts';

test('the nearest name ignores case and small slips', () => {
  expect(nearestName('CustomerAcount', ['CustomerGroupId', 'CustomerAccount'])).toBe('CustomerAccount');
  expect(nearestName('customersv3', ['CustomersV2', 'CustomersV3'])).toBe('CustomersV3');
});

test('a name that is far from all has no suggestion', () => {
  expect(nearestName('Warehouse', ['Customers', 'Leads'])).toBeUndefined();
  expect(didYouMean('Warehouse', ['Customers'])).toBe('');
});

test('the suggestion ends a message', () => {
  expect(didYouMean('leeds', ['leads'])).toBe(" Did you mean 'leads'?");
});
