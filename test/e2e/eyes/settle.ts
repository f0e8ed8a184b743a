/** When a page has come to rest. Runs in the browser. */

const UNREADY = '.skeleton, .waiting, .chart-wait, [aria-busy="true"]';
/** Frames without any change after which a page is at rest. */
const STILL_FRAMES = 3;

let underWay = 0;

/** Begins to count what the page has asked for and not got yet; before the page's own scripts. */
export function watchRequests(): void {
  const ask = window.fetch;
  window.fetch = async (...words) => {
    underWay += 1;
    try {
      const answer = await ask(...words);
      await answer.clone().arrayBuffer();
      return answer;
    } finally {
      underWay -= 1;
    }
  };
}

const nextFrame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));

/** The layout in one text: equal texts, equal places. The clock ticks and moves nothing. */
function readLayout(): string {
  const places = [...document.body.querySelectorAll('*')].map((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return `${Math.round(left)},${Math.round(top)},${Math.round(width)},${Math.round(height)}`;
  });
  return places.join(' ');
}

function whatIsAwaited(): string | null {
  if (underWay > 0) return `${underWay} requests`;
  if (document.fonts.status !== 'loaded') return 'fonts';
  const unready = document.querySelector(UNREADY);
  return unready && `${unready.className || unready.localName}`;
}

/** Waits until nothing is awaited and nothing moves; what is still awaited when `patienceMs` end, else null. */
export async function settle(patienceMs: number): Promise<string | null> {
  const end = performance.now() + patienceMs;
  let [before, still] = ['', 0];
  let awaited: string | null = 'frames';
  while (performance.now() < end) {
    await nextFrame();
    awaited = whatIsAwaited();
    if (awaited) {
      [before, still] = ['', 0];
      continue;
    }
    const layout = readLayout();
    still = layout === before ? still + 1 : 0;
    before = layout;
    if (still >= STILL_FRAMES - 1) return null;
    awaited = 'layout';
  }
  return awaited;
}
