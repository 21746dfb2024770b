/** Enumeration values in payloads: names of members, with commas between them where the type has flags. */

import type { EnumType } from '../../model/model.ts';

/** Names or numbers of members (OData JSON 4.01 7.1). */
export function isEnumText(text: string, enumType: EnumType): boolean {
  const names = text.split(',').map((name) => name.trim());
  if (names.length > 1 && !enumType.isFlags) return false;
  return names.every((name) => enumType.member(name) !== undefined || /^-?\d+$/.test(name));
}

/** The name of the member with this value, the names of flags that make it up, or its digits. */
export function namesOfNumber(value: number | bigint, enumType: EnumType): string {
  const single = enumType.members.find((member) => member.value === value);
  if (single !== undefined) return single.name;
  if (!enumType.isFlags || !Number.isInteger(Number(value)) || value < 0) return String(value);
  let rest = BigInt(value);
  const names: string[] = [];
  for (const member of enumType.members) {
    const bits = BigInt(member.value);
    if (bits > 0n && (rest & bits) === bits) {
      names.push(member.name);
      rest &= ~bits;
    }
  }
  return rest === 0n && names.length > 0 ? names.join(',') : String(value);
}
