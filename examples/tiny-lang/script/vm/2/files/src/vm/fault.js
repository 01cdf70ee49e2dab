/** A mistake of the program that runs; the machine knows where it is. */
export class Fault extends Error {}
