import { describe, expect, it } from 'vitest';
import { replay } from '../../../src/core/projections/timeline.ts';
import { preparingWords } from '../../../src/extension/native/preparing-words.ts';
import { etaShort, needsWords, progressWords } from '../../../src/extension/native/status-words.ts';
import { given, type Scenario } from '../../support/scenario.ts';
import { closed, composed, delivered, sealed } from '../../support/scenario-moves.ts';
import { pauses } from '../../support/scenario-people.ts';
import { plan } from '../../support/scenario-plan.ts';

const two = plan({
  modules: { lexer: {}, parser: { needs: ['lexer'] } },
  gates: { look: { requires: ['lexer'] } },
});
const of = (run: Scenario) => replay(run.history);
const text = (run: Scenario, driver: 'here' | 'nobody' = 'here') =>
  progressWords({ replayed: of(run), driver }, run.state.at)?.text;

describe('how far a run is', () => {
  it('tells what is sealed and how long it will take', () => {
    const run = given(two, ...sealed('lexer'));
    expect(text(run)).toMatch(/^\$\(sync~spin\) 1\/2 sealed · .*(min|minute)/);
  });

  it('tells a pause, and a driver that is gone', () => {
    expect(text(given(two, pauses))).toBe('$(debug-pause) 0/2 sealed · paused');
    expect(text(given(two), 'nobody')).toBe('$(debug-disconnect) 0/2 sealed · interrupted');
  });

  it('tells the end for a while, and then leaves the place to others', () => {
    const run = given(plan({ modules: { lexer: {} } }), ...sealed('lexer'), delivered(), closed);
    const shown = { replayed: of(run), driver: 'nobody' } as const;
    expect(progressWords(shown, run.state.at)?.text).toBe('$(pass) 1/1 sealed · complete');
    expect(progressWords(shown, run.state.at + 3_600_000)).toBeNull();
  });

  it('says what is prepared, whatever is written there', () => {
    const words = preparingWords({ plan: 'a.plan.yaml', says: 'taking\u001b[31m the\nbase' });
    expect(words.text).toBe('$(sync~spin) Ashlar: taking the base');
  });
});

describe('what is marked', () => {
  it('is nothing while agents go on by themselves', () => {
    expect(needsWords(of(given(two)))).toBeNull();
    expect(needsWords(null)).toBeNull();
  });

  it('is what only a person can move', () => {
    const run = given(two, ...sealed('lexer'), composed('look', 's1'));
    expect(needsWords(of(run))).toEqual({
      text: '$(bell-dot) Ashlar: 1 needs you',
      tooltip: 'Gate look waits for your approval',
    });
  });

  it('is not the pause that a person asked for', () => {
    expect(needsWords(of(given(two, pauses)))).toBeNull();
  });
});

it.each([
  [6, 9, '6–9 min'],
  [6, 6.2, 'about 6 min'],
  [0.2, 0.5, 'under a minute'],
  [6, null, '6 min or more'],
  [180, 270, '3–4.5 h'],
])('an estimate of %s to %s minutes is written %s', (from, to, written) => {
  const toMs = to === null ? null : to * 60_000;
  expect(etaShort({ known: true, fromMs: from * 60_000, toMs, pace: 1 })).toBe(written);
});

it('an estimate that nobody has is left out', () => {
  expect(etaShort({ known: false, why: 'the run is paused' })).toBe('');
});
