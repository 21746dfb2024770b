import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { TextTable } from '../image/text-table.ts';
import { words } from '../image/vocabulary.ts';
import { XmlScanner, type XmlSink } from './xml-scanner.ts';

type Event = readonly [kind: string, ...rest: readonly unknown[]];

/** What the scanner tells of the bytes, cut into pieces of `size`. */
function scan(source: string | Uint8Array, size = Number.MAX_SAFE_INTEGER): readonly Event[] {
  const events: Event[] = [];
  const texts = new TextTable();
  for (const word of words) texts.internText(word);
  const sink: XmlSink = {
    isTextWanted: true,
    openElement: (scanner) => {
      const attributes = Array.from({ length: scanner.attributeCount }, (_, index) => [
        texts.text(scanner.attributeNames[index] ?? 0),
        texts.text(scanner.attributeValues[index] ?? 0),
      ]);
      events.push(['open', scanner.qualifiedName, ...attributes]);
    },
    close: () => events.push(['close']),
    text: (part) => events.push(['text', part]),
  };
  const scanner = new XmlScanner(texts, sink);
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  for (let start = 0; start < bytes.length; start += size) scanner.write(bytes.subarray(start, start + size));
  scanner.end();
  return joined(events);
}

/** What saxes tells of the text. Raises an error for XML that is not well-formed. */
function scanWithSaxes(text: string): readonly Event[] {
  const events: Event[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const attributes = Object.entries(tag.attributes).filter(([name]) => name !== 'xmlns' && !name.includes(':'));
    events.push(['open', tag.name, ...attributes.map(([name, { value }]) => [name, value])]);
  });
  parser.on('closetag', () => events.push(['close']));
  parser.on('text', (part) => events.push(['text', part]));
  parser.on('cdata', (part) => events.push(['text', part]));
  parser.write(text).close();
  return joined(events).filter((_event, index, all) => index > 0 || all[0]?.[0] !== 'text');
}

/** Neighbouring texts are one; those outside of the root element do not count. */
function joined(events: readonly Event[]): readonly Event[] {
  const result: Event[] = [];
  let depth = 0;
  for (const event of events) {
    const last = result.at(-1);
    if (event[0] === 'open') depth += 1;
    if (event[0] === 'close') depth -= 1;
    if (event[0] !== 'text') result.push(event);
    else if (depth > 0 && event[1] !== '') {
      if (last?.[0] === 'text') result[result.length - 1] = ['text', `${last[1]}${event[1]}`];
      else result.push(event);
    }
  }
  return result;
}

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/).filter((each) => !/^xml/i.test(each));
const prefixed = fc.oneof(
  { weight: 5, arbitrary: name },
  name.map((each) => `p:${each}`),
  fc.constant('Größe_一'),
);
const character = fc.constantFrom(
  ...'ab <>&"\'\t\n\r]=/!?-#;',
  'ä',
  '一',
  '😀',
  '\u00a0',
  '&amp;',
  '&#65;',
  '&#x41;',
  '\r\n',
);
const text = fc.string({ unit: character, maxLength: 12 });
const space = fc.constantFrom('', ' ', '\n', '\r\n\t ');

const escaped = (value: string) =>
  value
    .replace(/&(?!amp;|#65;|#x41;)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(']]>', ']]&gt;')
    // A text may stand behind another that ends with brackets.
    .replace(/^(\]{0,2})>/, '$1&gt;');

const attributes = fc
  .uniqueArray(fc.tuple(name, text, fc.constantFrom('"', "'"), space), { maxLength: 4, selector: ([key]) => key })
  .map((all) =>
    all.map(
      ([key, value, quote, gap]) => `${gap} ${key}${gap}=${quote}${escaped(value).replaceAll(quote, '&#34;')}${quote}`,
    ),
  );

const markup = fc.oneof(
  text.map((each) => `<!--${each.replaceAll('-', '_')}-->`),
  text.map((each) => `<![CDATA[${each.replaceAll(']]>', '')}]]>`.replace(']]]>', ' ]]>')),
  text.map((each) => `<?target ${each.replaceAll('?>', '')} ?>`),
);

const { element } = fc.letrec<{ element: string; content: string }>((tie) => ({
  content: fc.oneof({ depthSize: 'small' }, text.map(escaped), markup, tie('element')),
  element: fc
    .tuple(prefixed, attributes, space, fc.array(tie('content'), { maxLength: 4 }))
    .map(([tag, all, gap, content]) =>
      content.length === 0
        ? `<${tag}${all.join('')}${gap}/>`
        : `<${tag}${all.join('')}${gap}>${content.join('')}</${tag}${gap}>`,
    ),
}));
const document = fc
  .tuple(fc.constantFrom('', '<?xml version="1.0" encoding="UTF-8"?>', '\uFEFF'), element)
  .map(([start, each]) => `${start}<root xmlns:p="urn:p">${each}</root>\n`);

describe('agrees with another parser', () => {
  test('on documents that are well-formed, however they are cut', () => {
    fc.assert(
      fc.property(document, fc.integer({ min: 1, max: 50 }), (xml, size) => {
        const events = scan(xml);
        expect(events).toEqual(scanWithSaxes(xml));
        expect(scan(xml, size)).toEqual(events);
      }),
      { numRuns: 300 },
    );
  });

  test('on which documents are well-formed', () => {
    const edit = fc.tuple(
      fc.nat(),
      fc.nat({ max: 2 }),
      fc.constantFrom('', '<', '>', '&', '"', '/', ' ', 'a', ']]>', '=', ':'),
    );
    fc.assert(
      fc.property(document, edit, (xml, [at, removed, added]) => {
        // The other parser takes any encoding for one.
        const root = xml.indexOf('<root');
        const start = root + (at % (xml.length - root));
        const changed = xml.slice(0, start) + added + xml.slice(start + removed);
        const outcome = (read: () => unknown) => {
          try {
            read();
            return 'well-formed';
          } catch {
            return 'not well-formed';
          }
        };
        fc.pre(!/^[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])|[^\ud800-\udbff][\udc00-\udfff]/.test(changed));
        expect(outcome(() => scan(changed))).toBe(outcome(() => scanWithSaxes(changed)));
      }),
      { numRuns: 1000 },
    );
  });
});
