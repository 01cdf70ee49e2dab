export const byMonth = () => [];
