/** What a byte may be in XML 1.0: tables that the loops of the scanner look into. */

/** 1 where a name may begin, 2 where it may go on; every byte of a character beyond ASCII counts as a beginning. */
export const nameClass: Uint8Array = table((code) => {
  const character = String.fromCharCode(code);
  if (/[A-Za-z_:]/.test(character) || code >= 0x80) return 1;
  return /[-.0-9]/.test(character) ? 2 : 0;
});

/** 0 for bytes of an attribute value that stand for themselves (XML 1.0 2.3, 3.3.3). */
export const valueClass: Uint8Array = table((code) =>
  code < 0x20 || '"\'<&'.includes(String.fromCharCode(code)) ? 1 : 0,
);

/** 0 for bytes of text that stand for themselves (XML 1.0 2.4). */
export const textClass: Uint8Array = table((code) => {
  if (code === 0x09 || code === 0x0a) return 0;
  return code < 0x20 || '<&]'.includes(String.fromCharCode(code)) ? 1 : 0;
});

/** True for the white space of XML (XML 1.0 2.3). */
export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function table(classOf: (code: number) => number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, code) => classOf(code));
}
