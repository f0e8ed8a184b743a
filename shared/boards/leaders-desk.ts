import type { DeskBoard, Panel, Tile } from '../board.ts';
import type { Words } from '../words.ts';
import { INDEX } from './common.ts';

const groupOf = (title: Words, ids: readonly string[]): Panel => ({
  ...{ kind: 'keyFigures', title, unless: ['hasNoFigures'] },
  tiles: ids.map((indicator): Tile => ({ indicator })),
});

/**
 * The desk's page for leaders: the index, the phases of the plan, and by group every figure of a system or a target that a
 * province is asked about beside its dossiers.
 */
export const LEADERS_DESK: DeskBoard = {
  id: 'leaders',
  words: { vi: 'Lãnh đạo', en: 'Leaders' },
  canvas: 'desk',
  rows: [
    { columns: 'one', panels: [{ kind: 'absent', when: ['hasNoFigures'] }, INDEX] },
    { columns: 'one', panels: [{ kind: 'phases', unless: ['endedByNow'] }] },
    { columns: 'one', panels: [{ kind: 'systems', rows: 8, unless: ['endedByNow'] }] },
    {
      columns: 'one',
      panels: [
        groupOf({ vi: 'Dịch vụ công trực tuyến, thanh toán', en: 'Online services and payment' }, [
          ...['ON06', 'ON05', 'ON07', 'ON02', 'ON03', 'ON04', 'ON08', 'PAY01'],
        ]),
        groupOf({ vi: 'Dữ liệu, số hóa, chứng thực điện tử', en: 'Data, digitisation, certification' }, [
          ...['DG01', 'DG02', 'DG03', 'DG04', 'DG05', 'DG06', 'DG07'],
        ]),
        groupOf({ vi: 'Kết nối, đáp ứng kỹ thuật', en: 'Connections and compliance' }, [
          ...['SYS01', 'SYS02', 'SYS06', 'SYS04', 'SYS03', 'SYS05'],
        ]),
        groupOf({ vi: 'Văn bản, ký số, thư điện tử, họp', en: 'Documents, signature, mail, meetings' }, [
          ...['DOC02', 'DOC01', 'DOC03', 'DOC04', 'DOC05'],
        ]),
      ],
    },
    {
      columns: 'even',
      panels: [
        groupOf({ vi: 'Hài lòng, phản ánh kiến nghị', en: 'Satisfaction and petitions' }, [
          ...['SAT01', 'SAT02', 'SAT03', 'SAT04'],
        ]),
        groupOf({ vi: 'Công khai, minh bạch', en: 'Transparency' }, ['TR01', 'TR02', 'TR03', 'TR04']),
      ],
    },
    {
      columns: 'one',
      panels: [
        groupOf({ vi: 'Chuyển đổi số, bảo hiểm xã hội', en: 'Digital transformation, social insurance' }, [
          ...['DX01', 'SOC01', 'SOC02'],
        ]),
      ],
    },
    {
      columns: 'even',
      panels: [
        { kind: 'trend', chooser: 'title', steps: 'chosen', rem: 26, unless: ['hasNoFigures'] },
        { kind: 'ranking', when: ['hasChildren'], unless: ['hasNoFigures'] },
      ],
    },
  ],
};
