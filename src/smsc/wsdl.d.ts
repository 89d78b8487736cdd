/** The build turns a WSDL file into its text. */
declare module '*.wsdl' {
  const text: string;
  export = text;
}
