import '@fontsource/be-vietnam-pro/vietnamese-400.css';
import '@fontsource/be-vietnam-pro/vietnamese-600.css';
import '@fontsource/be-vietnam-pro/latin-400.css';
import '@fontsource/be-vietnam-pro/latin-600.css';
import './theme.css';
import './board.css';
import './panels.css';
import './tile.css';
import './print.css';
import './print-pages.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { pauseAfter, shouldRetry } from './api.ts';
import { App } from './app.tsx';
import { applyPreferences, findLang, findTheme } from './preferences.ts';
import { startWords } from './words/words.ts';

async function start(): Promise<void> {
  const lang = findLang(location.search);
  applyPreferences({ lang, theme: findTheme(location.search) });
  await startWords(lang);
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        retry: shouldRetry,
        staleTime: 30_000,
        // What was seen is there on the way back, also while the server is away.
        gcTime: 1_800_000,
        refetchInterval: ({ state }) => pauseAfter(state.error),
      },
    },
  });
  const root = document.querySelector('#root');
  if (!root) throw new Error('the page has no root');
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  );
}

void start();
