/** Remembers what is costly to compute. No state that a caller can see: the same argument gives the same result. */

/** `compute` with its last results kept, at most `entriesMax` of them. */
export function memo<T>(compute: (key: string) => T, entriesMax: number): (key: string) => T {
  const results = new Map<string, T>();
  return (key) => {
    const known = results.get(key);
    if (known !== undefined) return known;
    const result = compute(key);
    if (results.size >= entriesMax) results.clear();
    results.set(key, result);
    return result;
  };
}
