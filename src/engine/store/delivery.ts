import { deliverBranch } from './deliver-branch.ts';
import { deliverFolder } from './deliver-folder.ts';
import type { Delivery, DeliveryOutcome } from './delivery-record.ts';
import type { Store } from './store.ts';
import { findUserRepository } from './user-repository.ts';

/**
 * Lays the sealed modules before the user: as commits on a branch of their repository, or, where
 * there is none, as a folder. Doing it again gives the same commits; after a reopening the new seals
 * are added on top. The user's checked-out branch, index and files are not touched.
 */
export async function deliver(store: Store, delivery: Delivery): Promise<DeliveryOutcome> {
  if (delivery.base.repository === 'none') return deliverFolder(store, delivery);
  const repository = await findUserRepository(store.workspace);
  if (repository?.format === store.format) return deliverBranch(store, repository, delivery);
  return {
    ok: false,
    failure: {
      code: 'repository-gone',
      message: 'The repository that the run started from is not there any more.',
      fix: 'Bring it back, and resume the run to deliver it.',
    },
  };
}
