/** A picture taken into the bundle: its default export is a data URL. */
declare module '*.png?inline' {
  const dataUrl: string
  export default dataUrl
}
