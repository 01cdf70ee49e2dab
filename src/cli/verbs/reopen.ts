import { changeContract } from './change-contract.ts';

export const reopen = changeContract('reopen', 'is reopened with an amended contract');
