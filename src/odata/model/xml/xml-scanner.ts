/** XML 1.0 with namespaces, as CSDL needs it: a strict scanner over UTF-8 bytes that makes no strings. */

import { RialtoError } from '../../../base/errors.ts';
import { checkLimit } from '../../../base/limits.ts';
import { hashSeed, hashPrime as importedPrime, type TextTable } from '../image/text-table.ts';
import { nameClass as importedNames, valueClass as importedValues, isSpace, textClass } from './byte-classes.ts';
import { isName, withLineFeeds, withReferences, withSpaces } from './character-data.ts';
import { endOfMarkup } from './markup.ts';
import { Namespaces } from './namespaces.ts';
import { type Place, XmlWindow } from './xml-window.ts';

// What the innermost loops read is bound here: an import is read through a getter where modules are loaded as CommonJS.
const hashPrime = importedPrime;
const nameClass = importedNames;
const valueClass = importedValues;

/** Deepest nesting of elements. */
const csdlDepthMax = 100;
/** Most attributes of one element. */
const csdlAttributesMax = 200;

/** What hears of elements. Raises what it finds wrong through the scanner's `fail`. */
export interface XmlSink {
  /** An element begins: its name (zero when it is not of CSDL) and its attributes without prefix are in the scanner. */
  openElement(scanner: XmlScanner): void;
  close(): void;
  /** True while the text of the open element is of interest. */
  readonly isTextWanted: boolean;
  text(part: string): void;
}

/** Numbers are those of texts in `texts`. */
export class XmlScanner {
  /** The local name of the element that begins. */
  name = 0;
  readonly attributeNames = new Int32Array(csdlAttributesMax);
  readonly attributeValues = new Int32Array(csdlAttributesMax);
  attributeCount = 0;

  private readonly texts: TextTable;
  private readonly sink: XmlSink;
  private readonly window = new XmlWindow();
  private readonly namespaces = new Namespaces();
  /** Names of the open elements, prefixes included. */
  private readonly open = new Int32Array(csdlDepthMax + 1);
  private depth = 0;
  private hasRoot = false;
  private isAtStart = true;
  /** Whether anything stood before, which an XML declaration does not allow. */
  private hasContent = false;
  /** Where the name or value just read ends, and its number. */
  private next = 0;
  /** Offset of the colon in the name just read, or -1. */
  private colon = -1;
  /** Attributes of the element that have a prefix, and `xmlns`. */
  private readonly prefixed: { readonly name: string; readonly value: number }[] = [];

  constructor(texts: TextTable, sink: XmlSink) {
    this.texts = texts;
    this.sink = sink;
  }

  /** Reads on with these bytes. Raises CSDL_INVALID with line and column, and LIMIT_EXCEEDED. */
  write(chunk: Uint8Array): void {
    if (this.window.take(chunk)) this.read(false);
  }

  /** The document ends here. Raises CSDL_INVALID with line and column. */
  end(): void {
    this.read(true);
    if (!this.hasRoot) this.fail('there is no element in it');
    if (this.depth > 0) {
      this.fail(`it ends within the element '${this.texts.text(this.open[this.depth - 1] as number)}'`);
    }
  }

  /** The name of the element that begins, as it is written. */
  get qualifiedName(): string {
    return this.texts.text(this.open[this.depth - 1] as number);
  }

  /** Line and column of the element that begins. */
  place(): Place {
    return this.window.placeOf(this.window.position);
  }

  fail(message: string, at = this.window.position): never {
    const { line, column } = this.window.placeOf(at);
    throw new RialtoError('CSDL_INVALID', `The metadata document is not valid at ${line}:${column}: ${message}.`);
  }

  private read(isLast: boolean): void {
    const { window } = this;
    window.open(isLast);
    const { bytes } = window;
    if (this.isAtStart) this.readStart();
    while (window.position < window.end) {
      const start = window.position;
      const code = bytes[start] as number;
      const end = code === 0x3c ? this.readMarkup(bytes, start) : this.readText(bytes, start, isLast);
      if (end === -1) break;
      window.position = end;
    }
    if (window.wrongAt !== undefined) this.fail('the bytes are not UTF-8', window.wrongAt);
    if (isLast && window.position < window.end) this.fail('it ends within a tag, comment, section or instruction');
    window.wait();
  }

  /** Passes over a byte order mark (XML 1.0 4.3.3). */
  private readStart(): void {
    const [first, second, third] = this.window.head ?? [];
    this.isAtStart = false;
    if (
      (first === 0xfe && second === 0xff) ||
      (first === 0xff && second === 0xfe) ||
      (first === 0x3c && second === 0) ||
      (first === 0 && second === 0x3c)
    ) {
      this.fail('it is encoded in UTF-16; expected UTF-8');
    }
    if (first === 0xef && second === 0xbb && third === 0xbf) this.window.position = 3;
  }

  private readMarkup(bytes: Uint8Array, start: number): number {
    const second = bytes[start + 1] as number;
    if (second === 0x2f) return this.readEndTag(bytes, start);
    if (second !== 0x21 && second !== 0x3f) return this.readStartTag(bytes, start);
    const markup = endOfMarkup(bytes, start, this.window.end);
    if (markup === undefined) return -1;
    if (markup.problem !== undefined) return this.fail(markup.problem);
    if (markup.kind === 'declaration' && this.hasContent) this.fail('an XML declaration stands after the beginning');
    this.hasContent = true;
    if (markup.kind === 'section') {
      if (this.depth === 0) this.fail('there is text outside of the root element');
      if (this.sink.isTextWanted) this.sink.text(withLineFeeds(utf8(bytes, start + 9, markup.end - 3)));
    }
    return markup.end;
  }

  /** Text up to the next tag (XML 1.0 2.4). */
  private readText(bytes: Uint8Array, start: number, isLast: boolean): number {
    const { end } = this.window;
    let at = start;
    this.hasContent = true;
    if (!this.sink.isTextWanted || this.depth === 0) {
      while (isSpace(bytes[at] as number)) at += 1;
      if (at === end || bytes[at] === 0x3c) return at;
    }
    for (;;) {
      while (textClass[bytes[at] as number] === 0) at += 1;
      const code = bytes[at] as number;
      if (code === 0x3c) break;
      if (code === 0 && at >= end) {
        if (isLast)
          this.fail(this.depth === 0 ? 'there is text outside of the root element' : 'it ends within text', start);
        return -1;
      }
      if (code === 0x5d && bytes[at + 1] === 0x5d && bytes[at + 2] === 0x3e) this.fail("']]>' stands in text", at);
      if (code < 0x20 && code !== 0x0d) this.fail(`there is the character with code ${code}`, at);
      at += 1;
    }
    if (this.depth === 0) this.fail('there is text outside of the root element');
    const text = withReferences(withLineFeeds(utf8(bytes, start, at)), (message) => this.fail(message));
    if (this.sink.isTextWanted) this.sink.text(text);
    return at;
  }

  private readEndTag(bytes: Uint8Array, start: number): number {
    const { texts } = this;
    const { end } = this.window;
    if (this.depth === 0) this.fail('an element ends that did not begin');
    const name = this.open[this.depth - 1] as number;
    const length = texts.lengthOf(name);
    const same = texts.sameLength(name, bytes, start + 2);
    let at = start + 2 + same;
    if (same === length) while (isSpace(bytes[at] as number)) at += 1;
    if (at >= end) return -1;
    if (same < length || bytes[at] !== 0x3e) this.fail(`the end tag of '${texts.text(name)}' is expected here`);
    this.closeElement();
    return at + 1;
  }

  private closeElement(): void {
    this.depth -= 1;
    this.namespaces.leave(this.depth);
    this.sink.close();
  }

  private readStartTag(bytes: Uint8Array, start: number): number {
    const name = this.readName(bytes, start + 1, 'an element');
    if (name === -1) return -1;
    const { next: nameEnd, colon } = this;
    const end = this.readAttributes(bytes, nameEnd);
    if (end === -1) return -1;
    this.hasContent = true;
    if (this.depth === 0 && this.hasRoot) this.fail('there is a second root element');
    checkLimit('csdlDepthMax', csdlDepthMax, this.depth + 1, 'The depth of the metadata document');
    this.hasRoot = true;
    if (this.prefixed.length > 0) this.declareNamespaces();
    this.name = this.localName(bytes, start + 1, nameEnd, colon, name);
    this.open[this.depth] = name;
    this.depth += 1;
    this.sink.openElement(this);
    if (bytes[end - 2] === 0x2f) this.closeElement();
    return end;
  }

  /** The number of the name without its prefix; zero when the prefix does not stand for CSDL. */
  private localName(bytes: Uint8Array, start: number, end: number, colon: number, name: number): number {
    if (colon === -1) return this.namespaces.isDefaultCsdl || this.depth === 0 ? name : 0;
    const prefix = utf8(bytes, start, colon);
    const isCsdl = this.namespaces.isCsdl(prefix);
    if (isCsdl === undefined) this.fail(`the prefix '${prefix}' is not declared`);
    // Of the root element the name alone counts, so that a document of another version is told by its version.
    if (!isCsdl && this.depth > 0) return 0;
    return this.texts.internText(utf8(bytes, colon + 1, end));
  }

  /** Reads a name (XML 1.0 2.3; XML Namespaces 1.0 3); -1 when it is cut off. */
  private readName(bytes: Uint8Array, start: number, what: string): number {
    let at = start;
    let hash = hashSeed;
    let colon = -1;
    let all = 0;
    let code = bytes[at] as number;
    if (nameClass[code] !== 1) {
      if (code === 0 && at >= this.window.end) return -1;
      this.fail(`the name of ${what} is expected here`, at);
    }
    while (nameClass[code] !== 0) {
      if (code === 0x3a) {
        if (colon !== -1 || at === start) this.fail(`the name of ${what} has a colon too many`, at);
        colon = at;
      }
      all |= code;
      hash = Math.imul(hash ^ code, hashPrime);
      at += 1;
      code = bytes[at] as number;
    }
    if (at >= this.window.end) return -1;
    if (all >= 0x80 && !isName(utf8(bytes, start, at))) this.fail(`'${utf8(bytes, start, at)}' is not a name`, start);
    if (colon !== -1 && nameClass[bytes[colon + 1] as number] !== 1) {
      this.fail(`'${utf8(bytes, start, at)}' is not a name`, start);
    }
    this.next = at;
    this.colon = colon;
    return this.texts.intern(bytes, start, at, hash);
  }

  /** Reads attributes up to the end of the tag and returns that; -1 when it is cut off (XML 1.0 3.1). */
  private readAttributes(bytes: Uint8Array, start: number): number {
    const { end } = this.window;
    let at = start;
    this.attributeCount = 0;
    if (this.prefixed.length > 0) this.prefixed.length = 0;
    for (;;) {
      const gap = at;
      while (isSpace(bytes[at] as number)) at += 1;
      const code = bytes[at] as number;
      if (code === 0x3e) return at + 1;
      if (code === 0x2f) {
        if (at + 1 >= end) return -1;
        if (bytes[at + 1] !== 0x3e) this.fail("'>' is expected here", at + 1);
        return at + 2;
      }
      if (at >= end) return -1;
      if (at === gap) this.fail("white space or '>' is expected here", at);
      at = this.readAttribute(bytes, at);
      if (at === -1) return -1;
    }
  }

  /** One attribute; returns where it ends, -1 when it is cut off. */
  private readAttribute(bytes: Uint8Array, start: number): number {
    const { end } = this.window;
    const name = this.readName(bytes, start, 'an attribute');
    if (name === -1) return -1;
    const { next: nameEnd, colon } = this;
    let at = nameEnd;
    while (isSpace(bytes[at] as number)) at += 1;
    if (at >= end) return -1;
    if (bytes[at] !== 0x3d) this.fail("'=' is expected here", at);
    at += 1;
    while (isSpace(bytes[at] as number)) at += 1;
    if (at >= end) return -1;
    const value = this.readValue(bytes, at);
    if (value === -1) return -1;
    if (colon !== -1 || (nameEnd - start === 5 && utf8(bytes, start, nameEnd) === 'xmlns')) {
      const text = utf8(bytes, start, nameEnd);
      if (this.prefixed.some((other) => other.name === text)) this.fail(`the attribute '${text}' stands twice`, start);
      checkLimit('csdlAttributesMax', csdlAttributesMax, this.prefixed.length + 1, 'The number of attributes');
      this.prefixed.push({ name: text, value });
      return this.next;
    }
    const { attributeNames, attributeCount } = this;
    for (let index = 0; index < attributeCount; index += 1) {
      if (attributeNames[index] === name) this.fail(`the attribute '${this.texts.text(name)}' stands twice`, start);
    }
    checkLimit('csdlAttributesMax', csdlAttributesMax, attributeCount + 1, 'The number of attributes');
    attributeNames[attributeCount] = name;
    this.attributeValues[attributeCount] = value;
    this.attributeCount = attributeCount + 1;
    return this.next;
  }

  /** The number of a value in quotes; `next` is where it ends (XML 1.0 2.3, 3.3.3). */
  private readValue(bytes: Uint8Array, start: number): number {
    const quote = bytes[start] as number;
    if (quote !== 0x22 && quote !== 0x27) this.fail('a value in quotes is expected here', start);
    let at = start + 1;
    let hash = hashSeed;
    let code = bytes[at] as number;
    while (valueClass[code] === 0) {
      hash = Math.imul(hash ^ code, hashPrime);
      at += 1;
      code = bytes[at] as number;
    }
    if (code === quote) {
      this.next = at + 1;
      return this.texts.intern(bytes, start + 1, at, hash);
    }
    return this.readUnusualValue(bytes, start, at, quote);
  }

  /** A value with references, line ends or the other quotes. */
  private readUnusualValue(bytes: Uint8Array, start: number, from: number, quote: number): number {
    let at = from;
    for (let code = bytes[at] as number; code !== quote; code = bytes[at] as number) {
      if (code === 0 && at >= this.window.end) return -1;
      if (code === 0x3c) this.fail("'<' stands in the value of an attribute", at);
      if (code < 0x20 && !isSpace(code)) this.fail(`there is the character with code ${code}`, at);
      at += 1;
    }
    this.next = at + 1;
    const text = withReferences(withSpaces(utf8(bytes, start + 1, at)), (message) => this.fail(message, start));
    return this.texts.internText(text);
  }

  private declareNamespaces(): void {
    for (const { name, value } of this.prefixed) {
      if (name === 'xmlns') this.namespaces.declare('', this.texts.text(value), this.depth);
      else if (name.startsWith('xmlns:')) this.namespaces.declare(name.slice(6), this.texts.text(value), this.depth);
    }
    for (const { name } of this.prefixed) {
      const prefix = name.slice(0, Math.max(name.indexOf(':'), 0));
      if (prefix !== 'xmlns' && this.namespaces.isCsdl(prefix) === undefined) {
        this.fail(`the prefix '${prefix}' is not declared`);
      }
    }
  }
}

function utf8(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8');
}
