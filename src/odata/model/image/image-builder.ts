/** Elements of a metadata document → image, each checked as it comes. */

import { checkLimit } from '../../../base/limits.ts';
import type { XmlScanner, XmlSink } from '../xml/xml-scanner.ts';
import type { CsdlImage } from './csdl-image.ts';
import {
  attributeForm,
  hasText,
  isNameAttribute,
  isNamedMember,
  mayStandIn,
  requiredAttributes,
} from './element-rules.ts';
import { TextTable, trimmed } from './text-table.ts';
import { type Word, word, words } from './vocabulary.ts';

/** Attributes of an element as numbers: words and texts. */
interface AttributeNumbers {
  readonly attributeNames: Int32Array;
  readonly attributeValues: Int32Array;
  readonly attributeCount: number;
}

/** Raises CSDL_INVALID at the place that is being read. */
export type Fail = (message: string) => never;

// Words that every element is compared with.
const edmx = word.Edmx;
const schema = word.Schema;
const container = word.EntityContainer;
const nameWord = word.Name;
const textWord = word['#text'];

/** More than the depths that readers accept. */
const depthMax = 256;

/** Attributes remembered as checked. */
const checkedMax = 10_000;
/** Texts whose numbers are remembered. */
const numbersMax = 50_000;
/** Longest name, in bytes: names of annotations of annotations hold all those above them. */
const csdlNameBytesMax = 8192;
/** Most types, terms, operations, sets and imports of a document. */
const csdlMembersMax = 1_000_000;

/** Takes elements in document order. */
export class ImageBuilder implements XmlSink {
  readonly texts = new TextTable();
  isTextWanted = false;
  private nodes = new Int32Array();
  private used = 0;
  /** Offsets, words and texts of the open elements. */
  private readonly openNodes = new Int32Array(depthMax);
  private readonly openKinds = new Uint8Array(depthMax);
  private readonly openTexts: string[] = [];
  private depth = 0;
  private skipped = 0;
  private members = 0;
  /** Attributes with values that have been checked. */
  private readonly checked = new Set<number>();
  /** By the number of a name: the element within which it was declared last. */
  private declaredIn = new Int32Array();
  /** The attributes of an element that is given by name. */
  private readonly given = {
    attributeNames: new Int32Array(words.length),
    attributeValues: new Int32Array(words.length),
    attributeCount: 0,
  };
  private readonly numbers = new Map<string, number>();
  private readonly fail: Fail;
  private readonly onMember: ((node: number) => void) | undefined;

  /** `onMember` hears of each schema, and of each child of a schema or container. */
  constructor(fail: Fail, onMember?: (node: number) => void) {
    this.fail = fail;
    this.onMember = onMember;
    // Set a second time, so that the engine does not take them for constants and compile again when they grow.
    this.nodes = new Int32Array(1 << 12);
    this.declaredIn = new Int32Array(1 << 10);
    for (const name of words) this.texts.internText(name);
  }

  /** An element of an XML document. Elements that CSDL does not have here are passed over with all they hold. */
  openElement(scanner: XmlScanner): void {
    const { name } = scanner;
    const { depth } = this;
    const kind = name < words.length ? name : 0;
    if (depth === 0 && kind !== edmx) {
      this.fail(`the root element is '${scanner.qualifiedName}'; expected 'edmx:Edmx'`);
    }
    if (this.skipped > 0 || (depth > 0 && !mayStandIn(this.openKinds[depth - 1] as number, kind))) {
      this.skipped += 1;
      this.isTextWanted = false;
      return;
    }
    this.append(kind, scanner);
  }

  /** An element with these attributes; those that are undefined are left out. */
  begin(name: Word, attributes: Partial<Record<Word, string | undefined>>): void {
    const { given } = this;
    given.attributeCount = 0;
    for (const attribute of Object.keys(attributes) as Word[]) {
      const value = attributes[attribute];
      if (value === undefined) continue;
      given.attributeNames[given.attributeCount] = word[attribute];
      given.attributeValues[given.attributeCount] = this.numberOf(value);
      given.attributeCount += 1;
    }
    this.append(word[name], given);
  }

  text(part: string): void {
    this.openTexts[this.depth - 1] = `${this.openTexts[this.depth - 1] ?? ''}${part}`;
  }

  close(): void {
    if (this.skipped > 0) this.skipped -= 1;
    else this.end();
    this.isTextWanted = this.skipped === 0 && this.depth > 0 && hasText(this.openKinds[this.depth - 1] as number);
  }

  /** The image, when all elements are closed. */
  seal(): CsdlImage {
    return { nodes: trimmed(this.nodes, this.used), texts: this.texts.seal() };
  }

  private end(): void {
    this.depth -= 1;
    const node = this.openNodes[this.depth] as number;
    if (hasText(this.openKinds[this.depth] as number)) {
      const text = this.openTexts[this.depth] ?? '';
      if (text !== '') {
        this.reserve(3);
        this.nodes[this.used] = textWord | (1 << 8);
        this.nodes[this.used + 1] = this.used + 3;
        this.nodes[this.used + 2] = (textWord << 24) | this.texts.internText(text);
        this.used += 3;
      }
    }
    this.nodes[node + 1] = this.used;
  }

  /** The number of a text; most come again. */
  private numberOf(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    const number = this.texts.internText(text);
    if (this.numbers.size >= numbersMax) this.numbers.clear();
    this.numbers.set(text, number);
    return number;
  }

  private append(kind: number, { attributeNames, attributeValues, attributeCount }: AttributeNumbers): void {
    const { depth } = this;
    this.reserve(2 + attributeCount);
    const { nodes } = this;
    const node = this.used;
    let at = node + 2;
    for (let index = 0; index < attributeCount; index += 1) {
      const name = attributeNames[index] as number;
      if (name >= words.length) continue;
      const attribute = (name << 24) | (attributeValues[index] as number);
      nodes[at] = attribute;
      at += 1;
      if (isNameAttribute(name)) this.checkNameLength(attribute);
      else if (attributeForm(name) !== undefined && !this.checked.has(attribute)) this.checkForm(kind, attribute);
    }
    nodes[node] = kind | ((at - node - 2) << 8);
    this.used = at;
    this.checkRequired(kind, node);
    if (kind === edmx) this.checkVersion(node);
    if (depth > 0) {
      const parent = this.openKinds[depth - 1] as number;
      if (isNamedMember(kind)) this.checkNew(kind, node, this.openNodes[depth - 1] as number);
      if (kind === schema || parent === schema || parent === container) this.countMember(node);
    }
    this.openNodes[depth] = node;
    this.openKinds[depth] = kind;
    this.isTextWanted = hasText(kind);
    if (this.isTextWanted) this.openTexts[depth] = '';
    this.depth = depth + 1;
  }

  private countMember(node: number): void {
    this.members += 1;
    checkLimit('csdlMembersMax', csdlMembersMax, this.members, 'The number of members of schemas and containers');
    this.onMember?.(node);
  }

  private checkNameLength(attribute: number): void {
    const length = this.texts.lengthOf(attribute & 0xffffff);
    if (length > csdlNameBytesMax) {
      checkLimit('csdlNameBytesMax', csdlNameBytesMax, length, `The length of ${words[attribute >>> 24]}`);
    }
  }

  private checkForm(kind: number, attribute: number): void {
    const name = attribute >>> 24;
    const text = this.texts.text(attribute & 0xffffff);
    const form = attributeForm(name);
    if (form !== undefined && !form.pattern.test(text)) {
      this.fail(`${words[kind]} has the ${words[name]} '${text}'; expected ${form.expected}`);
    }
    if (this.checked.size >= checkedMax) this.checked.clear();
    this.checked.add(attribute);
  }

  private checkRequired(kind: number, node: number): void {
    const required = requiredAttributes(kind);
    for (let index = 0; index < required.length; index += 1) {
      const name = required[index] as number;
      // The text with number 0 is the empty one.
      if (this.attributeId(node, name) <= 0) this.fail(`${words[kind]} has no ${words[name]}`);
    }
  }

  private checkVersion(node: number): void {
    const id = this.attributeId(node, word.Version);
    const version = id === -1 ? '' : this.texts.text(id);
    if (!/^4\.\d{1,2}$/.test(version)) this.fail(`the version of Edmx is '${version}'; expected 4.0 or 4.01`);
  }

  private checkNew(kind: number, node: number, parent: number): void {
    const name = this.attributeId(node, nameWord);
    if (name >= this.declaredIn.length) {
      const larger = new Int32Array(Math.max(this.declaredIn.length * 2, this.texts.count));
      larger.set(this.declaredIn);
      this.declaredIn = larger;
    }
    if (this.declaredIn[name] === parent + 1) this.fail(`${words[kind]} '${this.texts.text(name)}' is declared twice`);
    this.declaredIn[name] = parent + 1;
  }

  private attributeId(node: number, name: number): number {
    const { nodes, used } = this;
    for (let at = node + 2; at < used; at += 1) {
      const attribute = nodes[at] as number;
      if (attribute >>> 24 === name) return attribute & 0xffffff;
    }
    return -1;
  }

  private reserve(count: number): void {
    if (this.used + count <= this.nodes.length) return;
    const larger = new Int32Array(Math.max(this.nodes.length * 2, this.used + count));
    larger.set(this.nodes);
    this.nodes = larger;
  }
}
