import type { TooltipComponentOption } from 'echarts/components';
import type { Look } from './look.ts';

/** How the tip of a chart over time looks, whatever it says: in the panel's colours, with a line where it points. */
export const axisTip = (look: Look) =>
  ({
    trigger: 'axis',
    confine: true,
    className: 'chart-tip',
    backgroundColor: look.panel,
    borderColor: look.lineStrong,
    textStyle: { color: look.text, fontSize: look.size * 0.9 },
    axisPointer: { type: 'line', lineStyle: { color: look.lineStrong, type: 'solid' } },
  }) as const satisfies TooltipComponentOption;
