/** Elements of a metadata document → image, each checked as it comes. */

import type { XmlScanner, XmlSink } from '../xml/xml-scanner.ts';
import type { CsdlImage } from './csdl-image.ts';
import { attributeForm, hasText, isNamedMember, mayStandIn, requiredAttributes } from './element-rules.ts';
import { TextTable } from './text-table.ts';
import { type Word, word, words } from './vocabulary.ts';

/** Attributes of an element as numbers: words and texts. */
interface AttributeNumbers {
  readonly attributeNames: Int32Array;
  readonly attributeValues: Int32Array;
  readonly attributeCount: number;
}

/** Raises CSDL_INVALID at the place that is being read. */
export type Fail = (message: string) => never;

/** Takes elements in document order. */
export class ImageBuilder implements XmlSink {
  readonly texts = new TextTable();
  isTextWanted = false;
  private nodes = new Int32Array(1 << 12);
  private used = 0;
  /** Offsets and texts of the open elements. */
  private readonly open: { readonly node: number; readonly kind: number; text: string }[] = [];
  private skipped = 0;
  /** Whether an attribute with this value has been checked: one bit per pair would be sparse. */
  private readonly checked = new Set<number>();
  /** By the number of a name: the element within which it was declared last. */
  private declaredIn = new Int32Array(1 << 12);
  private readonly onMember: ((node: number) => void) | undefined;

  /** `onMember` hears of each element that is a child of a schema or container. */
  constructor(onMember?: (node: number) => void) {
    this.onMember = onMember;
    for (const name of words) this.texts.internText(name);
  }

  /** An element of an XML document. Elements that CSDL does not have here are passed over with all they hold. */
  openElement(scanner: XmlScanner): void {
    const { name } = scanner;
    const kind = name < words.length ? name : 0;
    const parent = this.open.at(-1);
    if (parent === undefined && kind !== word.Edmx) {
      scanner.fail(`the root element is '${scanner.qualifiedName}'; expected 'edmx:Edmx'`);
    }
    if (this.skipped > 0 || (parent !== undefined && !mayStandIn(parent.kind, kind))) {
      this.skipped += 1;
      this.isTextWanted = false;
      return;
    }
    this.append(kind, scanner, (message) => scanner.fail(message));
  }

  /** An element with these attributes; those that are undefined are left out. */
  begin(name: Word, attributes: Partial<Record<Word, string | undefined>>, fail: Fail): void {
    const entries = Object.entries(attributes).filter((entry): entry is [Word, string] => entry[1] !== undefined);
    this.append(
      word[name],
      {
        attributeNames: Int32Array.from(entries, ([attribute]) => word[attribute]),
        attributeValues: Int32Array.from(entries, ([, value]) => this.texts.internText(value)),
        attributeCount: entries.length,
      },
      fail,
    );
  }

  text(part: string): void {
    const open = this.open.at(-1);
    if (open !== undefined) open.text += part;
  }

  close(): void {
    if (this.skipped > 0) {
      this.skipped -= 1;
    } else {
      const closed = this.open.pop();
      if (closed !== undefined) this.end(closed);
    }
    this.isTextWanted = this.skipped === 0 && hasText(this.open.at(-1)?.kind ?? 0);
  }

  /** The image, when all elements are closed. */
  seal(): CsdlImage {
    return { nodes: this.nodes.slice(0, this.used), texts: this.texts.seal() };
  }

  private end(closed: { readonly node: number; readonly kind: number; readonly text: string }): void {
    if (hasText(closed.kind) && closed.text !== '') {
      this.reserve(3);
      this.nodes[this.used] = word['#text'] | (1 << 8);
      this.nodes[this.used + 1] = this.used + 3;
      this.nodes[this.used + 2] = (word['#text'] << 24) | this.texts.internText(closed.text);
      this.used += 3;
    }
    this.nodes[closed.node + 1] = this.used;
  }

  private append(kind: number, attributes: AttributeNumbers, fail: Fail): void {
    const { attributeNames, attributeValues, attributeCount } = attributes;
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
      if (attributeForm(name) !== undefined && !this.checked.has(attribute)) this.checkForm(kind, attribute, fail);
    }
    nodes[node] = kind | ((at - node - 2) << 8);
    this.used = at;
    this.checkRequired(kind, node, fail);
    if (kind === word.Edmx) this.checkVersion(node, fail);
    const parent = this.open.at(-1);
    if (isNamedMember(kind) && parent !== undefined) this.checkNew(kind, node, parent.node, fail);
    if (parent?.kind === word.Schema || parent?.kind === word.EntityContainer) this.onMember?.(node);
    this.open.push({ node, kind, text: '' });
    this.isTextWanted = hasText(kind);
  }

  private checkForm(kind: number, attribute: number, fail: Fail): void {
    const name = attribute >>> 24;
    const text = this.texts.text(attribute & 0xffffff);
    const form = attributeForm(name);
    if (form !== undefined && !form.pattern.test(text)) {
      fail(`${words[kind]} has the ${words[name]} '${text}'; expected ${form.expected}`);
    }
    this.checked.add(attribute);
  }

  private checkRequired(kind: number, node: number, fail: Fail): void {
    for (const name of requiredAttributes(kind)) {
      const id = this.attributeId(node, word[name]);
      // The text with number 0 is the empty one.
      if (id <= 0) fail(`${words[kind]} has no ${name}`);
    }
  }

  private checkVersion(node: number, fail: Fail): void {
    const id = this.attributeId(node, word.Version);
    const version = id === -1 ? '' : this.texts.text(id);
    if (!/^4\.\d{1,2}$/.test(version)) fail(`the version of Edmx is '${version}'; expected 4.0 or 4.01`);
  }

  private checkNew(kind: number, node: number, parent: number, fail: Fail): void {
    const name = this.attributeId(node, word.Name);
    if (name >= this.declaredIn.length) {
      const larger = new Int32Array(Math.max(this.declaredIn.length * 2, this.texts.count));
      larger.set(this.declaredIn);
      this.declaredIn = larger;
    }
    if (this.declaredIn[name] === parent + 1) fail(`${words[kind]} '${this.texts.text(name)}' is declared twice`);
    this.declaredIn[name] = parent + 1;
  }

  private attributeId(node: number, name: number): number {
    for (let at = node + 2; at < this.used; at += 1) {
      const attribute = this.nodes[at] as number;
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
