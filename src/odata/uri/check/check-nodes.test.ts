import { describe, expect, test } from 'vitest';
import { literalOf } from '../../literal/literal-of.ts';
import { parseExpression, parseFilter } from '../parse/parse-text.ts';
import { and, call, compare, type FilterExpression, not, property } from '../tree/filter-expression.ts';
import { checkExpression } from './check-expression.ts';
import { checkFilter } from './check-filter.ts';
import { type CheckOptions, scopeOf } from './expression-scope.ts';
import { typeName } from './expression-type.ts';
import { shopModel, shopType } from './shop-model.case.ts';

const model = shopModel();
const customer = shopType(model, 'Customer');
const order = shopType(model, 'Order');

/** The type of an expression over orders. */
function typeOf(text: string, options: CheckOptions = {}): string {
  return typeName(checkExpression(parseExpression(text), scopeOf(order, model, options)).type);
}

describe('types of expressions', () => {
  const types: readonly (readonly [expression: string, type: string])[] = [
    // Paths: OData 4.01 URL 5.1.1.15, 5.1.1.16.
    ['Customer/Address/City', 'Edm.String'],
    ['Customer/Shop.Vip/Discount', 'Edm.Decimal'],
    ['Customer/s.Vip/Agent/Name', 'Edm.String'],
    ['Customer/Vip/Discount', 'Edm.Decimal'],
    ['Customer/Addresses/Shop.PostBox', 'Collection(Shop.PostBox)'],
    ['Customer/@Ns.Term', 'an unknown type'],
    ['Amount/@Measures.Currency', 'an unknown type'],
    ['@Ns.Term', 'an unknown type'],
    ['$it/Amount', 'Edm.Decimal'],
    ['$this/Amount', 'Edm.Decimal'],
    ['$root/Customers', 'Collection(Shop.Customer)'],
    ['$root/Me/Discount', 'Edm.Decimal'],
    ["$root/Customers('A1')/Name", 'Edm.String'],
    ["$root/Customers(Email='a@b')/Orders", 'Collection(Shop.Order)'],
    ['Items/$count', 'Edm.Int64'],
    ['Items/$count($filter=Line gt 1)', 'Edm.Int64'],
    ['Items(Order=1,Line=2)/Product', 'Edm.String'],
    ['Weight', 'Edm.Decimal'],
    // Arithmetic: OData 4.01 URL 5.1.1.2, promotion 5.1.1.18.
    ['Quantity add 1', 'Edm.Int32'],
    ['Quantity add Big', 'Edm.Int64'],
    ['Quantity mul Amount', 'Edm.Decimal'],
    ['Amount div Rate', 'Edm.Double'],
    ['Quantity div 2', 'Edm.Int32'],
    ['Quantity divby 2', 'Edm.Decimal'],
    ["At add duration'P1D'", 'Edm.DateTimeOffset'],
    ["At sub 'P1D'", 'Edm.DateTimeOffset'],
    ['At sub 2026-01-01T00:00:00Z', 'Edm.Duration'],
    ["Day add duration'P1D'", 'Edm.Date'],
    ['Day sub 2026-01-01', 'Edm.Duration'],
    ['Took add Took', 'Edm.Duration'],
    ['Took mul 2', 'Edm.Duration'],
    ['2 mul Took', 'Edm.Duration'],
    ['Took divby 1.5', 'Edm.Duration'],
    ['-Took', 'Edm.Duration'],
    ['-Quantity', 'Edm.Int32'],
    ['null add null', 'null'],
    // Functions: OData 4.01 URL 5.1.1.5 to 5.1.1.11.
    ["concat(Note,'x')", 'Edm.String'],
    ['cast(1,Edm.Single) add 1e0', 'Edm.Double'],
    ['cast(1,Edm.Single) add Amount', 'Edm.Single'],
    ["concat(Customer/Tags,['x'])", 'Collection(Edm.String)'],
    ['length(Customer/Tags)', 'Edm.Int32'],
    ['substring(Customer/Scores,1,2)', 'Collection(Edm.Int32)'],
    ['hassubset(Customer/Scores,[1,2])', 'Edm.Boolean'],
    ['hassubsequence(Customer/Colors,Customer/Colors)', 'Edm.Boolean'],
    ["matchesPattern(Note,'^a')", 'Edm.Boolean'],
    ['fractionalseconds(At)', 'Edm.Decimal'],
    ['totalseconds(Took)', 'Edm.Decimal'],
    ["totalseconds('PT1H')", 'Edm.Decimal'],
    ['totaloffsetminutes(At)', 'Edm.Int32'],
    ['now()', 'Edm.DateTimeOffset'],
    ['date(maxdatetime())', 'Edm.Date'],
    ['time(mindatetime())', 'Edm.TimeOfDay'],
    ['round(Rate)', 'Edm.Double'],
    ["geo.distance(Place,geography'SRID=4326;Point(1 2)')", 'Edm.Double'],
    ['cast(Quantity,Edm.String)', 'Edm.String'],
    ['cast(Customer,Shop.Vip)', 'Shop.Vip'],
    ['isof(Customer,Shop.Vip)', 'Edm.Boolean'],
    ['cast(Customer,Vip)', 'Shop.Vip'],
    ['cast(Customer/Tags,Collection(Edm.Int32))', 'Collection(Edm.Int32)'],
    ['case(Paid:1,true:2.5)', 'Edm.Decimal'],
    ["case(Paid:1,true:'x')", 'an unknown type'],
    ["case(Paid:Color,true:'Red')", 'Shop.Color'],
    // Functions of the service.
    ["Shop.Rate(currency='EUR')", 'Edm.Double'],
    ['Shop.Top(size=3)/$count', 'Edm.Int64'],
    ['Customer/Shop.Total(year=2026)', 'Edm.Decimal'],
    ['Customer/Shop.Total(from=2026-01-01)', 'Edm.Decimal'],
    ['$root/Customers/Shop.Best()/Name', 'Edm.String'],
    ['Other.Function(a=1)', 'an unknown type'],
    // Literals: OData 4.01 URL 5.1.1.14.
    ['[1,2.5,null]', 'Collection(Edm.Decimal)'],
    ["[1,'a']", 'Collection(an unknown type)'],
    ['[]', 'Collection(an unknown type)'],
    ['{"a":1}', 'an object'],
    ['Items/$filter(Line gt 1)', 'Collection(Shop.Item)'],
    ['Items/aggregate(Line with max)', 'Edm.Int32'],
    ['$these/aggregate(Amount with sum)', 'Edm.Decimal'],
  ];
  for (const [expression, type] of types) test(expression, () => expect(typeOf(expression)).toBe(type));

  test('an alias has the type of its value, and none without', () => {
    expect(typeOf('@a', { aliases: { a: parseExpression('Quantity add 1') } })).toBe('Edm.Int32');
    expect(typeOf('@a')).toBe('an unknown type');
    expect(typeOf('@__proto__', { aliases: {} })).toBe('an unknown type');
  });
});

describe('filters that are accepted', () => {
  const filters = [
    "Customer/Tags/any(t:t eq 'x')",
    'Customer/Scores/all(n:n gt 1 and n lt Quantity)',
    "Customer/Colors/any(c:c eq 'Red' or c eq Shop.Color'Blue')",
    'Customer/Orders/any(o:o/Items/any(i:i/Line eq o/Number))',
    'Customer/Orders/$filter(Amount gt 5)/any(o:o/Paid)',
    "$root/Customers('A')/Orders/any(o:o/Number eq Number)",
    'Customer/Orders/any(Number:Number/Paid)',
    "Color in ('Red','Green') and 'Red' ne Color",
    "Access has 'Read,Write' and Access has Shop.Access'4'",
    "Took gt 'PT1H' and Took eq duration'PT2H'",
    "Note in ['a','b'] and Note in Customer/Tags",
    "Took in ['PT1H','PT2H'] and Color in ['Red'] and Quantity in [1,2.5]",
    '[Quantity,Number] in [[1,2],[3,4]]',
    'Customer/Address eq {"City":"Rome"} and Customer eq Parent/Customer',
    'Customer/Scores eq [1,2]',
    'Paid gt false and Bytes eq null and Place ne null',
    'Photo eq null',
    'isof(Shop.Order) and isof($it,Shop.Order)',
    "contains(Customer/Tags,['a']) and startswith(Note,'a')",
    'Day lt now() and At gt 2026-01-01',
    'Customer/Vip/Agent/Orders/any()',
  ];
  for (const filter of filters)
    test(filter, () => expect(checkFilter(parseFilter(filter), order, model).kind).toBe('checkedFilter'));

  test('an open type has every property', () => {
    const thing = shopType(model, 'Thing');
    for (const filter of ["a eq 'x'", 'a/b/c gt 1', "tags/any(t:t/name eq 'x')", "a/Shop.Vip/Name eq 'x'"]) {
      checkFilter(parseFilter(filter), thing, model);
    }
    expect(() => checkFilter(parseFilter("a/Shop.Vip/Nam eq 'x'"), thing, model)).toThrow("did you mean 'Name'?");
  });
});

describe('filters that are refused', () => {
  const refused: readonly (readonly [filter: string, code: string, message: string])[] = [
    ["Customer/Nam eq 'x'", 'ODATA_PROPERTY_UNKNOWN', "'Nam' is not a property of Customer; did you mean 'Name'?"],
    ['Customer/Shop.Order/Paid', 'ODATA_TYPE_MISMATCH', 'is neither derived from Shop.Customer nor its base type'],
    ["Customer/Shop.Vpi/Name eq 'x'", 'ODATA_PROPERTY_UNKNOWN', "'Shop.Vpi' is not a property of Customer"],
    ['isof(Customer,Shop.Order)', 'ODATA_TYPE_MISMATCH', 'is given Shop.Customer, which cannot be Shop.Order'],
    ["cast(Customer,Edm.String) eq 'x'", 'ODATA_TYPE_MISMATCH', 'cannot be Edm.String'],
    [
      'cast(Amount,Edm.Desimal) gt 1',
      'ODATA_TYPE_MISMATCH',
      "There is no type Edm.Desimal, at position 0. Did you mean 'Edm.Decimal'?",
    ],
    [
      'isof(Customer,Shop.Vipp)',
      'ODATA_TYPE_MISMATCH',
      "There is no type Shop.Vipp, at position 0. Did you mean 'Shop.Vip'?",
    ],
    ['$root/Custommers/any()', 'ODATA_PROPERTY_UNKNOWN', "did you mean 'Customers'?"],
    ['$root/Customers(1)/Name eq null', 'ODATA_KEY_INVALID', 'has Edm.Int32 for Id; expected Edm.String'],
    ["$root/Customers(Emal='x')/Name eq null", 'ODATA_KEY_INVALID', "got Emal. Did you mean 'Email'?"],
    ['Items(1)/Product eq null', 'ODATA_KEY_INVALID', 'needs Order and Line; got a value without name'],
    ['Customer/Tags/any(t:t eq 1)', 'ODATA_TYPE_MISMATCH', 'Edm.String and Edm.Int32'],
    ['Customer/Tags/any(t:t)', 'ODATA_TYPE_MISMATCH', 'any at position 14 is given Edm.String; expected Edm.Boolean.'],
    ['Items/any(i:t/Line eq 1)', 'ODATA_PROPERTY_UNKNOWN', "'t' is not a property of Order"],
    ['Items/any(i:i/Lin eq 1)', 'ODATA_PROPERTY_UNKNOWN', "'Lin' is not a property of Item; did you mean 'Line'?"],
    ['Items/$filter(Lin eq 1)/any()', 'ODATA_PROPERTY_UNKNOWN', "did you mean 'Line'?"],
    ['Items/$count($filter=Lin eq 1) eq 1', 'ODATA_PROPERTY_UNKNOWN', "did you mean 'Line'?"],
    [
      "Color eq 'Rd'",
      'ODATA_LITERAL_INVALID',
      "'Rd' is not a member of Shop.Color, at position 9. Did you mean 'Red'?",
    ],
    ["Color in ('Red','Rd')", 'ODATA_LITERAL_INVALID', "Did you mean 'Red'?"],
    ["Took gt 'x'", 'ODATA_TYPE_MISMATCH', 'Edm.Duration and Edm.String'],
    ["Code eq '7d1b5c1e-0a1c-ee11-8f6d-000d3a111111'", 'ODATA_TYPE_MISMATCH', 'Edm.Guid and Edm.String'],
    ["At eq '2026-01-01T00:00:00Z'", 'ODATA_TYPE_MISMATCH', 'Edm.DateTimeOffset and Edm.String'],
    ['At add At eq At', 'ODATA_TYPE_MISMATCH', 'add at position 3 is given Edm.DateTimeOffset; expected a number.'],
    ['At mul 2 eq At', 'ODATA_TYPE_MISMATCH', 'mul at position 3'],
    ['-At eq At', 'ODATA_TYPE_MISMATCH', 'expected a number or Edm.Duration'],
    ['Note in Customer/Scores', 'ODATA_TYPE_MISMATCH', 'expected values of one type'],
    ['Note in Customer/Name', 'ODATA_TYPE_MISMATCH', 'expected a collection'],
    ['Customer eq 1', 'ODATA_TYPE_MISMATCH', 'Shop.Customer and Edm.Int32'],
    ['Customer gt Customer', 'ODATA_TYPE_MISMATCH', 'which have no order'],
    ["Customer/Scores eq ['a']", 'ODATA_TYPE_MISMATCH', 'Collection(Edm.Int32) and Collection(Edm.String)'],
    ['hassubset(Note,Customer/Tags)', 'ODATA_TYPE_MISMATCH', 'Argument 1 of hassubset at position 0 is Edm.String'],
    ['contains(Customer/Tags,[1])', 'ODATA_TYPE_MISMATCH', 'Argument 1 of contains'],
    ['totalseconds(At) gt 1', 'ODATA_TYPE_MISMATCH', 'expected Edm.Duration'],
    ['year(Time) gt 1', 'ODATA_TYPE_MISMATCH', 'expected Edm.Date or Edm.DateTimeOffset'],
    ["geo.distance(Place,geometry'SRID=0;Point(1 2)') lt 1", 'ODATA_TYPE_MISMATCH', 'as the other argument is'],
    ['case(Number:1) eq 1', 'ODATA_TYPE_MISMATCH', 'case at position 0 is given Edm.Int32; expected Edm.Boolean.'],
    ['Customer/Shop.Total(month=1) gt 1', 'ODATA_TYPE_MISMATCH', 'takes (year) or (from,to); got (month).'],
    ["Customer/Shop.Total(year='x') gt 1", 'ODATA_TYPE_MISMATCH', 'Argument year of Shop.Total'],
    ['Customer/Shop.Totl(year=1) gt 1', 'ODATA_TYPE_MISMATCH', "Did you mean 'Shop.Total'?"],
    ["Shop.Rates(currency='EUR') gt 1", 'ODATA_TYPE_MISMATCH', "Did you mean 'Shop.Rate'?"],
    ['Items/aggregate(Product with sum) gt 1', 'ODATA_TYPE_MISMATCH', 'sum at position'],
    ['Customer/Scores/Length gt 1', 'ODATA_TYPE_MISMATCH', 'Use any or all to look into a collection.'],
  ];
  for (const [filter, code, message] of refused) {
    test(filter, () => {
      const check = () => checkFilter(parseFilter(filter), order, model);
      expect(check).toThrow(message);
      expect(check).toThrow(expect.objectContaining({ code }));
    });
  }

  test('a call that no parser gives', () => {
    const check = (tree: FilterExpression) => () => checkFilter(tree, order, model);
    expect(check(call('contain', property('Note'), literalOf('x')))).toThrow(
      "There is no function contain, at position 0. Did you mean 'contains'?",
    );
    expect(check(call('contains', property('Note')))).toThrow('contains at position 0 takes 2 arguments; got 1.');
    expect(check(call('substring', property('Note')))).toThrow('takes 2 to 3 arguments; got 1.');
  });

  test('an alias that stands for itself', () => {
    const aliases = { a: parseExpression('@b add 1'), b: parseExpression('@a') };
    expect(() => checkFilter(parseFilter('@a eq 1'), order, model, { aliases })).toThrow('@a → @b → @a');
  });
});

describe('hostile trees', () => {
  test('nesting is limited by name', () => {
    let tree: FilterExpression = property('Paid');
    for (let depth = 0; depth < 10_000; depth += 1) tree = not(tree);
    expect(() => checkFilter(tree, order, model)).toThrow(
      expect.objectContaining({ code: 'LIMIT_EXCEEDED', limit: 'expressionDepthMax' }),
    );
  });

  test('chains may be long', () => {
    const condition = compare('eq', property('Number'), literalOf(1));
    const conditions = Array.from({ length: 5_000 }, () => condition);
    expect(checkFilter(and(condition, ...conditions), order, model).typed.type).toEqual({
      kind: 'primitive',
      name: 'Edm.Boolean',
    });
  });

  test('aliases that multiply are limited by name', () => {
    const aliases: Record<string, FilterExpression> = { a0: parseExpression('1') };
    for (let index = 1; index <= 40; index += 1) {
      aliases[`a${index}`] = parseExpression(`@a${index - 1} add @a${index - 1}`);
    }
    expect(() => checkFilter(parseFilter('@a40 eq 1'), order, model, { aliases })).toThrow(
      expect.objectContaining({ limit: 'expressionNodesMax' }),
    );
  });

  test('names that objects have are names like others', () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(() => checkFilter(parseFilter(`${name} eq 1`), order, model)).toThrow(
        expect.objectContaining({ code: 'ODATA_PROPERTY_UNKNOWN' }),
      );
    }
  });
});

test('the type of $it is that of the outer instance in a nested filter', () => {
  const filter = parseFilter('$it/Name eq Note');
  checkFilter(filter, order, model, { itType: customer });
  expect(() => checkFilter(filter, order, model)).toThrow("'Name' is not a property of Order");
});
