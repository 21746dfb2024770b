import { describe, expect, test } from 'vitest';
import { seededIds } from '../base/ids.ts';
import { standingClock } from './emulator.case.ts';
import { type EmulatorOptions, parseEmulatorOptions } from './options.ts';

function parse(options: Record<string, unknown>): ReturnType<typeof parseEmulatorOptions> {
  return parseEmulatorOptions({ clock: standingClock(), ids: seededIds(1), ...options } as EmulatorOptions);
}

describe('emulator options', () => {
  test('fill in their defaults', () => {
    const settings = parse({});
    expect(settings.fno.stringFunctions).toBe('deny');
    expect(settings.fno.etagMode).toBe('enforce');
    expect(settings.fno.xppErrorStatus).toBe('400');
    expect(settings.fno.pageSize).toBe(10_000);
    expect(settings.dataverse.pageSizeMax).toBe(5000);
    expect(settings.sample.customers).toBeGreaterThanOrEqual(25_000);
    expect(settings.applications).toHaveLength(1);
  });

  test.each([
    [
      { fno: { stringFunction: 'allow' } },
      /'emulator.fno' has no option 'stringFunction'. Did you mean 'stringFunctions'/,
    ],
    [{ fno: { etagMode: 'maybe' } }, /'emulator.fno.etagMode' is 'maybe'; expected one of enforce, ignore/],
    [{ fno: { pageSize: 0 } }, /'emulator.fno.pageSize' is 0; expected a whole number from 1 to 10000/],
    [{ tenantId: 'contoso' }, /'emulator.tenantId' is 'contoso'; expected a lower-case GUID/],
    [{ sampel: {} }, /'emulator' has no option 'sampel'/],
    [{ applications: [] }, /'emulator.applications' is empty/],
    [{ applications: [{ clientId: 'x' }] }, /clientId' is not a lower-case GUID/],
    [{ dataverse: { alternateKeys: { account: 'accountnumber' } } }, /'emulator.dataverse.alternateKeys'/],
  ])('refuse %j by name', (options, message) => {
    expect(() => parse(options)).toThrow(message);
  });
});
