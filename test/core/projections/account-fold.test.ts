import { expect, test } from 'vitest';
import { AccountFold, accountOf } from '../../../src/core/projections/account.ts';
import { Story } from './story.ts';

test('an account that follows a run is the one that is folded at its end', () => {
  const { events } = new Story().toApproval().approve('ship').deliver();
  const fold = new AccountFold();
  expect(fold.told()).toBeNull();
  for (let count = 1; count <= events.length; count += 3) fold.follow(events.slice(0, count));
  fold.follow(events);
  fold.follow(events);
  expect(fold.told()?.account).toEqual(accountOf(events)?.account);
});
