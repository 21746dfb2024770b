/**
 * The form of a cached model: a head of eight numbers, the source that it was read from, and the image's arrays as they
 * are in memory. Loading it is checking it.
 */

import { crc32 } from 'node:zlib';
import type { CsdlImage } from '../image/csdl-image.ts';
import { createTexts } from '../image/text-table.ts';
import { words } from '../image/vocabulary.ts';

/** Written in the byte order of the machine: a cache of another one does not begin with it. */
const magic = 0x4c445343;
/** Changes with the layout; words that are added change the format without it. */
const layout = 1;
const format = crc32(words.join(' '), layout) | 0;
const headLength = 8;

/** The bytes of an image. */
export function encodeCache(image: CsdlImage, source: string): Uint8Array {
  const name = encoder.encode(source);
  const { nodes, texts } = image;
  const parts = partsOf(name.length, nodes.length, texts.count, texts.bytes.length);
  const bytes = new Uint8Array(parts.end);
  bytes.set(name, parts.source);
  new Int32Array(bytes.buffer, parts.nodes, nodes.length).set(nodes);
  new Int32Array(bytes.buffer, parts.starts, texts.count + 1).set(texts.starts);
  bytes.set(texts.bytes, parts.texts);
  const head = new Int32Array(bytes.buffer, 0, headLength);
  head.set([magic, format, 0, name.length, nodes.length, texts.count, texts.bytes.length, 0]);
  head[2] = checksum(bytes);
  return bytes;
}

/** The image of these bytes; undefined when they are damaged, or of another source, format or machine. */
export function decodeCache(cache: Uint8Array, source: string): CsdlImage | undefined {
  if (!(cache instanceof Uint8Array) || cache.length < headLength * 4) return undefined;
  // Numbers must stand at multiples of four.
  const bytes = cache.byteOffset % 4 === 0 ? cache : new Uint8Array(cache);
  const [found, version, sum, sourceLength = 0, nodeCount = 0, textCount = 0, textLength = 0] = new Int32Array(
    bytes.buffer,
    bytes.byteOffset,
    headLength,
  );
  if (found !== magic || version !== format) return undefined;
  if (sourceLength < 0 || nodeCount < 0 || textCount < 0 || textLength < 0) return undefined;
  const parts = partsOf(sourceLength, nodeCount, textCount, textLength);
  if (parts.end !== bytes.length || sum !== checksum(bytes)) return undefined;
  const name = Buffer.from(bytes.buffer, bytes.byteOffset + parts.source, sourceLength);
  if (name.toString('utf8') !== source) return undefined;
  const starts = new Int32Array(bytes.buffer, bytes.byteOffset + parts.starts, textCount + 1);
  if (!isAscending(starts, textLength)) return undefined;
  return {
    nodes: new Int32Array(bytes.buffer, bytes.byteOffset + parts.nodes, nodeCount),
    texts: createTexts(bytes.subarray(parts.texts, parts.texts + textLength), starts),
  };
}

/** Offsets of the parts in bytes. */
function partsOf(sourceLength: number, nodeCount: number, textCount: number, textLength: number) {
  const source = headLength * 4;
  const nodes = source + Math.ceil(sourceLength / 4) * 4;
  const starts = nodes + nodeCount * 4;
  const texts = starts + (textCount + 1) * 4;
  return { source, nodes, starts, texts, end: texts + textLength };
}

/** Of everything but the checksum itself. */
function checksum(bytes: Uint8Array): number {
  return crc32(bytes.subarray(12), crc32(bytes.subarray(0, 8))) | 0;
}

function isAscending(starts: Int32Array, end: number): boolean {
  let last = 0;
  for (const start of starts) {
    if (start < last) return false;
    last = start;
  }
  return starts[0] === 0 && last === end;
}

const encoder = new TextEncoder();
