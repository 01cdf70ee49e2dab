import type { RunId } from '../../core/ids.ts';
import type { Branches } from './branches.ts';
import { isBranchName } from './branches.ts';

/** What a run delivered. */
interface Delivered {
  readonly run: RunId;
  readonly name: string;
  readonly commit: string;
}

export type Head =
  | {
      readonly ok: true;
      readonly branch: string;
      readonly commit: string;
      /** Commits that people put on top of what was delivered. */
      readonly onTop: number;
      /** Makes the branch where it is not there; false where git refuses. */
      readonly lay: () => Promise<boolean>;
    }
  | { readonly ok: false; readonly message: string };

/** Which branch is offered: the delivered one with what people put on top, or one of a name of their own. */
export async function chooseHead(
  branches: Branches,
  { run, name, commit }: Delivered,
  wished: string | null,
): Promise<Head> {
  const branch = wished ?? name;
  if (!isBranchName(branch))
    return no(`${JSON.stringify(branch.slice(0, 80))} is no branch's name`);
  const tip = await branches.tip(branch);
  const with_ = async (at: string, lay: () => Promise<boolean>): Promise<Head> => ({
    ...{ ok: true, branch, commit: at, lay },
    onTop: at === commit ? 0 : await branches.count(commit, at),
  });
  if (!(await branches.holds(commit))) {
    return no(
      `the commit ${commit.slice(0, 12)} that run ${run} delivered is not in this repository any more`,
    );
  }
  if (tip !== null && (tip === commit || (await branches.contains(tip, commit)))) {
    return with_(tip, async () => true);
  }
  // What people put on the delivered branch belongs to it, whatever the other one is called.
  const from = wished === null || wished === name ? null : await branches.tip(name);
  const source = from !== null && (await branches.contains(from, commit)) ? from : commit;
  if (tip === null) return with_(source, () => branches.move(branch, null, source));
  // An earlier delivery of the same run, which it extended since.
  const isEarlier = (await branches.endsInRun(tip, run)) && (await branches.contains(source, tip));
  if (isEarlier && !(await branches.isCheckedOut(branch))) {
    return with_(source, () => branches.move(branch, tip, source));
  }
  return no(
    isEarlier
      ? `the branch ${branch} is checked out and behind what run ${run} delivered; switch to another one first`
      : `the branch ${branch} is there and holds something else than run ${run} delivered; say another --branch`,
  );
}

const no = (message: string): Head => ({ ok: false, message });
