/** The part of the `sax` package that is used here; it brings no types of its own. */
declare module 'sax' {
  interface QualifiedName {
    /** The name as written, with its prefix. */
    name: string;
    /** The name without its prefix. */
    local: string;
    /** The namespace; empty without one. */
    uri: string;
  }
  interface Attribute extends QualifiedName {
    value: string;
  }
  interface Tag extends QualifiedName {
    attributes: Record<string, Attribute>;
  }
  interface Parser {
    onerror: (error: Error) => void;
    onopentagstart: (tag: { name: string }) => void;
    onattribute: (attribute: { name: string; value: string }) => void;
    onopentag: (tag: Tag) => void;
    onclosetag: (name: string) => void;
    ontext: (text: string) => void;
    oncdata: (text: string) => void;
    ondoctype: (text: string) => void;
    write(text: string): Parser;
    close(): Parser;
  }
  const sax: { parser(strict: true, options: { xmlns: boolean }): Parser };
  export = sax;
}
