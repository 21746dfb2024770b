/**
 * JSON that arrives in pieces → its value. It has a stack of its own, so deep texts cannot overrun that of the program,
 * and reads long texts and arrays part by part, so nothing holds the thread. JSON.parse is faster; this is for what
 * JSON.parse cannot do.
 */

import type { JsonValue } from '../../base/json.ts';
import { checkLimit } from '../../base/limits.ts';
import { type DecimalForm, exactNumberOf, isJsonNumber } from './exact-number.ts';
import { TextDecoding } from './json-text.ts';
import { lastItemEnd } from './last-item-end.ts';
import { tryParseItems } from './parse-items.ts';
import { bufferOf, bytes, invalidPayload, isBlank, unexpectedByte } from './payload-bytes.ts';
import { payloadLimits } from './payload-limits.ts';

export interface JsonParserOptions {
  readonly decimals: DecimalForm;
  /** What the payload must begin with. */
  readonly root: 'object' | 'array';
  /** Whether it stops behind the bracket that begins the array of rows, and goes on at the one that ends it. */
  readonly stopsAtRows?: boolean;
  /** Objects and arrays within each other. */
  readonly depthMax?: number;
}

type Container = Record<string, JsonValue> | JsonValue[];

/** Bytes of items that are read together. More cost more where a first item is longer than that. */
const itemsBytesMax = 8 * 1024;
/** Fewer are not worth it. */
const itemsBytesMin = 64;

type Expected = 'root' | 'value' | 'item or end' | 'name' | 'name or end' | 'colon' | 'comma or end' | 'nothing';

/** Reads one value. Raises ODATA_PAYLOAD_INVALID with the byte where it goes wrong, and LIMIT_EXCEEDED. */
export class JsonParser {
  readonly #options: JsonParserOptions;
  readonly #depthMax: number;
  readonly #stack: { readonly container: Container; name: string }[] = [];
  #expects: Expected = 'root';
  #value: JsonValue = null;
  #text: TextDecoding | undefined;
  #scalar = '';
  /** Where in the payload items may be read together again. */
  #careUntil = 0;
  #hasRows = false;
  #isAtRows = false;

  constructor(options: JsonParserOptions) {
    this.#options = options;
    this.#depthMax = options.depthMax ?? payloadLimits.payloadDepthMax;
  }

  get isComplete(): boolean {
    return this.#expects === 'nothing';
  }

  /** Whether an array of rows has begun. */
  get hasRows(): boolean {
    return this.#hasRows;
  }

  /** The value, when it is complete; the array of rows in it is empty. */
  get value(): JsonValue {
    return this.#value;
  }

  /**
   * Reads from `start` of a piece that stands at `offset` of the payload. Returns the position behind what it read: the
   * end of the piece, of the value, or of the bracket that begins the array of rows.
   */
  push(piece: Uint8Array, start: number, offset: number): number {
    let position = start;
    this.#isAtRows = false;
    while (position < piece.length && !this.#isAtRows && this.#expects !== 'nothing') {
      const code = piece[position] as number;
      if (this.#text === undefined && this.#scalar === '') {
        const end = this.#pushItems(piece, position, offset);
        if (end > position) {
          position = end;
          continue;
        }
      }
      if (this.#text !== undefined) position = this.#pushText(this.#text, piece, position);
      else if (this.#scalar !== '' && isOfScalar(code)) position = this.#pushScalar(piece, position);
      else {
        if (this.#scalar !== '') this.#endScalar(offset + position);
        if (!isBlank(code)) this.#step(code, offset + position);
        position += 1;
      }
    }
    return position;
  }

  /** Whether the last push ended at the bracket that begins the array of rows. */
  get isAtRows(): boolean {
    return this.#isAtRows;
  }

  #pushText(text: TextDecoding, piece: Uint8Array, start: number): number {
    const end = text.push(piece, start);
    if (!text.isComplete) return end;
    this.#text = undefined;
    const frame = this.#stack.at(-1);
    if (frame !== undefined && (this.#expects === 'name' || this.#expects === 'name or end')) {
      frame.name = text.value;
      this.#expects = 'colon';
    } else this.#add(text.value);
    return end;
  }

  /** Reads items of an array together, as far as they end soon; the position behind them, or `start`. */
  #pushItems(piece: Uint8Array, start: number, offset: number): number {
    if (this.#expects !== 'value' && this.#expects !== 'item or end') return start;
    const container = this.#stack.at(-1)?.container;
    if (!Array.isArray(container) || piece.length - start < itemsBytesMin || offset + start < this.#careUntil)
      return start;
    const end = lastItemEnd(piece, start, Math.min(piece.length, start + itemsBytesMax));
    if (end === start) return start;
    const { decimals } = this.#options;
    const items = tryParseItems(bufferOf(piece).subarray(start, end), {
      decimals,
      depthMax: this.#depthMax - this.#stack.length,
    });
    if (items === undefined || items.length === 0) {
      // What is wrong, or needs care, is found where it stands.
      this.#careUntil = offset + end;
      return start;
    }
    for (const item of items) container.push(item);
    this.#expects = 'comma or end';
    return end;
  }

  #pushScalar(piece: Uint8Array, start: number): number {
    let end = start;
    while (end < piece.length && isOfScalar(piece[end] as number)) end += 1;
    checkLimit(
      'numberLengthMax',
      payloadLimits.numberLengthMax,
      this.#scalar.length + end - start,
      'The length of a number',
    );
    this.#scalar += bufferOf(piece).toString('latin1', start, end);
    return end;
  }

  #endScalar(end: number): void {
    const scalar = this.#scalar;
    this.#scalar = '';
    const word = words.get(scalar);
    if (word !== undefined) this.#add(word);
    else if (isJsonNumber(scalar)) this.#add(exactNumberOf(scalar, this.#options.decimals));
    else throw unexpectedByte('a value', scalar.charCodeAt(0), end - scalar.length);
  }

  /** One byte that is neither blank nor within a text or number. */
  #step(code: number, at: number): void {
    switch (this.#expects) {
      case 'root': {
        const opening = this.#options.root === 'object' ? bytes.openBrace : bytes.openBracket;
        if (code !== opening) throw unexpectedByte(`"${String.fromCharCode(opening)}"`, code, at);
        this.#open(code);
        return;
      }
      case 'item or end':
        if (code === bytes.closeBracket) this.#close();
        else this.#begin(code, at);
        return;
      case 'value':
        this.#begin(code, at);
        return;
      case 'name or end':
      case 'name':
        if (code === bytes.closeBrace && this.#expects === 'name or end') this.#close();
        else if (code === bytes.quote) this.#text = new TextDecoding(at);
        else throw unexpectedByte('a name in quotes', code, at);
        return;
      case 'colon':
        if (code !== bytes.colon) throw unexpectedByte('":"', code, at);
        this.#expects = 'value';
        return;
      default:
        this.#stepBehind(code, at);
    }
  }

  /** Behind a member or an item. */
  #stepBehind(code: number, at: number): void {
    const isArray = Array.isArray(this.#stack.at(-1)?.container);
    if (code === bytes.comma) this.#expects = isArray ? 'value' : 'name';
    else if (code === (isArray ? bytes.closeBracket : bytes.closeBrace)) this.#close();
    else throw unexpectedByte(isArray ? '"," or "]"' : '"," or "}"', code, at);
  }

  #begin(code: number, at: number): void {
    if (this.#options.stopsAtRows === true && this.#stack.length === 1 && this.#stack[0]?.name === 'value') {
      if (code !== bytes.openBracket) throw unexpectedByte('an array for the member "value"', code, at);
      if (this.#hasRows) throw invalidPayload(`The payload has a second member "value" at byte ${at}.`);
      this.#hasRows = true;
      this.#isAtRows = true;
      this.#open(code);
    } else if (code === bytes.quote) this.#text = new TextDecoding(at);
    else if (code === bytes.openBrace || code === bytes.openBracket) this.#open(code);
    else if (isOfScalar(code)) this.#scalar = String.fromCharCode(code);
    else throw unexpectedByte('a value', code, at);
  }

  #open(code: number): void {
    const isArray = code === bytes.openBracket;
    const container: Container = isArray ? [] : {};
    if (this.#stack.length === 0) this.#value = container;
    else this.#put(container);
    this.#stack.push({ container, name: '' });
    checkLimit('payloadDepthMax', this.#depthMax, this.#stack.length, 'The depth of the payload');
    this.#expects = isArray ? 'item or end' : 'name or end';
  }

  #close(): void {
    this.#stack.pop();
    this.#expects = this.#stack.length === 0 ? 'nothing' : 'comma or end';
  }

  #add(value: JsonValue): void {
    this.#put(value);
    this.#expects = 'comma or end';
  }

  #put(value: JsonValue): void {
    const frame = this.#stack.at(-1);
    if (frame === undefined) return;
    const { container, name } = frame;
    if (Array.isArray(container)) container.push(value);
    else if (name === '__proto__') {
      // An assignment would set the prototype.
      Object.defineProperty(container, name, { value, enumerable: true, configurable: true, writable: true });
    } else container[name] = value;
  }
}

const words: ReadonlyMap<string, JsonValue> = new Map<string, JsonValue>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Letters, digits, signs and the point: what words and numbers are made of. */
function isOfScalar(code: number): boolean {
  return (
    (code >= bytes.zero && code <= bytes.nine) ||
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === bytes.minus ||
    code === bytes.plus ||
    code === bytes.point
  );
}
