/** Something that has to be released. */
export interface Releasable {
  dispose(): unknown;
}

/** Owns what is created, from its birth, and releases it in reverse order. */
export interface Owner extends Releasable {
  /** Takes a thing into ownership. An owner that is released already releases it at once. */
  own<T extends Releasable>(thing: T): T;
}

export function createOwner(): Owner {
  const things: Releasable[] = [];
  let released = false;
  return {
    own: (thing) => {
      if (released) thing.dispose();
      else things.push(thing);
      return thing;
    },
    dispose: () => {
      released = true;
      for (const thing of things.splice(0).reverse()) thing.dispose();
    },
  };
}

/** Makes a thing at the first call and hands out the same one from then on. A failure is not kept. */
export function lazy<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
