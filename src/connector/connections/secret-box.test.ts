import { describe, expect, test } from 'vitest';
import { seededIds } from '../../base/ids.ts';
import { createSecretBox } from './secret-box.ts';

const ids = seededIds(7);
const key = ids.bytes(32);

describe('the secret box', () => {
  test('opens what it sealed, and seals the same secret differently each time', () => {
    const box = createSecretBox({ key, ids });
    const sealed = box.seal('a secret é', 'place');
    expect(box.open(sealed, 'place')).toBe('a secret é');
    expect(sealed).not.toContain('secret');
    expect(box.seal('a secret é', 'place')).not.toBe(sealed);
  });

  test('does not open what belongs elsewhere, was changed, or was sealed with another key', () => {
    const box = createSecretBox({ key, ids });
    const sealed = box.seal('x', 'place');
    const unreadable = expect.objectContaining({ code: 'SECRET_UNRESOLVED' });
    expect(() => box.open(sealed, 'another place')).toThrow(unreadable);
    expect(() => box.open(`${sealed.slice(0, -4)}AAAA`, 'place')).toThrow(unreadable);
    expect(() => box.open('v1:', 'place')).toThrow(unreadable);
    expect(() => box.open('plain', 'place')).toThrow(unreadable);
    const other = createSecretBox({ key: seededIds(8).bytes(32), ids });
    expect(() => other.open(sealed, 'place')).toThrow(unreadable);
  });

  test('refuses a key of another length', () => {
    expect(() => createSecretBox({ key: new Uint8Array(16), ids })).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID' }),
    );
  });
});
