/** The title of the browser's tab. */

import { useEffect } from 'react';
import { text } from '../text.ts';

/** Names the page in the tab's title. */
export function useTitle(page: string): void {
  useEffect(() => {
    document.title = text.pageTitle(page);
  }, [page]);
}
