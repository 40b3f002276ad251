/** A function that is called once for each object that it is given, however often; and for each text, of which there are few. */
export function once<Value extends object | string, Result>(make: (value: Value) => Result): (value: Value) => Result {
  const ofTexts = new Map<Value, Result>();
  const ofObjects = new WeakMap<object, Result>();
  return (value) => {
    const made: { get(key: Value): Result | undefined; set(key: Value, result: Result): unknown } =
      typeof value === 'string' ? ofTexts : (ofObjects as never);
    let result = made.get(value);
    if (result === undefined) {
      result = make(value);
      made.set(value, result);
    }
    return result;
  };
}
