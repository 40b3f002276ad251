/** What stands in an element, compressed, as base64. */
export async function decompressed(element: Element): Promise<string> {
  const bytes = Uint8Array.from(atob(element.textContent?.trim() ?? ''), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return await new Response(stream).text();
}
