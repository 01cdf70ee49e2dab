/** Where the texts of events go: each kind of text is kept, cleaned or left out there. */
export interface Outlet {
  /** What people and agents tell: goals, purposes, summaries, reasons, commands, paths. */
  readonly told: (text: string) => string;
  /** What speaks for a verdict, in the words of checks, reviewers and rules. */
  readonly found: (text: string) => string;
  /** The words of a piece of evidence, which is never empty. */
  readonly piece: (text: string) => string;
  /** What people call a thing; the same thing has the same name there. */
  readonly thing: (text: string) => string;
  /** Who did it. */
  readonly who: (name: string) => string;
  /** What the plan calls a module, tier, gate, stream or resource; the same has the same name there. */
  readonly name: (text: string) => string;
  /** A short name for people, such as a stream's title; `instead` where it says too much. */
  readonly label: (text: string, instead: string) => string;
  /** Whether texts that nothing but people read stay at all. */
  readonly keepsTold: boolean;
  readonly keepsFound: boolean;
}

/** Brings one value of an event out. Throws a {@link Misfit} where it is not of its type. */
export type Field<Type> = (value: unknown, out: Outlet) => Type;

/** A field that some events lack, be it that they are older. */
export interface Optional<Type> {
  readonly optional: Field<Type>;
}

/** How each field of an object comes out; what is not named here does not come out at all. */
export type Fields<Of> = {
  readonly [Name in keyof Of]-?: object extends Pick<Of, Name>
    ? Optional<Required<Pick<Of, Name>>[Name]>
    : Field<Of[Name]> | Optional<Of[Name]>;
};

/** What is not as its type says, and where. */
export class Misfit extends Error {
  override readonly name = 'Misfit';
  readonly place: string;

  constructor(what: string, place = '') {
    super(place === '' ? what : `${place} ${what}`);
    this.place = place;
  }

  inside(name: string): Misfit {
    const what = this.message.slice(this.place === '' ? 0 : this.place.length + 1);
    return new Misfit(what, this.place === '' ? name : `${name}.${this.place}`);
  }
}

/** No list of a journal is longer; a plan has at most a tenth of it. */
const mostItems = 100_000;

export const optional = <Type>(field: Field<Type>): Optional<Type> => ({ optional: field });

export const orNull =
  <Type>(field: Field<Type>): Field<Type | null> =>
  (value, out) =>
    value === null ? null : field(value, out);

export const listOf =
  <Type>(field: Field<Type>): Field<readonly Type[]> =>
  (value, out) => {
    if (!Array.isArray(value)) throw new Misfit('is no list');
    if (value.length > mostItems) throw new Misfit(`has over ${mostItems} items`);
    return value.map((item: unknown, at) => within(`${at}`, () => field(item, out)));
  };

export const objectOf =
  <Type extends object>(fields: Fields<Type>): Field<Type> =>
  (value, out) => {
    if (!isObject(value)) throw new Misfit('is no object');
    const made: Record<string, unknown> = {};
    for (const [name, rule] of Object.entries<Field<unknown> | Optional<unknown>>(fields)) {
      if (typeof rule === 'function') {
        if (!Object.hasOwn(value, name)) throw new Misfit('is missing', name);
        made[name] = within(name, () => rule(value[name], out));
      } else if (Object.hasOwn(value, name)) {
        made[name] = within(name, () => rule.optional(value[name], out));
      }
    }
    return made as Type;
  };

/** Where one of several objects stands, told apart by what a field says. */
export const oneOfObjects =
  <Type>(name: string, fields: Readonly<Record<string, Field<Type>>>): Field<Type> =>
  (value, out) => {
    const kind = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    const field =
      typeof kind === 'string' && Object.hasOwn(fields, kind) ? fields[kind] : undefined;
    if (field === undefined) throw new Misfit('is none that is known', name);
    return field(value, out);
  };

/** One of these words; the compiler sees that none is left out. */
export const word =
  <Type extends string>(words: Readonly<Record<Type, true>>): Field<Type> =>
  (value) => {
    if (typeof value !== 'string' || !Object.hasOwn(words, value)) {
      throw new Misfit('is no word that is known there');
    }
    return value as Type;
  };

export const exactly =
  <const Type extends string | number | boolean>(wanted: Type): Field<Type> =>
  (value) => {
    if (value !== wanted) throw new Misfit(`is not ${String(wanted)}`);
    return wanted;
  };

/** Whatever was there, this comes out. */
export const nothing =
  <const Type>(instead: Type): Field<Type> =>
  () =>
    instead;

export const flag: Field<boolean> = (value) => {
  if (typeof value !== 'boolean') throw new Misfit('is neither true nor false');
  return value;
};

export const number: Field<number> = (value) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Misfit('is no number');
  return value;
};

/** A count, a place or an order. */
export const whole =
  <Type extends number>(): Field<Type> =>
  (value) => {
    if (!Number.isSafeInteger(value)) throw new Misfit('is no whole number');
    return value as Type;
  };

/** A text of this form, which can hold nothing that somebody wrote. */
export const form =
  <Type extends string>(is: (text: string) => boolean, what: string): Field<Type> =>
  (value) => {
    if (typeof value !== 'string' || !is(value)) throw new Misfit(`is no ${what}`);
    return value as Type;
  };

/** A name of the plan. */
export const named =
  <Type extends string>(is: (text: string) => boolean, what: string): Field<Type> =>
  (value, out) =>
    out.name(form<Type>(is, what)(value, out)) as Type;

const textOf = (value: unknown): string => {
  if (typeof value !== 'string') throw new Misfit('is no text');
  return value;
};

export const told: Field<string> = (value, out) => out.told(textOf(value));
export const found: Field<string> = (value, out) => out.found(textOf(value));
export const piece: Field<string> = (value, out) => out.piece(textOf(value));
export const thing: Field<string> = (value, out) => out.thing(textOf(value));
export const who: Field<string> = (value, out) => out.who(textOf(value));
export const label =
  (instead: string): Field<string> =>
  (value, out) =>
    out.label(textOf(value), instead);

/** A list or value that only people read: where texts are left out, `instead` comes out. */
export const onlyTold =
  <Type>(field: Field<Type>, instead: Type): Field<Type> =>
  (value, out) => {
    const whole = field(value, out);
    return out.keepsTold ? whole : instead;
  };

export const onlyFound =
  <Type>(field: Field<Type>, instead: Type): Field<Type> =>
  (value, out) => {
    const whole = field(value, out);
    return out.keepsFound ? whole : instead;
  };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function within<Type>(name: string, work: () => Type): Type {
  try {
    return work();
  } catch (error) {
    throw error instanceof Misfit ? error.inside(name) : error;
  }
}
