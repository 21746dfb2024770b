/** XML and XPath: round trips, what .NET keeps, hostile documents and paths. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../compile.ts';
import { evaluateXPath } from './evaluate-xpath.ts';
import { parseXml } from './parse-xml.ts';
import { printXml } from './print-xml.ts';
import { decodeXmlName, encodeXmlName } from './xml-names.ts';

/** The result of an XPath with elements as text. */
function found(xml: string, path: string): unknown {
  const result = evaluateXPath(parseXml(xml), path);
  return typeof result === 'object' ? result.map((node) => (typeof node === 'string' ? node : printXml(node))) : result;
}

/** Any character of Unicode; surrogates alone are none. */
const anyCharacter = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((code) => String.fromCodePoint(code));

describe('xpath', () => {
  const list = '<r xmlns:p="urn:p"><a id="1">x</a><b><a id="2">y<![CDATA[<z>]]></a></b><p:a>q</p:a><!--c--></r>';
  test.each<[string, unknown]>([
    ['//a/@id', ['1', '2']],
    ['//a[2]', []],
    ['(//a)[2]/@id', ['2']],
    ['//a[last()]', ['<a id="1">x</a>', '<a id="2">y<![CDATA[<z>]]></a>']],
    ['/r/b/a/text()', ['y<z>']],
    ['string(//a)', 'x'],
    ['//p:a', ['<p:a xmlns:p="urn:p">q</p:a>']],
    ['//*[local-name()="a" and namespace-uri()="urn:p"]/text()', ['q']],
    ['//b/preceding::*', ['<a id="1">x</a>']],
    ['//b/preceding-sibling::a/@id', ['1']],
    ['//a/ancestor::*[1]', [list, '<b><a id="2">y<![CDATA[<z>]]></a></b>']],
    ['//b | //a[@id="1"]', ['<a id="1">x</a>', '<b><a id="2">y<![CDATA[<z>]]></a></b>']],
    ['/', [list]],
    ['//comment()', ['c']],
    ['//@*[. > 1]', ['2']],
    ['count(//@*)', 2],
    ['sum(//@id) div 2', 1.5],
    ["translate('abc', 'b', 'x')", 'axc'],
    ["id('1')", []],
    ['number("x")', Number.NaN],
    ['//a/.. /a/@id', ['1', '2']],
  ])('%s', (path, result) => {
    expect(found(list, path)).toEqual(result);
  });

  test.each(['//q:a', '1 +', '//a[', 'nope()', '$v', '1 | 2', "document('x')", ''])('%s is an error', (path) => {
    expect(() => evaluate(`@xpath(xml('<r/>'), '${path.replaceAll("'", "''")}')`)).toThrow(
      expect.objectContaining({ code: 'EXPRESSION_FAILED', message: expect.stringContaining("argument 2 'xpath'") }),
    );
  });

  test('text is no XML envelope', () => {
    expect(() => evaluate("@xpath('<r/>', '/r')")).toThrow(
      "xpath(): argument 1 'xml' is a string of 4 characters; expected an XML envelope, as xml() gives it.",
    );
  });

  test('many nodes are found in time proportional to their number', { timeout: 30_000 }, () => {
    const items = `<r>${'<i><n>1</n></i>'.repeat(20_000)}</r>`;
    expect(found(items, 'sum(//n)')).toBe(20_000);
    expect(found(items, 'count(//n/../../i)')).toBe(20_000);
  });

  test('paths that multiply, nest or grow end in a limit', { timeout: 30_000 }, () => {
    const items = `<r>${'<i/>'.repeat(3000)}</r>`;
    expect(() => found(items, '//*[preceding::*[preceding::*]]')).toThrow(
      expect.objectContaining({ limit: 'xpathStepsMax' }),
    );
    expect(() => found('<r/>', `${'('.repeat(3000)}1${')'.repeat(3000)}`)).toThrow(
      expect.objectContaining({ limit: 'xpathDepthMax' }),
    );
    expect(() => found('<r/>', `1${'+1'.repeat(4000)}`)).toThrow(expect.objectContaining({ limit: 'xpathDepthMax' }));
    expect(() => found('<r/>', `1${' '.repeat(9000)}`)).toThrow(expect.objectContaining({ limit: 'xpathLengthMax' }));
    const text = `<r>${'x'.repeat(8_000_000)}</r>`;
    expect(() => found(text, `concat(${Array.from({ length: 600 }, () => 'string(/r)').join()})`)).toThrow(
      expect.objectContaining({ limit: 'xpathStepsMax' }),
    );
  });
});

describe('xml', () => {
  test('printing a tree and reading it gives the same tree', () => {
    const name = fc.constantFrom('a', 'b', 'p:c', 'Åå');
    const text = fc.stringMatching(/^[a-z<>&"'\]\t -]*x[a-z<>&"'\]\r\n-]*$/);
    const content = fc.letrec<{ node: string; list: string }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        text.map((one) => one.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')),
        text.map((one) => `<![CDATA[${one.replaceAll(']', '')}]]>`),
        fc.tuple(name, text, tie('list')).map(([tag, value, inner]) => {
          const attribute = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
          return inner === '' ? `<${tag} a="${attribute}"/>` : `<${tag} a="${attribute}">${inner}</${tag}>`;
        }),
      ),
      list: fc.array(tie('node'), { maxLength: 4 }).map((nodes) => nodes.join('')),
    })).list;
    fc.assert(
      fc.property(content, (inner) => {
        const tree = parseXml(`<r xmlns:p="urn:p">${inner}</r>`);
        expect(parseXml(printXml(tree))).toEqual(tree);
      }),
    );
  });

  test('names are escaped and read back', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, minLength: 1 }), (text) => {
        const name = encodeXmlName(text, true);
        expect(decodeXmlName(name)).toBe(text);
        expect(() => parseXml(`<${name}/>`)).not.toThrow();
      }),
    );
  });

  test.each([
    ['<!DOCTYPE r SYSTEM "a.dtd"><r />', '{"!DOCTYPE":{"@name":"r","@system":"a.dtd"},"r":null}'],
    ['<?go now?><r><!--c--><a /></r>', '{"?go":"now","r":{"a":null}}'],
    ['<r a="1">x</r>', '{"r":{"@a":"1","#text":"x"}}'],
    ['<r><i>1</i><j></j><i>2</i></r>', '{"r":{"i":["1","2"],"j":""}}'],
  ])('%s becomes %s and comes back', (xml, json) => {
    expect(evaluate("@{json(xml(parameters('x')))}", { parameters: { x: xml } })).toBe(json);
    const back = evaluate("@{xml(json(parameters('x')))}", { parameters: { x: json } });
    expect(evaluate("@{json(xml(parameters('x')))}", { parameters: { x: back } })).toBe(json);
  });

  test('an entity is refused, and none is fetched', () => {
    const bomb = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><r>&b;</r>';
    const file = '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]><r>&f;</r>';
    for (const text of [bomb, file]) {
      expect(() => evaluate("@xml(parameters('x'))", { parameters: { x: text } })).toThrow(
        expect.objectContaining({ code: 'EXPRESSION_FAILED', message: expect.stringContaining('undefined entity') }),
      );
    }
  });

  test.each([
    ['{}', 'the object has 0 roots'],
    ['{"a":1,"b":2}', 'the object has 2 roots'],
    ['{"a":[1]}', "the root 'a' is an array"],
    ['{"a":{"@b":{}}}', "the member '@b' is an object"],
    ['{"a":"\\u0001"}', 'a character that XML cannot hold'],
    ['{"":1}', 'a member has an empty name'],
  ])('%s is no document: %s', (json, complaint) => {
    expect(() => evaluate("@xml(json(parameters('x')))", { parameters: { x: json } })).toThrow(complaint);
  });

  test('size and nesting are limited', { timeout: 30_000 }, () => {
    const parse = (text: string) => () => parseXml(text);
    expect(parse('<a>'.repeat(5000))).toThrow(expect.objectContaining({ limit: 'xmlDepthMax' }));
    expect(parse(`<r>${'<!---->'.repeat(510_000)}</r>`)).toThrow(expect.objectContaining({ limit: 'xmlNodesMax' }));
    expect(parse(`<r>${'x'.repeat(17_000_000)}</r>`)).toThrow(expect.objectContaining({ limit: 'xmlTextMax' }));
  });

  test('members named __proto__ are data', () => {
    const json = evaluate("@json(xml('<__proto__><constructor>x</constructor></__proto__>'))") as object;
    expect(Object.keys(json)).toEqual(['__proto__']);
  });
});
