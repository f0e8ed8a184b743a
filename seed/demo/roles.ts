import { PROVINCE } from '../province/departments.ts';

/** The accounts of the demo that visitors step into: who each is, and what it may do where. None has a password. */
export const ROLES = [
  {
    demo: 'operator',
    login: 'truc-ban',
    role: 'operator',
    unit: PROVINCE,
    title: 'Trực ban điều hành · Operator',
  },
  {
    demo: 'editor',
    login: 'nguong',
    role: 'editor',
    unit: PROVINCE,
    title: 'Tổ ngưỡng cảnh báo · Threshold staff',
  },
  { demo: 'leader', login: 'lanh-dao', role: 'viewer', unit: PROVINCE, title: 'Lãnh đạo tỉnh · Leader' },
  {
    demo: 'head',
    login: 'hy-cuong',
    role: 'head',
    unit: '08515',
    title: 'Chủ tịch xã Hy Cương · Head of Hy Cương',
  },
  {
    ...{ demo: 'administrator', login: 'quan-tri', role: 'administrator', unit: PROVINCE },
    title: 'Quản trị hệ thống · Administrator',
  },
] as const;
