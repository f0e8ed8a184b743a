/// <reference types="vitest/config" />
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

export default defineConfig({
  root: join(root, 'web'),
  plugins: [react()],
  build: {
    outDir: join(root, 'dist/web'),
    emptyOutDir: true,
    target: ['chrome120', 'firefox121', 'safari17'],
    sourcemap: false,
    assetsInlineLimit: 1024,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      output: {
        // Charts arrive after the first figures: their library is a chunk that only web/chart.tsx asks for.
        codeSplitting: {
          groups: [{ name: 'echarts', test: /node_modules[\\/](?:echarts|zrender|tslib)[\\/]/ }],
        },
      },
    },
  },
  test: {
    root,
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'node',
          root,
          include: ['test/*.test.ts'],
          environment: 'node',
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'web',
          root,
          include: ['test/web/*.test.{ts,tsx}'],
          environment: 'jsdom',
          setupFiles: ['test/web/patience.ts'],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'e2e',
          root,
          include: ['test/e2e/*.test.ts'],
          environment: 'node',
          // One browser at a time, after the other tests: what it sees must not depend on a busy machine.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          testTimeout: 90_000,
          hookTimeout: 300_000,
          expect: { poll: { timeout: 10_000 } },
        },
      },
    ],
  },
});
