/** The theme: light or dark, as the system is set. */

import { type Theme, webDarkTheme, webLightTheme } from '@fluentui/react-components';
import { useSyncExternalStore } from 'react';

const darkQuery = '(prefers-color-scheme: dark)';

/** The theme that the system asks for; follows it when it changes. */
export function useSystemTheme(): Theme {
  const isDark = useSyncExternalStore(subscribe, () => matchMedia(darkQuery).matches);
  return isDark ? webDarkTheme : webLightTheme;
}

function subscribe(onChange: () => void): () => void {
  const query = matchMedia(darkQuery);
  query.addEventListener('change', onChange);
  return () => query.removeEventListener('change', onChange);
}
