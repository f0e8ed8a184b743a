/** What a row of the breakdown is about: a procedure within an area of work, as one text that sorts by the area. */

/** Between area and procedure; no area holds a control character (shared/event.ts), no procedure's code either. */
const CUT = '\u001f';
/** The character after it: where the topics of an area end. */
const AFTER_CUT = '\u0020';

/** The topic of an area of work (none: empty) and a procedure. */
export function topicOf({ field, procedure }: { field: string | null; procedure: string }): string {
  return `${field ?? ''}${CUT}${procedure}`;
}

/** The area of work (empty: none) and the procedure of a topic. */
export function readTopic(topic: string): { field: string; procedure: string } {
  const [field = '', procedure = ''] = topic.split(CUT);
  return { field, procedure };
}

/** The half-open range of the topics of one area of work. */
export function topicsOf(field: string): { from: string; to: string } {
  return { from: `${field}${CUT}`, to: `${field}${AFTER_CUT}` };
}
