/** What a screen shows in the end may take a while on a busy machine: a second is too short to call it missing. */
import { configure } from '@testing-library/react';

configure({ asyncUtilTimeout: 8000 });
