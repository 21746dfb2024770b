/** Entry of the web pages. */

import { createDOMRenderer, RendererProvider } from '@fluentui/react-components';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiFault } from './api/read.ts';
import { App } from './app.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error("The page has no element 'root'.");

// The server's content security policy lets only styles with this nonce through.
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
const renderer = createDOMRenderer(document, nonce === undefined ? {} : { styleElementAttributes: { nonce } });
const queryClient = new QueryClient({ defaultOptions: { queries: { retry: isWorthRetrying } } });

createRoot(root).render(
  <StrictMode>
    <RendererProvider renderer={renderer}>
      <QueryClientProvider client={queryClient}>
        <App />
      </QueryClientProvider>
    </RendererProvider>
  </StrictMode>,
);

/** What the server refused it will refuse again. */
function isWorthRetrying(failures: number, error: Error): boolean {
  return failures < 1 && !(error instanceof ApiFault && error.status < 500);
}
