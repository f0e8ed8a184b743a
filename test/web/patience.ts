/** What a screen shows in the end may take a while on a busy machine: a second is too short to call it missing. */
import { configure } from '@testing-library/react';
import { afterEach } from 'vitest';

configure({ asyncUtilTimeout: 8000 });

// What a page keeps for a reload is not met by the next test.
afterEach(() => globalThis.sessionStorage?.clear());
