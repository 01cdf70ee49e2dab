import { phrase, told, type Phrase, type Told } from '../../core/phrase.ts';
import { errorCode } from '../journal/durable.ts';

const reasons: Readonly<Record<string, Phrase>> = {
  ENOENT: phrase('there is no such file'),
  EISDIR: phrase('it is a folder'),
  EACCES: phrase('its permissions do not allow it'),
};

const unwritable: Readonly<Record<string, Phrase>> = {
  EACCES: phrase('the permissions of the file or its folder do not allow it'),
  EPERM: phrase('the file or its folder may not be changed'),
  EROFS: phrase('it lies on a file system that is read only'),
  ENOSPC: phrase('no space is left where it lies'),
  EDQUOT: phrase('your share of the space where it lies is used up'),
};

/** Why a plan file could not be written; it is as it was. */
export function unwritablePlan(planFile: string, error: Error): { readonly code: string } & Told {
  const why = unwritable[errorCode(error) ?? ''] ?? error.message;
  const says = phrase(
    '{0} cannot be written: {1}; it is as it was. Change that, or make the edits that `ashlar check` names',
    ...[planFile, why],
  );
  return { code: 'plan-unwritable', ...told(says) };
}

/** Why a plan file could not even be looked at. */
export function unreadablePlan(planFile: string, error: Error): { readonly code: string } & Told {
  const why = reasons[errorCode(error) ?? ''] ?? error.message;
  return { code: 'plan-unreadable', ...told(phrase('{0} cannot be read: {1}', planFile, why)) };
}
