/** The region of a map that carries lines only: where one child ends and the next begins. */
export const SEAMS = 'seams';
