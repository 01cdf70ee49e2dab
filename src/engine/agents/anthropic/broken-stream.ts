/** An answer that began and did not end as answers end. */
export class BrokenStream extends Error {
  override readonly name = 'BrokenStream';
}
