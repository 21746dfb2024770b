/** Keys of a grid whose rows are its tab stop: one row can be reached by Tab, arrows move on from there. */

import { type KeyboardEvent, useRef } from 'react';

export interface RowKeys {
  /** Give it to the element that holds the rows (`tbody`). */
  readonly rowsRef: React.RefObject<HTMLTableSectionElement | null>;
  /** Give it to each row with its index. */
  onKeyDown(event: KeyboardEvent<HTMLTableRowElement>, index: number): void;
}

/** Arrow up and down, Home and End move the focus; Enter opens. `onMove` hears of each move. */
export function useRowKeys(options: {
  readonly count: number;
  readonly onMove?: (index: number) => void;
  readonly onOpen?: (index: number) => void;
}): RowKeys {
  const rowsRef = useRef<HTMLTableSectionElement>(null);
  function onKeyDown(event: KeyboardEvent<HTMLTableRowElement>, index: number): void {
    if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' && options.onOpen !== undefined) {
      event.preventDefault();
      options.onOpen(index);
      return;
    }
    const target = targetRow(event.key, index, options.count);
    if (target === undefined) return;
    event.preventDefault();
    rowsRef.current?.rows[target]?.focus();
    options.onMove?.(target);
  }
  return { rowsRef, onKeyDown };
}

function targetRow(key: string, index: number, count: number): number | undefined {
  if (key === 'ArrowDown') return Math.min(index + 1, count - 1);
  if (key === 'ArrowUp') return Math.max(index - 1, 0);
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}
