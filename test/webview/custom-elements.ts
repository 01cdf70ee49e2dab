/**
 * Runs before each test file: the simulated browser knows custom elements that belong to forms, and
 * leaves out what they tell their form. Nothing is tested that would need it.
 */
if (typeof ElementInternals !== 'undefined') {
  Object.assign(ElementInternals.prototype, {
    setFormValue: () => undefined,
    setValidity: () => undefined,
    checkValidity: () => true,
    reportValidity: () => true,
  });
}
