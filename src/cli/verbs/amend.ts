import { changeContract } from './change-contract.ts';

export const amend = changeContract('amend', 'has an amended contract; its attempt ends');
