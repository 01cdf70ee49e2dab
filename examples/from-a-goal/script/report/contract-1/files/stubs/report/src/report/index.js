export const reportOf = () => '';
