/** ZIP archives for tests, written by hand so that they can be wrong in any place. */

import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly path: string;
  readonly content: string | Uint8Array;
  readonly isStored?: boolean;
  /** General purpose flags: 1 is encrypted. */
  readonly flags?: number;
  readonly method?: number;
  readonly crc?: number;
  /** Size after decompression as the archive claims it. */
  readonly claimedSize?: number;
  readonly extra?: Uint8Array;
}

/** An archive of these entries. */
export function zipOf(entries: readonly ZipEntry[], options: { readonly comment?: string } = {}): Uint8Array {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content as string);
    const data = entry.isStored === true ? content : deflateRawSync(content);
    const name = Buffer.from(entry.path, 'utf8');
    const extra = Buffer.from(entry.extra ?? []);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE((entry.flags ?? 0) | 0x800, 2);
    fields.writeUInt16LE(entry.method ?? (entry.isStored === true ? 0 : 8), 4);
    fields.writeUInt32LE(entry.crc ?? crc32(content), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(entry.claimedSize ?? content.length, 18);
    fields.writeUInt16LE(name.length, 22);
    fields.writeUInt16LE(extra.length, 24);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), fields, name, extra, data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    const version = Buffer.from([20, 0]);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002', 'latin1'), version, fields, tail, name, extra]));
    pieces.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const comment = Buffer.from(options.comment ?? '');
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  end.writeUInt16LE(comment.length, 16);
  return Buffer.concat([...pieces, central, Buffer.from('PK\u0005\u0006', 'latin1'), end, comment]);
}
