/** The text of a double as .NET writes it: shortest round trip (reference 7.6). */

/** `5`, `0.32`, `1.7E+308`, `5E-324`, `NaN`, `Infinity`. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value < 0 ? '-Infinity' : 'Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const magnitude = Math.abs(value);
  // Between these bounds JavaScript and .NET agree; outside .NET changes to an exponent earlier.
  if (magnitude >= 1e-4 && magnitude < 1e15) return String(value);
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${mantissa}E${exponent.startsWith('-') ? '-' : '+'}${exponent.slice(1).padStart(2, '0')}`;
}

/** The same with `.0` behind an integral value, so that a reader sees a float; not finite ones are quoted. */
export function floatJson(value: number): string {
  const text = floatText(value);
  if (!Number.isFinite(value)) return `"${text}"`;
  return /[.E]/.test(text) ? text : `${text}.0`;
}
