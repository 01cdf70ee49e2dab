import type { StartRun } from '../../src/core/commands/driver.ts';
import { fold } from '../../src/core/evolve.ts';
import type { RunEvent } from '../../src/core/events.ts';
import type { Plan } from '../../src/core/plan/plan.ts';
import { isOver } from '../../src/core/state.ts';
import { canonicalJson, sha256 } from '../../src/engine/canonical-json.ts';
import type { Unstamped } from '../../src/engine/run-loop.ts';
import { randomPlan } from '../support/random-plan.ts';
import { settled, VirtualClock } from '../support/virtual-clock.ts';
import { beginning } from './beginning.ts';
import { Outages } from './outages.ts';
import { Disk, SimulatedJournal } from './disk.ts';
import { Driver } from './driver.ts';
import { Inspector } from './inspector.ts';
import { help, whim } from './people.ts';
import { SimulatedPerformer } from './performer.ts';
import { Random } from './random.ts';
import { Truth } from './truth.ts';

/** What came of one seed. */
export interface Simulated {
  readonly seed: number;
  readonly events: readonly RunEvent[];
  readonly decisions: number;
  readonly crashes: number;
  readonly torn: number;
  readonly drivers: number;
  readonly outcome: string;
  readonly refusals: number;
  readonly journal: Buffer;
}

/** More steps than any run needs, however unlucky; long ones take some 1 400. */
const mostSteps = 20_000;
/** After so many a person has been patient enough: everything new is good from then on. */
const patience = 25;

/** Plays one whole run, with all that befalls it; throws what went wrong. */
export async function simulate(seed: number): Promise<Simulated> {
  return new Simulation(seed).play();
}

class Simulation {
  readonly #seed: number;
  readonly #random: Random;
  readonly #chaos: Random;
  readonly #people: Random;
  readonly #clock = new VirtualClock();
  readonly #truth: Truth;
  readonly #inspector: Inspector;
  readonly #plan: Plan;
  readonly #first: Unstamped<StartRun>;
  readonly #disk: Disk;
  readonly #honest: boolean;
  readonly #stayOpen: boolean;
  readonly #cancels: boolean;
  readonly #outages: Outages;
  #driver: Driver;
  #drivers = 0;
  #crashes = 0;
  #crashesLeft: number;
  #torn = 0;
  #whims: number;
  #refusals = 0;
  #helped = 0;
  #reopenings: number;
  #steps = 0;

  constructor(seed: number) {
    this.#seed = seed;
    const random = new Random(seed);
    this.#random = random.fork('world');
    this.#chaos = random.fork('chaos');
    this.#people = random.fork('people');
    this.#truth = new Truth(seed, random.fork('truth'));
    this.#outages = new Outages(random.fork('outages'));
    this.#plan = this.#outages.spread(randomPlan(random.fork('plan')));
    this.#honest = this.#chaos.chance(0.5);
    this.#stayOpen = this.#chaos.chance(0.6);
    this.#cancels = this.#chaos.chance(0.2);
    this.#crashesLeft = this.#chaos.chance(0.3) ? 0 : this.#chaos.between(1, 6);
    this.#whims = this.#chaos.chance(0.3) ? 0 : this.#chaos.between(1, 40);
    this.#reopenings = this.#chaos.chance(0.3) ? 1 : 0;
    this.#inspector = new Inspector({ metered: this.#honest });
    this.#first = beginning(this.#plan, this.#truth, this.#random);
    this.#disk = new Disk(sha256(canonicalJson(this.#plan)));
    this.#driver = this.#startDriver();
    this.#awaitWhim();
    this.#awaitKill();
  }

  async play(): Promise<Simulated> {
    for (;;) {
      await this.#step();
      if (this.#driver.ended === 'broken') this.#recover();
      else if (this.#driver.ended === 'quiet' && this.#isOver()) {
        if (!this.#reopen()) return this.#end();
      } else if (this.#clock.waiting > 0) {
        this.#driver.agreesWithWork();
        this.#clock.advanceToNext();
      } else await this.#idle();
    }
  }

  async #step(): Promise<void> {
    if (++this.#steps > mostSteps)
      this.#inspector.fail('every run ends', `not within ${mostSteps} steps`);
    await settled();
  }

  #isOver(): boolean {
    const { state } = this.#inspector;
    return state !== null && isOver(state);
  }

  #end(): Simulated {
    this.#inspector.over();
    const { events, decisions, state } = this.#inspector;
    const { bytes } = this.#disk;
    const read = this.#disk.open();
    this.#inspector.agrees(fold(null, read.events), 'reading the journal');
    return {
      seed: this.#seed,
      events,
      decisions,
      crashes: this.#crashes,
      torn: this.#torn,
      drivers: this.#drivers,
      outcome: state?.phase.at === 'finished' ? state.phase.outcome : 'none',
      refusals: this.#refusals,
      journal: bytes,
    };
  }

  /** Nothing goes on by itself: somebody must be named, and helps. */
  async #idle(): Promise<void> {
    this.#driver.agreesWithWork();
    this.#driver.goesOn();
    this.#inspector.idle();
    this.#clock.advance(this.#people.between(1, 40) * 60_000);
    await settled();
    const { state } = this.#inspector;
    if (this.#clock.waiting > 0 || this.#driver.ended === 'broken') return;
    if (this.#driver.ended === 'quiet') this.#driver = this.#startDriver();
    if (state === null || isOver(state)) return;
    this.#helped++;
    if (this.#helped > patience) this.#truth.calm = true;
    const command = help(this.#people, this.#truth, state, this.#outages);
    if (command === null)
      return this.#inspector.fail('who is needed is named', 'nothing to help with');
    const refusal = await this.#asked(command, `help-${this.#helped}`);
    if (refusal !== null)
      this.#inspector.fail('who is needed can act', `${command.type}: ${refusal}`);
  }

  /** Lets time pass until a command is answered; null where it was carried out, or was lost. */
  async #asked(command: Parameters<Driver['ask']>[0], cause: string): Promise<string | null> {
    const driver = this.#driver;
    let answer: string | null | undefined;
    void driver.ask(command, cause).then((refusal) => {
      // A driver that died meanwhile has lost it: nobody decided anything.
      answer = refusal === null || refusal.code === 'not-driven' ? null : refusal.code;
    });
    for (;;) {
      await this.#step();
      if (answer !== undefined) return answer;
      if (driver.ended !== null || !this.#clock.advanceToNext()) return null;
    }
  }

  /** After the run is over somebody may want one of its modules otherwise. */
  #reopen(): boolean {
    const { state } = this.#inspector;
    if (state === null || this.#reopenings === 0) return false;
    const sealed = [...state.modules].filter(({ seal }) => seal !== null);
    const cancelled = state.phase.at === 'finished' && state.phase.outcome === 'cancelled';
    if (sealed.length === 0 || cancelled) return false;
    this.#reopenings--;
    this.#inspector.over();
    this.#clock.advance(this.#people.between(1, 5_000) * 60_000);
    const { id } = this.#people.pick(sealed);
    const contract = this.#truth.writeContract(id, 0.9, true);
    this.#driver = this.#startDriver();
    const reason = 'a change of mind';
    const command = { type: 'reopen-module', module: id, contract, reason, by: 'them' } as const;
    void this.#driver.ask(command, 'reopen');
    return true;
  }

  /** `left`: what the last driver may or may not have written. */
  #startDriver(left: readonly (readonly RunEvent[])[] = []): Driver {
    const { events, head, torn } = this.#disk.open();
    if (torn) this.#torn++;
    // Decisions that were written whole before the process could hear of it.
    for (const decision of left) {
      if (decision[decision.length - 1]!.seq <= head.seq) this.#inspector.decided(decision);
    }
    const state = fold(null, events);
    this.#inspector.agrees(state, 'reading the journal');
    this.#drivers++;
    const process = new AbortController();
    const clock = this.#clock;
    const journal = new SimulatedJournal(this.#disk, head, this.#weather(process), (decided) =>
      this.#inspector.decided(decided),
    );
    const world = {
      truth: this.#truth,
      random: this.#random,
      clock,
      honest: this.#honest,
      outages: this.#outages,
      now: () => this.#inspector.state,
    };
    const driver = new Driver({
      number: (state?.driver ?? 0) + 1,
      state,
      journal,
      performer: new SimulatedPerformer(
        world,
        process.signal,
        () => this.#inspector.state?.seq ?? 0,
      ),
      clock,
      skewMs: this.#chaos.between(-5_000, 5_000),
      stayOpen: this.#stayOpen,
      inspector: this.#inspector,
      process,
    });
    driver.start(state === null ? this.#first : null);
    return driver;
  }

  /** The process is gone; the next one finds what is on the disk. */
  #recover(): void {
    const { error } = this.#driver;
    const expected = error instanceof Error && /killed|disk is full/.test(error.message);
    if (!expected) throw error;
    this.#crashes++;
    this.#driver.kill();
    this.#clock.advance(this.#chaos.between(0, 20) * 60_000);
    this.#driver = this.#startDriver(this.#driver.journal.undecided);
  }

  #weather(process: AbortController) {
    return {
      sync: async (): Promise<void> => {
        if (process.signal.aborted) throw new Error('killed');
        if (this.#chaos.chance(0.4)) {
          await this.#clock.sleep(this.#chaos.between(1, 2_000), process.signal);
        }
      },
      survives: (bytes: number): number | null => {
        if (this.#crashesLeft === 0 || !this.#chaos.chance(0.01)) return null;
        this.#crashesLeft--;
        process.abort(new Error('killed'));
        return this.#chaos.between(0, bytes);
      },
    };
  }

  #awaitWhim(): void {
    if (this.#whims === 0) return;
    this.#whims--;
    const act = (): void => {
      const { state } = this.#inspector;
      if (state !== null && this.#driver.ended === null) {
        const command = whim(this.#people, this.#truth, state, this.#cancels);
        void this.#driver.ask(command, `whim-${this.#whims}`).then((refusal) => {
          if (refusal !== null) this.#refusals++;
        });
      }
      this.#awaitWhim();
    };
    const wait = this.#people.pick([3, 10, 30]) * 60_000;
    this.#clock.after(this.#people.between(1, wait), act, { background: true });
  }

  #awaitKill(): void {
    const strike = (): void => {
      if (this.#crashesLeft > 0 && this.#driver.ended === null && this.#chaos.chance(0.3)) {
        this.#crashesLeft--;
        this.#driver.kill();
      }
      this.#awaitKill();
    };
    this.#clock.after(this.#chaos.between(1, 120 * 60_000), strike, { background: true });
  }
}
