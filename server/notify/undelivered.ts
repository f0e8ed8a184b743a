/** Why a message did not arrive, in words that give no secret away. */
export class Undelivered extends Error {
  override name = 'Undelivered';
}
