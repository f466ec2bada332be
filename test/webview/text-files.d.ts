declare module '*.py' {
  const text: string;
  export default text;
}
declare module '*.m' {
  const text: string;
  export default text;
}
declare module '*.md' {
  const text: string;
  export default text;
}
declare module '*.tex' {
  const text: string;
  export default text;
}
