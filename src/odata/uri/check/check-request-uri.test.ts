import { describe, expect, test } from 'vitest';
import { parseRequestUri } from '../parse/request-uri.ts';
import { checkRequestUri } from './check-request-uri.ts';
import { typeName } from './expression-type.ts';
import { shopModel } from './shop-model.case.ts';

const model = shopModel();

/** The roles of the segments and what the path leads to. */
function resolved(uri: string): string {
  const { segments, type, isCollection, entitySet } = checkRequestUri(parseRequestUri(uri), model);
  const set = entitySet === undefined ? '' : ` in ${entitySet}`;
  return `${segments.map(({ role }) => role).join(' ')}: ${typeName(type)}${isCollection && type.kind !== 'collection' ? ' each' : ''}${set}`;
}

describe('resource paths', () => {
  const paths: readonly (readonly [uri: string, found: string])[] = [
    ['', ': an unknown type'],
    ['Customers', 'entitySet: Collection(Shop.Customer) in Customers'],
    ["Customers('A')", 'entitySet: Shop.Customer in Customers'],
    ["Customers(Email='a@b')", 'entitySet: Shop.Customer in Customers'],
    ['Customers(@id)?@id=%27A%27', 'entitySet: Shop.Customer in Customers'],
    ['Items(Order=1,Line=2)', 'entitySet: Shop.Item in Items'],
    ["Customers('A')/Orders", 'entitySet navigationProperty: Collection(Shop.Order) in Orders'],
    ["Customers('A')/Orders(7)/Customer/Name", 'entitySet navigationProperty navigationProperty property: Edm.String'],
    [
      "Customers('A')/Orders(7)/Customer",
      'entitySet navigationProperty navigationProperty: Shop.Customer in Customers',
    ],
    ['Customers/A/Orders/7', 'entitySet key navigationProperty key: Shop.Order in Orders'],
    ['Items/1/2/Product', 'entitySet key key property: Edm.String'],
    ["Customers('A')/Addresses/-1/City", 'entitySet property index property: Edm.String'],
    ["Customers('A')/Address/Shop.PostBox/Box", 'entitySet property cast property: Edm.Int32'],
    ['Customers/Shop.Vip', 'entitySet cast: Collection(Shop.Vip) in Customers'],
    ["Customers/Shop.Vip('A')/Discount", 'entitySet cast property: Edm.Decimal'],
    ["Customers('A')/Vip/Agent", 'entitySet cast navigationProperty: Shop.Customer'],
    ['Me/Discount', 'singleton property: Edm.Decimal'],
    ['Customers/$count', 'entitySet count: Edm.Int64'],
    ["Customers('A')/Name/$value", 'entitySet property value: Edm.String'],
    ["Customers('A')/Orders/$ref", 'entitySet navigationProperty ref: Collection(Shop.Order) in Orders'],
    ['Orders(1)/Photo/$value', 'entitySet property value: an unknown type'],
    ["Customers/$filter(Name%20eq%20'A')/$count", 'entitySet filter count: Edm.Int64'],
    ['Orders/$each/Shop.Cancel', 'entitySet each action: an unknown type each'],
    ['Orders(1)/Cancel', 'entitySet action: an unknown type'],
    ['Customers/Shop.Best()/Orders', 'entitySet function navigationProperty: Collection(Shop.Order)'],
    ["Customers('A')/Shop.Total(year=2026)", 'entitySet function: Edm.Decimal'],
    ["Customers('A')/Total(from=2026-01-01,to=2026-02-01)", 'entitySet function: Edm.Decimal'],
    ['Top(size=3)/$count', 'functionImport count: Edm.Int64'],
    ['Top(size=@n)?@n=3', 'functionImport: Collection(Shop.Customer)'],
    ['Top?size=3', 'functionImport: Collection(Shop.Customer)'],
    ['Reset', 'actionImport: an unknown type'],
    ['Things(1)/anything/at/all', 'entitySet property property property: an unknown type'],
    ['$metadata', 'metadata: an unknown type'],
    ['$batch', 'batch: an unknown type'],
    ['$all/Shop.Customer', 'all cast: Collection(Shop.Customer)'],
    ['$entity/Shop.Vip?$id=Customers(1)', 'entity cast: Shop.Vip'],
    [
      '$crossjoin(Customers,Orders)?$filter=Orders/Customer/Id%20eq%20Customers/Id',
      'crossjoin: Collection($crossjoin)',
    ],
    ['Customers/$query', 'entitySet query: Collection(Shop.Customer) in Customers'],
  ];
  for (const [uri, found] of paths) test(uri || '(the service root)', () => expect(resolved(uri)).toBe(found));

  test('the model tells a key from arguments', () => {
    const { uri, segments } = checkRequestUri(parseRequestUri('Top(size=3)'), model);
    expect(uri.path[0]).toMatchObject({
      kind: 'name',
      name: 'Top',
      parameters: [{ name: 'size', value: { text: '3' } }],
    });
    expect(uri.path[0]).not.toHaveProperty('key');
    expect(segments[0]?.operation?.qualifiedName).toBe('Shop.Top');
    const keyed = checkRequestUri(parseRequestUri('Orders(Number=3)'), model);
    expect(keyed.uri.path[0]).toHaveProperty('key');
  });
});

describe('paths and options that are refused', () => {
  const refused: readonly (readonly [uri: string, code: string, message: string | RegExp])[] = [
    ['Customer', 'ENTITY_SET_UNKNOWN', "'Customer', at position 0. Did you mean 'Customers'?"],
    ['Shop.Customers', 'ENTITY_SET_UNKNOWN', "'Shop.Customers', at position 0."],
    ['$crossjoin(Customers,Order)', 'ENTITY_SET_UNKNOWN', "Did you mean 'Orders'?"],
    ['Customers(1)', 'ODATA_KEY_INVALID', 'has Edm.Int32 for Id; expected Edm.String'],
    ['Items(1)', 'ODATA_KEY_INVALID', "Key predicate of 'Item' at position 5 needs Order and Line"],
    ['Items/1', 'ODATA_KEY_INVALID', "The key of 'Item' needs Order and Line; got 1 of 2 values"],
    ['Items/1/$count', 'ODATA_KEY_INVALID', 'got 1 of 2 values'],
    ['Orders/abc', 'ODATA_KEY_INVALID', "The key segment 'abc' at position 7 is no value of Number of 'Order'"],
    [
      "Customers('A')/Nam",
      'ODATA_PROPERTY_UNKNOWN',
      "'Nam' is not a property of Customer; did you mean 'Name'? It stands at position 15.",
    ],
    ["Customers('A')/Name/Length", 'ODATA_TYPE_MISMATCH', 'Edm.String has no member Length, at position 20.'],
    ["Customers('A')/Name(1)", 'ODATA_KEY_INVALID', 'which has no key'],
    ["Customers('A')/Shop.Order", 'ODATA_TYPE_MISMATCH', 'is neither derived from Shop.Customer nor its base type'],
    ["Customers('A')/Shop.Totl(year=1)", 'ODATA_ACTION_UNKNOWN', "Did you mean 'Shop.Total'?"],
    ["Customers('A')/Shop.Cancel", 'ODATA_ACTION_UNKNOWN', 'bound to it, at position 15. It is bound to Shop.Order.'],
    ['Customers/Shop.Total(year=1)', 'ODATA_ACTION_UNKNOWN', 'at position 10. It is bound to Shop.Customer.'],
    ["Customers('A')/Shop.Tomorrow", 'ODATA_ACTION_UNKNOWN', /at position 15\.$/],
    ["Customers('A')/Shop.Total(year='x')", 'ODATA_TYPE_MISMATCH', 'Argument year of Shop.Total'],
    ["Customers('A')/Shop.Total(year=1,year=2)", 'ODATA_TYPE_MISMATCH', 'takes (year) or (from,to); got (year,year).'],
    ["Customers('A')/Shop.Total(month=1)", 'ODATA_TYPE_MISMATCH', 'takes (year) or (from,to); got (month).'],
    ['Orders(1)/Shop.Cancel/Number', 'ODATA_TYPE_MISMATCH', 'Nothing can stand behind the action'],
    ["Customers('A')/$count", 'ODATA_TYPE_MISMATCH', 'is given Shop.Customer; expected a collection.'],
    ["Customers('A')/Name/$ref", 'ODATA_TYPE_MISMATCH', 'expected an entity or a collection of entities'],
    ['Customers/$value', 'ODATA_TYPE_MISMATCH', 'expected a primitive value or a media entity'],
    ['Customers/$filter(Nam%20eq%20null)', 'ODATA_PROPERTY_UNKNOWN', "did you mean 'Name'?"],
    ['Customers?$filter=Nam%20eq%20null', 'ODATA_PROPERTY_UNKNOWN', "did you mean 'Name'?"],
    ['Customers?$orderby=Nam', 'ODATA_PROPERTY_UNKNOWN', "did you mean 'Name'?"],
    ['Customers?$select=Nam', 'ODATA_PROPERTY_UNKNOWN', "did you mean 'Name'?"],
    [
      'Customers?$expand=Order',
      'ODATA_PROPERTY_UNKNOWN',
      "'Order' is not a navigation property of Customer; did you mean 'Orders'?",
    ],
    ['Customers?$expand=Orders($filter=Amunt%20gt%201)', 'ODATA_PROPERTY_UNKNOWN', "did you mean 'Amount'?"],
    ['Customers?$expand=Orders($expand=Itms)', 'ODATA_PROPERTY_UNKNOWN', "did you mean 'Items'?"],
    ['Customers?$expand=Orders($levels=2)', 'ODATA_TYPE_MISMATCH', 'leads from Customer to Order'],
    ['Customers?$select=Addresses($filter=Cit%20eq%20null)', 'ODATA_PROPERTY_UNKNOWN', "did you mean 'City'?"],
    ['Customers?$compute=length(Nam)%20as%20L', 'ODATA_PROPERTY_UNKNOWN', "did you mean 'Name'?"],
    ['Customers?$compute=length(Name)%20as%20Name', 'ODATA_TYPE_MISMATCH', 'is the name of a property already'],
    ["Customers('A')?$filter=true", 'ODATA_TYPE_MISMATCH', '$filter is given Shop.Customer; expected a collection.'],
    [
      'Customers?$apply=aggregate(Orders/Amount%20with%20sum%20as%20Total)&$orderby=Name',
      'ODATA_PROPERTY_UNKNOWN',
      "'Name' is not a property of Customer",
    ],
    ['Orders?$apply=groupby((Customer/Nam))', 'ODATA_PROPERTY_UNKNOWN', "did you mean 'Name'?"],
    [
      'Orders?$apply=groupby((Customer/Name),aggregate(Amount%20with%20sum%20as%20Total))/filter(Totl%20gt%201)',
      'ODATA_PROPERTY_UNKNOWN',
      "did you mean 'Total'?",
    ],
    [
      'Orders?$apply=groupby((Customer/Name))/orderby(Customer/Id)',
      'ODATA_PROPERTY_UNKNOWN',
      "'Id' is not a property of Customer",
    ],
    ['Orders?$apply=aggregate(Note%20with%20sum%20as%20S)', 'ODATA_TYPE_MISMATCH', 'sum at position'],
    ['Orders?$apply=topcount(%27x%27,Amount)', 'ODATA_TYPE_MISMATCH', 'expected a number'],
  ];
  for (const [uri, code, message] of refused) {
    test(uri, () => {
      const check = () => checkRequestUri(parseRequestUri(uri), model);
      expect(check).toThrow(message);
      expect(check).toThrow(expect.objectContaining({ code }));
    });
  }
});

describe('query options', () => {
  const accepted = [
    'Customers?$filter=L%20gt%203&$orderby=L&$select=L,Name&$compute=length(Name)%20as%20L,L%20add%201%20as%20M',
    'Customers/$count?$filter=Name%20eq%20null&$search=a',
    'Customers?$select=*,Address/City,Addresses/Shop.PostBox/Box,Shop.Vip/Discount,Shop.Total,Shop.*,@Ns.Term',
    'Customers?$expand=*,Orders/$ref,Orders/$count($filter=Paid),Shop.Vip/Agent($levels=2;$select=Name)',
    'Customers?$expand=Orders($filter=$it/Name%20eq%20Note;$orderby=Amount;$top=1;$expand=Items)',
    'Orders?$expand=Photo',
    'Orders?$apply=groupby((Customer/Name,Color),aggregate(Amount%20with%20sum%20as%20Total,$count%20as%20N))/filter(Total%20gt%201)&$filter=N%20gt%202&$orderby=Customer/Name',
    'Orders?$apply=compute(Amount%20mul%202%20as%20Twice)/groupby((rollup(Customer/Name,Color)),aggregate(Twice%20with%20max%20as%20M))',
    'Orders?$apply=concat(topcount(2,Amount),aggregate(Amount%20with%20average%20as%20A))/filter(A%20ne%20null%20or%20Number%20gt%201)',
    'Orders?$apply=join(Items%20as%20Item,filter(Line%20gt%201))/groupby((Item/Product))',
    'Orders?$apply=nest(groupby((Color))%20as%20Colors)/compute(Colors/$count%20as%20N)',
    'Customers?$apply=filter(Orders/any(o:o/Paid))/aggregate(Orders/$count%20as%20N,Orders/Amount%20with%20sum%20as%20S)',
    "Customers('A')/Tags?$filter=startswith($it,'a')%20and%20endswith($this,'b')&$orderby=$it",
  ];
  for (const uri of accepted)
    test(uri, () => expect(checkRequestUri(parseRequestUri(uri), model).kind).toBe('checkedRequestUri'));

  test('the type of the instances that are left', () => {
    const { instanceType } = checkRequestUri(
      parseRequestUri(
        'Orders?$apply=groupby((Customer/Name),aggregate(Amount%20with%20sum%20as%20Total))&$compute=Total%20mul%202%20as%20Twice',
      ),
      model,
    );
    if (instanceType.kind !== 'structured') throw new Error('expected a structured type');
    expect(instanceType.shape?.isClosed).toBe(true);
    expect([...(instanceType.shape?.members.keys() ?? [])]).toEqual(['Total', 'Customer', 'Twice']);
  });
});
